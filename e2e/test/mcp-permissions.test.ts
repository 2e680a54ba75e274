import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call, createSession, errorOf } from '../support/http.js';
import { connectAskingModern, connectAskingOlder, type AskingClient } from '../support/mcp.asking.js';
import { connectMcp } from '../support/mcp.js';
import { timesWritten } from '../support/notes.js';
import { recorded } from '../support/record.js';

const composio = newComposio();
const user = unique('asked');
const headers = { 'x-api-key': environment.apiKey };
const WRITE = 'KEYED_WRITE_NOTE';
const TIME = 'TIME_GET_CURRENT_TIME';
let account: string;

const mcpOf = (id: string) => ({ url: `${environment.baseUrl}/tool_router/${id}/mcp`, headers });
const newSession = (permissions: object, more: object = {}) =>
  createSession({
    user_id: user,
    toolkits: { enable: ['keyed', 'time'] },
    experimental: { permissions },
    ...more,
  });

/** What the project's webhook is told that a person has to allow in a session, newest first. */
async function approvalsWanted(sessionId: string): Promise<object[]> {
  const query = `event_types=composio.session.approval_wanted&search=${sessionId}`;
  const found = (await call(`/triggers/events?${query}`)).body as { items: { id: string }[] };
  const details = await Promise.all(found.items.map(({ id }) => call(`/triggers/events/${id}`)));
  return details.map(({ body }) => (body as { data: object }).data);
}

beforeAll(async () => {
  account = await connectKeyed(composio, user, await customConfig(composio, 'keyed', 'API_KEY'), {
    alias: 'work',
  });
});

describe.each([
  ['2025-11-25', connectAskingOlder],
  ['2026-07-28', connectAskingModern],
] as const)('a session with permissions, for a client of %s that can ask its user', (_, connect) => {
  const clients: AskingClient[] = [];
  const open = async (permissions: object) => {
    const id = await newSession(permissions);
    const client = await connect(mcpOf(id));
    clients.push(client);
    return { id, client };
  };
  afterAll(() => Promise.all(clients.map((client) => client.close())));

  it('asks before each call, tells what is asked for, and calls only what was allowed', async () => {
    const { id, client } = await open({ default: 'ask_every_call' });
    const text = unique('asked');
    for (const answer of ['accept', 'decline', 'cancel', 'accept'] as const) {
      client.answer = answer;
      const { structuredContent } = await client.call(WRITE, { text });
      expect(structuredContent.successful).toBe(answer === 'accept');
    }
    expect(await timesWritten(text)).toBe(2);
    expect(client.asked).toHaveLength(4);
    expect(client.asked[0]).toContain(`(${WRITE}) with the account work`);
    expect(client.asked[0]).toContain(text);
    // What was refused never became a call.
    await eventually(async () => {
      const calls = await recorded({ session_id: id, tool_slug: WRITE });
      expect(calls.map(({ status }) => status)).toEqual(['success', 'success']);
    });
    await eventually(async () => expect(await approvalsWanted(id)).toHaveLength(4));
    expect((await approvalsWanted(id))[0]).toMatchObject({
      user_id: user,
      status: 'asked',
      calls: [{ tool_slug: WRITE, connected_account_id: account }],
    });
    // Not what it would be called with.
    expect(JSON.stringify(await approvalsWanted(id))).not.toContain(text);
  });

  it('asks once a session where that is enough, and again after its permissions were changed', async () => {
    const { id, client } = await open({ default: 'ask_once_per_session' });
    for (const times of [1, 1]) {
      expect((await client.call(TIME, { timezone: 'UTC' })).isError).toBe(false);
      expect(client.asked).toHaveLength(times);
    }
    // What a person allowed holds at every door of the session.
    const body = { tool_slug: TIME, arguments: { timezone: 'UTC' } };
    expect((await call(`/tool_router/session/${id}/execute`, { body })).status).toBe(200);
    await call(`/tool_router/session/${id}`, {
      method: 'PATCH',
      body: {
        experimental: {
          permissions: { default: 'ask_once_per_session', overrides: { '*:__none__': 'ask_once' } },
        },
      },
    });
    expect((await client.call(TIME, { timezone: 'UTC' })).isError).toBe(false);
    expect(client.asked).toHaveLength(2);
  });

  it('goes by the exact key, then by the account, then by the default', async () => {
    const { client } = await open({
      default: 'ask_every_call',
      overrides: { [`*:${account}`]: 'always_deny', [`KEYED_ECHO:${account}`]: 'always_allow' },
    });
    expect((await client.call('KEYED_ECHO', { text: 'x' })).isError).toBe(false);
    const denied = await client.call('KEYED_WHO_AM_I', {});
    expect(denied.structuredContent.error).toContain('do not allow KEYED_WHO_AM_I');
    expect(client.asked).toEqual([]);
    await client.call(TIME, { timezone: 'UTC' });
    expect(client.asked).toHaveLength(1);
  });

  it('asks about all that one call runs together', async () => {
    const { client } = await open({ default: 'ask_every_call' });
    const text = unique('asked');
    const tools = [
      { tool_slug: WRITE, arguments: { text } },
      { tool_slug: TIME, arguments: { timezone: 'UTC' } },
      { tool_slug: 'NO_SUCH_TOOL', arguments: {} },
    ];
    const run = () =>
      client.call('COMPOSIO_MULTI_EXECUTE_TOOL', { tools, sync_response_to_workbench: false });
    expect((await run()).structuredContent.data).toMatchObject({ success_count: 2, error_count: 1 });
    expect(client.asked).toHaveLength(1);
    expect(client.asked[0]).toContain(TIME);
    client.answer = 'decline';
    expect((await run()).isError).toBe(true);
    expect(await timesWritten(text)).toBe(1);
  });
});

