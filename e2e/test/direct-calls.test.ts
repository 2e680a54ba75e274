import { ComposioConnectedAccountNotFoundError } from '@composio/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { BYTES, eventually } from '@patchbay/testing';
import { z } from 'zod';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call, createProject, errorOf } from '../support/http.js';

const skip = { dangerouslySkipVersionCheck: true };

describe('calls outside of any session', () => {
  const user = unique('user');
  let composio: ReturnType<typeof newComposio>;
  let apiKey: string;
  let config: string;
  let account: string;
  let keyedUrl: string;

  beforeAll(async () => {
    ({ apiKey } = await createProject(unique('direct')));
    composio = newComposio(apiKey);
    config = await customConfig(composio, 'keyed', 'API_KEY');
    account = await connectKeyed(composio, user, config);
    keyedUrl = String((await composio.toolkits.get('keyed')).baseUrl);
  });

  const execute = (body: Record<string, unknown>, slug = 'KEYED_WHO_AM_I') =>
    call(`/tools/execute/${slug}`, { apiKey, body });
  const echo = (given: object = {}) =>
    composio.tools.execute('KEYED_ECHO', { userId: user, arguments: { text: 'hello' }, ...skip, ...given });

  it("run a tool with the user's newest account, or the one that is named", async () => {
    expect(await echo()).toMatchObject({
      successful: true,
      error: null,
      data: { name: 'ada', text: 'hello' },
    });
    const newer = await connectKeyed(composio, user, config, { owner: 'grace' });
    expect(await echo()).toMatchObject({ data: { name: 'grace' } });
    expect(await echo({ connectedAccountId: account })).toMatchObject({ data: { name: 'ada' } });
    // By the account alone its user is known.
    expect((await execute({ connected_account_id: newer })).body).toMatchObject({ data: { name: 'grace' } });
  });

  it('say that there is no account to use, in the form that the SDK looks for', async () => {
    const none = composio.tools.execute('KEYED_ECHO', {
      userId: unique('nobody'),
      arguments: { text: 'x' },
      ...skip,
    });
    await expect(none).rejects.toThrow(ComposioConnectedAccountNotFoundError);
    const unknown = await execute({ user_id: user, connected_account_id: 'ca_unknown' });
    expect(errorOf(unknown, 400)).toMatchObject({ code: 1803 });
  });

  it("refuse another user's account, and a shared one to whom it is not shared with", async () => {
    const other = await execute({ user_id: unique('other'), connected_account_id: account });
    expect(errorOf(other, 400)).toMatchObject({
      code: 1812,
      slug: 'ActionExecute_ConnectedAccountEntityIdMismatch',
    });
    const friend = unique('friend');
    const made = await call('/connected_accounts', {
      apiKey,
      body: {
        auth_config: { id: config },
        connection: {
          user_id: unique('owner'),
          state: { authScheme: 'API_KEY', val: { generic_api_key: environment.keys.linus } },
          experimental: { account_type: 'SHARED', acl_config_for_shared: { allowed_user_ids: [friend] } },
        },
      },
    });
    const { id } = z.object({ id: z.string() }).parse(made.body);
    const shared = (userId: string) => execute({ user_id: userId, connected_account_id: id });
    expect((await shared(friend)).body).toMatchObject({ successful: true, data: { name: 'linus' } });
    errorOf(await shared(user), 403);
    const elsewhere = await call('/tools/execute/KEYED_WHO_AM_I', {
      body: { user_id: friend, connected_account_id: id },
    });
    expect(errorOf(elsewhere, 400)).toMatchObject({ code: 1803 });
  });

  it('take a credential that no account holds, and parameters of their own', async () => {
    const given = (key: string) => ({
      authScheme: 'API_KEY',
      toolkitSlug: 'keyed',
      val: { generic_api_key: key },
    });
    const grace = await execute({ custom_connection_data: given(environment.keys.grace) });
    expect(grace.body).toMatchObject({ successful: true, data: { name: 'grace' } });
    const wrong = await execute({ custom_connection_data: given('wrong') });
    expect(wrong.body).toMatchObject({ successful: false, data: { status_code: 401 } });
    const header = { in: 'header', name: 'x-api-key', value: environment.keys.linus };
    const own = await execute({ custom_auth_params: { parameters: [header] } });
    expect(own.body).toMatchObject({ successful: true, data: { name: 'linus' } });
    const led = await execute({
      connected_account_id: account,
      custom_auth_params: { base_url: 'https://example.com' },
    });
    expect(errorOf(led, 400)).toMatchObject({ slug: 'ExternalProxy_OriginMismatch' });
  });

  it('set no header beside a credential that is not theirs to set, at any door', async () => {
    const ours = { name: 'Host', value: 'evil.example' };
    const stored = { name: 'X-API-KEY', value: environment.keys.linus };
    for (const [account_id, parameter] of [
      [account, ours],
      [undefined, ours],
      [account, stored],
    ] as const) {
      const custom_auth_params = { parameters: [{ ...parameter, in: 'header' }] };
      const refused = await execute({ connected_account_id: account_id, user_id: user, custom_auth_params });
      expect(errorOf(refused, 400).message).toContain(parameter.name);
    }
    const session = await composio.create(user, { toolkits: ['keyed'] });
    for (const parameter of [ours, stored]) {
      const parameters = [{ ...parameter, type: 'header' }];
      const request = { endpoint: '/me', method: 'GET', parameters };
      const direct = { ...request, connected_account_id: account };
      errorOf(await call('/tools/execute/proxy', { apiKey, body: direct }), 400);
      const path = `/tool_router/session/${session.sessionId}/proxy_execute`;
      errorOf(await call(path, { apiKey, body: { ...request, toolkit_slug: 'keyed' } }), 400);
    }
    const headers = { 'X-Forwarded-For': '10.0.0.1' };
    const source = { type: 'mcp', url: 'https://mcp.example/mcp', headers };
    errorOf(await call('/custom/toolkits/upsert', { apiKey, body: { slug: 'up', source } }), 400);
  });

  it('answer what the tool says of wrong arguments, and of versions that there are none of', async () => {
    expect((await execute({ user_id: user }, 'KEYED_ECHO')).body).toMatchObject({
      successful: false,
      error: expect.stringContaining('text'),
    });
    errorOf(await execute({ user_id: user, version: '20200101_00' }), 404);
    expect((await execute({ user_id: user, version: '00000000_00' })).status).toBe(200);
    errorOf(await execute({ user_id: user }, 'KEYED_NO_SUCH_TOOL'), 404);
  });

  it('search and show schemas, and leave the other meta tools to sessions', async () => {
    const search = await execute(
      { arguments: { queries: [{ use_case: 'say who asks and repeat a text' }] } },
      'COMPOSIO_SEARCH_TOOLS',
    );
    expect(search.body).toMatchObject({ successful: true, data: { results: [{ index: 1 }] } });
    const schemas = await execute({ arguments: { tool_slugs: ['KEYED_ECHO'] } }, 'COMPOSIO_GET_TOOL_SCHEMAS');
    expect(schemas.body).toMatchObject({
      data: { tool_schemas: { KEYED_ECHO: { input_schema: { type: 'object' } } } },
    });
    expect((await execute({}, 'COMPOSIO_MULTI_EXECUTE_TOOL')).body).toMatchObject({
      successful: false,
      error: expect.stringContaining('only in a session'),
    });
  });

  it('take a text in place of arguments, of which the model makes them', async () => {
    const made = async (text: string) => {
      const answer = await call('/tools/execute/KEYED_ECHO/input', { apiKey, body: { text } });
      expect(answer.status).toBe(200);
      return answer.body;
    };
    expect(await made('please say text=hello')).toEqual({ arguments: { text: 'hello' } });
    expect(await made('please say words=hello')).toMatchObject({
      error: expect.stringContaining('do not fit'),
    });
    expect(await made('break')).toEqual({ error: 'The model answered with status 500.' });
    expect(await made('talk')).toEqual({ error: 'The model made no arguments of the text.' });
    const ran = await execute({ connected_account_id: account, text: 'please say text=hello' }, 'KEYED_ECHO');
    expect(ran.body).toMatchObject({ successful: true, data: { name: 'ada', text: 'hello' } });
    errorOf(await execute({ user_id: user, text: 'break' }, 'KEYED_ECHO'), 400);
    errorOf(await call('/tools/execute/KEYED_ECHO/input', { apiKey, body: {} }), 400);
  });

  it('refuse a tool that its provider takes away, which a session goes on with', async () => {
    expect(errorOf(await execute({ user_id: user }, 'FILING_OLD_WAY'), 410).message).toContain('deprecated');
    const session = await composio.create(user, { toolkits: ['filing'] });
    expect(await session.execute('FILING_OLD_WAY')).toMatchObject({ error: null, data: { name: 'anyone' } });
  });

  it('send bytes to the provider and give those that it answers by a link', async () => {
    const echoed = async (binary: object) => {
      const answer = await call('/tools/execute/proxy', {
        apiKey,
        body: { endpoint: '/files/echo', method: 'POST', connected_account_id: account, binary_body: binary },
      });
      const { binary_data: data } = z
        .object({
          status: z.literal(200),
          binary_data: z.object({ url: z.url(), content_type: z.string(), size: z.number() }),
        })
        .parse(answer.body);
      const bytes = Buffer.from(await (await fetch(data.url)).arrayBuffer());
      expect(data.size).toBe(bytes.length);
      return { type: data.content_type, bytes };
    };
    const given = { base64: BYTES.toString('base64'), content_type: 'application/zip' };
    expect(await echoed(given)).toEqual({ type: 'application/zip', bytes: BYTES });
    expect(await echoed({ url: `${keyedUrl}/files/given` })).toEqual({ type: 'image/png', bytes: BYTES });
    const refused = { endpoint: '/files/echo', method: 'POST', connected_account_id: account };
    const proxy = (binary: object) =>
      call('/tools/execute/proxy', { apiKey, body: { ...refused, binary_body: binary } });
    errorOf(await proxy({ base64: 'no base64!' }), 400);
    errorOf(await proxy({ url: 'http://169.254.169.254/latest' }), 400);
  });

  it('send requests of their own to the provider, whatever it answers', async () => {
    const answer = await composio.tools.proxyExecute({
      endpoint: '/echo',
      method: 'GET',
      connectedAccountId: account,
      parameters: [{ in: 'query', name: 'text', value: 'by proxy' }],
    });
    expect(answer).toMatchObject({ status: 200, data: { name: 'ada', text: 'by proxy' } });
    const session = await composio.create(user, { toolkits: ['keyed'] });
    const written = await session.proxyExecute({
      toolkit: 'keyed',
      endpoint: `${keyedUrl}/notes`,
      method: 'POST',
      body: { text: unique('note') },
    });
    expect(written).toMatchObject({ status: 200, data: { number: expect.any(Number) } });
    const wrong = await call('/tools/execute/proxy', {
      apiKey,
      body: {
        endpoint: '/me',
        method: 'GET',
        custom_connection_data: {
          authScheme: 'API_KEY',
          toolkitSlug: 'keyed',
          val: { generic_api_key: 'no' },
        },
      },
    });
    expect(wrong.body).toMatchObject({ status: 401, data: { message: 'bad credentials' } });
  });

  it('send a credential only to the provider', async () => {
    const proxy = (endpoint: string, more: object = { connected_account_id: account }) =>
      call('/tools/execute/proxy', { apiKey, body: { endpoint, method: 'GET', ...more } });
    for (const endpoint of ['https://example.com/me', 'http://169.254.169.254/', 'file:///etc/passwd']) {
      expect(errorOf(await proxy(endpoint), 400).slug).toBe('ExternalProxy_OriginMismatch');
    }
    expect(errorOf(await proxy('/me', {}), 400).slug).toBe('ExternalProxy_MissingAuthContext');
    const session = await composio.create(user, { toolkits: ['time'] });
    await expect(
      session.proxyExecute({ toolkit: 'keyed', endpoint: '/me', method: 'GET' }),
    ).rejects.toMatchObject({ status: 400, error: { error: { slug: 'ToolRouterV2_ToolkitNotAllowed' } } });
  });

  it('end at the provider when their caller hangs up', async () => {
    const text = unique('held');
    const hanging = new AbortController();
    const response = fetch(new URL('/api/v3.1/tools/execute/proxy', environment.baseUrl), {
      method: 'POST',
      headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
      body: JSON.stringify({
        endpoint: '/notes',
        method: 'POST',
        connected_account_id: account,
        body: { text, hold: true },
      }),
      signal: hanging.signal,
    }).catch((error: unknown) => error);
    await eventually(async () => {
      const notes = await fetch(`${keyedUrl}/notes?text=${text}`);
      expect(await notes.json()).toEqual({ times: 1 });
    });
    hanging.abort();
    await response;
    await eventually(async () => {
      const { body } = await call('/logs/tool_execution', {
        apiKey,
        body: { filters: [{ field: 'tool_slug', operator: '==', value: 'PROXY_EXECUTE' }] },
      });
      expect(JSON.stringify(body)).toContain('was cancelled');
    });
  });
});
