import { describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { call, createProject, createSession, errorOf } from '../support/http.js';
import { asOrganisation } from '../support/organisation.js';

type Key = { id: string; name: string; key: string; created_at: string; last_used_at: string | null };
const WITHIN_A_SECOND = { timeout: 1_000, interval: 20 };

describe("a project's keys", () => {
  const project = (id: string, rest = '') => `/org/owner/project/${id}${rest}`;
  const keysOf = async (id: string) => {
    const { body } = await asOrganisation(project(id));
    return (body as { api_keys: Key[] }).api_keys;
  };
  const works = async (apiKey: string) => (await call('/auth_configs', { apiKey })).status === 200;
  const mustRefuse = (apiKey: string, path: string, body?: unknown) =>
    eventually(async () => {
      const answer = await call(path, {
        apiKey,
        body,
        headers: { accept: 'application/json, text/event-stream' },
      });
      expect(errorOf(answer, 401).message).not.toContain(apiKey);
    }, WITHIN_A_SECOND);

  it('are told once, and shown by their ends ever after', async () => {
    const { id, apiKey } = await createProject(unique('keys'));
    expect(apiKey).toMatch(/^ak_/);
    const made = await asOrganisation(project(id, '/api_keys'), { body: { name: 'worker' } });
    expect(made.status).toBe(201);
    const { key, id: keyId } = made.body as Key;
    expect((await keysOf(id)).find((each) => each.id === keyId)).toMatchObject({ last_used_at: null });
    const before = Date.now() - 1;
    expect([await works(apiKey), await works(key)]).toEqual([true, true]);

    const keys = await keysOf(id);
    for (const { last_used_at: at } of keys) expect(Date.parse(String(at))).toBeGreaterThan(before);
    expect(keys.map(({ name }) => name)).toEqual(['first key', 'worker']);
    expect(keys.map((each) => each.id)).toContain(keyId);
    for (const secret of [apiKey, key]) expect(JSON.stringify(keys)).not.toContain(secret);
  });

  it('end one by one, and the others stay', async () => {
    const { id, apiKey } = await createProject(unique('keys'));
    const made = await asOrganisation(project(id, '/api_keys'), { body: { name: 'worker' } });
    const { key, id: keyId } = made.body as Key;
    expect(await works(key)).toBe(true);
    await asOrganisation(project(id, `/api_keys/${keyId}`), { method: 'DELETE' });
    await mustRefuse(key, '/auth_configs');
    expect(await works(apiKey)).toBe(true);
    errorOf(await asOrganisation(project(id, `/api_keys/${keyId}`), { method: 'DELETE' }), 404);
  });

  it('are rotated: the old one is refused within a second, by the API and by MCP', async () => {
    const { id, apiKey } = await createProject(unique('keys'));
    const composio = newComposio(apiKey);
    const session = await composio.create(unique('user_a'), { toolkits: ['time'], mcp: true });
    const listTools = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
    const speak = (key: string) =>
      call(session.mcp.url, {
        apiKey: key,
        body: listTools,
        headers: { accept: 'application/json, text/event-stream' },
      });
    expect((await speak(apiKey)).status).toBe(200);
    expect(await works(apiKey)).toBe(true);

    const rotated = await asOrganisation(project(id, '/regenerate_api_key'), { method: 'POST' });
    const { api_key: fresh } = rotated.body as { api_key: Key };
    await Promise.all([mustRefuse(apiKey, '/auth_configs'), mustRefuse(apiKey, session.mcp.url, listTools)]);
    expect(await works(fresh.key)).toBe(true);
    expect((await speak(fresh.key)).status).toBe(200);
    expect((await keysOf(id)).map((key) => key.id)).toEqual([fresh.id]);
  });

  it('can be revoked by their finder, without a key, in an answer that does not tell whether they existed', async () => {
    const { apiKey } = await createProject(unique('keys'));
    expect(await works(apiKey)).toBe(true);
    const body = { api_keys: [apiKey, 'ak_never-was-one'] };
    expect((await call('/api_key_revocation', { apiKey: null, body })).body).toEqual({ received: 2 });
    await mustRefuse(apiKey, '/auth_configs');
  });

  it('end with their project, and so do its sessions and accounts', async () => {
    const { id, apiKey } = await createProject(unique('keys'));
    const sessionId = await createSession({ user_id: 'user_a' }, { apiKey });
    expect((await asOrganisation(project(id), { method: 'DELETE' })).body).toEqual({ status: 'success' });
    await mustRefuse(apiKey, `/tool_router/session/${sessionId}`);
    errorOf(await asOrganisation(project(id)), 404);
  });

  it('do not open what is the organisation’s, nor its key what is a project’s', async () => {
    const { id, apiKey } = await createProject(unique('keys'));
    for (const path of ['/org/owner/project/list', project(id)]) {
      errorOf(await call(path, { apiKey }), 401);
      errorOf(await call(path, { apiKey: null, headers: { 'x-org-api-key': apiKey } }), 401);
    }
    for (const path of ['/auth_configs', '/connected_accounts', '/org/project/config']) {
      errorOf(await asOrganisation(path), 401);
      errorOf(await call(path, { apiKey: environment.orgApiKey }), 401);
    }
    const both = { apiKey, headers: { 'x-org-api-key': environment.orgApiKey } };
    errorOf(await call('/auth_configs', both), 401);
  });
});

describe('projects', () => {
  it('are listed page by page, and have names of their own', async () => {
    const name = unique('listed');
    const { id } = await createProject(name);
    const again = await asOrganisation('/org/owner/project/new', { body: { name } });
    expect(errorOf(again, 409).message).toContain(name);
    expect(again.headers.get('x-should-retry')).toBe('false');
    errorOf(await asOrganisation('/org/owner/project/new', { body: { name: 'no spaces' } }), 400);

    const ids: string[] = [];
    let cursor = '';
    do {
      const page = await asOrganisation(`/org/owner/project/list?limit=2${cursor && `&cursor=${cursor}`}`);
      const { data, next_cursor: next } = page.body as { data: { id: string }[]; next_cursor: string | null };
      ids.push(...data.map((each) => each.id));
      cursor = next ?? '';
    } while (cursor);
    expect(ids.filter((each) => each === id)).toHaveLength(1);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