describe('a session with permissions', () => {
  it('refuses what it would have to ask about when the client cannot ask', async () => {
    const id = await newSession({ default: 'ask_every_call' });
    const client = await connectMcp(mcpOf(id));
    try {
      const refused = await client.callTool({ name: TIME, arguments: { timezone: 'UTC' } });
      expect(refused).toMatchObject({ isError: true });
      expect(JSON.stringify(refused.content)).toContain("needs a person's permission");
    } finally {
      await client.close();
    }
    const at = (path: string) => `/tool_router/session/${id}/${path}`;
    const error = errorOf(await call(at('execute'), { body: { tool_slug: TIME, arguments: {} } }), 403);
    expect(error).toMatchObject({ slug: 'ToolRouterV2_PermissionRequired' });
    expect(error.suggested_fix).toContain('MCP');
    const proxied = { toolkit_slug: 'keyed', endpoint: '/me', method: 'GET' };
    errorOf(await call(at('proxy_execute'), { body: proxied }), 403);
    // However often it is refused.
    await eventually(async () =>
      expect(await approvalsWanted(id)).toContainEqual({
        session_id: id,
        user_id: user,
        status: 'refused',
        calls: [{ tool_slug: TIME, connected_account_id: null }],
      }),
    );
    const slugs = JSON.stringify(await approvalsWanted(id)).split(TIME).length - 1;
    expect(slugs).toBe(1);
  });

  it('rules over meta tools by their own key alone', async () => {
    const overrides = { 'composio_search_tools:__none__': 'always_deny' };
    const id = await newSession({ default: 'ask_every_call', overrides });
    const execute = (slug: string, args: object) =>
      call(`/tool_router/session/${id}/execute_meta`, { body: { slug, arguments: args } });
    errorOf(await execute('COMPOSIO_SEARCH_TOOLS', { queries: [{ use_case: 'the time' }] }), 403);
    expect((await execute('COMPOSIO_GET_TOOL_SCHEMAS', { tool_slugs: [TIME] })).status).toBe(200);
  });

  it('takes an answer for the call that it was asked about, and no other', async () => {
    const id = await newSession({ default: 'ask_every_call' });
    const text = unique('asked');
    const post = async (args: object, more: object = {}) => {
      const { body } = await call(mcpOf(id).url, {
        headers: {
          accept: 'application/json, text/event-stream',
          'mcp-protocol-version': '2026-07-28',
          'mcp-method': 'tools/call',
          'mcp-name': WRITE,
        },
        body: {
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: {
            name: WRITE,
            arguments: args,
            _meta: {
              'io.modelcontextprotocol/protocolVersion': '2026-07-28',
              'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
              'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
            },
            ...more,
          },
        },
      });
      return body as { result?: { resultType: string; requestState?: string }; error?: { code: number } };
    };
    const { result } = await post({ text });
    expect(result).toMatchObject({
      resultType: 'input_required',
      inputRequests: { permission: { method: 'elicitation/create' } },
    });
    const requestState = result?.requestState ?? '';
    const inputResponses = { permission: { action: 'accept', content: {} } };
    const tampered = `${requestState.slice(0, -2)}xx`;
    expect((await post({ text }, { inputResponses, requestState: tampered })).error?.code).toBe(-32602);
    expect((await post({ text: 'another' }, { inputResponses, requestState })).error?.code).toBe(-32602);
    // Without what was asked it is no answer to anything.
    expect((await post({ text }, { inputResponses })).result?.resultType).toBe('input_required');
    expect((await post({ text }, { requestState })).result?.resultType).toBe('input_required');
    expect(await timesWritten(text)).toBe(0);
    expect((await post({ text }, { inputResponses, requestState })).result?.resultType).toBe('complete');
    expect(await timesWritten(text)).toBe(1);
  });
});
