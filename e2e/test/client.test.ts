import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Patchbay, verifyWebhook } from '@patchbay/client';
import { PATH, sourceOf } from '../../libs/client/generator/source.mjs';
import { ROOT } from '../support/built-controllers.mjs';
import { environment, unique } from '../support/environment.js';
import { createProject } from '../support/http.js';
import { callTool, connectMcp } from '../support/mcp.js';
import { createPerson, organisationId } from '../support/people.js';
import { newestComposio } from '../support/sdk.newest.js';

let patchbay: Patchbay;
beforeAll(async () => {
  const { apiKey } = await createProject(unique('client'));
  patchbay = new Patchbay({ apiKey, baseUrl: environment.baseUrl });
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('@patchbay/client', () => {
  it('is what the served document gives; `npm run client:generate` writes it', async () => {
    const document = await patchbay.request('getApiDocument');
    expect(await readFile(join(ROOT, PATH), 'utf8')).toBe(await sourceOf(document));
  }, 120_000);

  it('makes, uses, changes and deletes a session', async () => {
    const session = await patchbay.sessions.create({
      user_id: unique('ann'),
      toolkits: { enable: ['time'] },
    });
    const said = await session.execute('TIME_GET_CURRENT_TIME', { timezone: 'Asia/Tokyo' });
    expect(said).toMatchObject({ error: null, data: { timezone: 'Asia/Tokyo' } });
    expect((await all(session.toolkits())).map(({ slug }) => slug)).toEqual(['time']);
    expect((await all(session.tools())).map(({ slug }) => slug)).toContain('COMPOSIO_SEARCH_TOOLS');
    await session.update({ toolkits: { enable: ['time', 'keyed'] } });
    const again = await patchbay.sessions.get(session.id);
    expect([session.state.config_version, again.state.config_version]).toEqual([2, 2]);
    await session.delete();
    await expect(again.execute('TIME_GET_CURRENT_TIME')).rejects.toMatchObject({
      name: 'ApiError',
      status: 404,
      slug: 'ToolRouterV2_SessionNotFound',
      requestId: expect.stringMatching(/./) as string,
    });
  });

  it('configures an MCP client for a session', async () => {
    const session = await patchbay.sessions.create({
      user_id: unique('ann'),
      toolkits: { enable: ['time'] },
    });
    const client = await connectMcp(session.mcp());
    const tools = [{ tool_slug: 'TIME_GET_CURRENT_TIME', arguments: { timezone: 'UTC' } }];
    const { successful } = await callTool(client, 'COMPOSIO_MULTI_EXECUTE_TOOL', { tools });
    expect(successful).toBe(true);
    await client.close();
  });

  it('takes the key of a person, and says in which project', async () => {
    const { id: projectId } = await createProject(unique('people'));
    const { key } = await createPerson({ project_roles: { [projectId]: 'developer' } });
    const credential = { userApiKey: key, organisationId: await organisationId(key), projectId };
    const person = new Patchbay({ ...credential, baseUrl: environment.baseUrl });
    expect((await person.request('getCurrentProject')).project?.id).toBe(projectId);
    const session = await person.sessions.create({ user_id: unique('ann'), toolkits: { enable: ['time'] } });
    const client = await connectMcp(session.mcp());
    expect((await client.listTools()).tools.length).toBeGreaterThan(0);
    await client.close();
  });

  it('makes once what is sent twice with an idempotency key', async () => {
    const body = { user_id: unique('ann') };
    const options = { idempotencyKey: unique('once') };
    const first = await patchbay.sessions.create(body, options);
    expect((await patchbay.sessions.create(body, options)).id).toBe(first.id);
    expect((await patchbay.sessions.create(body)).id).not.toBe(first.id);
  });

  it('connects accounts, waits for them, lists all pages of them and switches them off', async () => {
    const { auth_config } = await patchbay.request('createAuthConfig', {
      body: {
        toolkit: { slug: 'keyed' },
        auth_config: { type: 'use_custom_auth', authScheme: 'API_KEY', credentials: {} },
      },
    });
    const userId = unique('ann');
    const connect = (key: string) =>
      patchbay.request('createConnectedAccount', {
        body: {
          auth_config: { id: auth_config.id },
          connection: { user_id: userId, state: { authScheme: 'API_KEY', val: { generic_api_key: key } } },
        },
      });
    const ids = [];
    for (const key of Object.values(environment.keys)) ids.push((await connect(key)).id);
    expect((await patchbay.accounts.untilActive(ids[0]!)).user_id).toBe(userId);
    const listed = await all(patchbay.accounts.list({ user_ids: [userId], limit: 1 }));
    expect(listed.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    await patchbay.accounts.setEnabled(ids[0]!, false);
    expect((await patchbay.accounts.get(ids[0]!)).is_disabled).toBe(true);
    await patchbay.accounts.delete(ids[0]!);
    expect(await all(patchbay.accounts.list({ user_ids: [userId] }))).toHaveLength(ids.length - 1);
  });

  it('waits while a user signs in, and no longer than is said', async () => {
    const session = await patchbay.sessions.create({
      user_id: unique('ann'),
      toolkits: { enable: ['keyed'] },
    });
    const { connected_account_id: id, redirect_url: url } = await session.link('keyed');
    expect((await fetch(url)).status).toBe(200);
    await expect(patchbay.accounts.untilActive(id, { timeoutMs: 100 })).rejects.toThrow('in time');
  });

  it('follows calls as they are made', async () => {
    const ended = new AbortController();
    const stream = await patchbay.open('tailLogs', { signal: ended.signal });
    const session = await patchbay.sessions.create({
      user_id: unique('ann'),
      toolkits: { enable: ['time'] },
    });
    const { log_id: logId } = await session.execute('TIME_GET_CURRENT_TIME', { timezone: 'UTC' });
    let heard = '';
    for await (const chunk of stream.body!) {
      heard += new TextDecoder().decode(chunk);
      if (heard.includes(logId!)) break;
    }
    expect(heard).toContain('event: call');
    ended.abort();
  });

  it('believes what the official SDK believes of a delivery', async () => {
    const secret = 'whsec_c2VjcmV0';
    const timestamp = String(Math.floor(Date.now() / 1000));
    const event = {
      id: 'msg_1',
      timestamp: new Date().toISOString(),
      type: 'composio.trigger.message',
      metadata: {
        log_id: 'log_1',
        trigger_slug: 'GMAIL_NEW_GMAIL_MESSAGE',
        trigger_id: 'ti_1',
        connected_account_id: 'ca_1',
        auth_config_id: 'ac_1',
        user_id: 'ann',
      },
      data: { subject: 'Grüße' },
    };
    const body = JSON.stringify(event);
    const signature = `v1,${createHmac('sha256', secret).update(`msg_1.${timestamp}.${body}`).digest('base64')}`;
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': timestamp,
      'webhook-signature': signature,
    };
    const official = await newestComposio().triggers.verifyWebhook({
      id: 'msg_1',
      payload: body,
      secret,
      signature,
      timestamp,
    });
    expect(official.rawPayload).toEqual(event);
    expect((await verifyWebhook({ body, headers, secret })).event).toEqual(event);
  });
});
