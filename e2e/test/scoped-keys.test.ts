import { beforeAll, describe, expect, it } from 'vitest';
import { unique } from '../support/environment.js';
import { call, createProject, createSession, errorOf, type Answer, type Call } from '../support/http.js';
import { asOrganisation } from '../support/organisation.js';

describe('a scoped key', () => {
  let projectId: string;
  let whole: string;
  beforeAll(async () => {
    ({ id: projectId, apiKey: whole } = await createProject(unique('scoped')));
  });

  async function keyFor(areas: Record<string, string>) {
    const path = `/org/owner/project/${projectId}/api_keys`;
    const { status, body } = await asOrganisation(path, { body: { name: unique('key'), areas } });
    expect({ status, body }).toMatchObject({ status: 201, body: { areas } });
    const { key } = body as { key: string };
    return (route: string, options: Call = {}): Promise<Answer> => call(route, { apiKey: key, ...options });
  }

  it('may do what its areas say, and is told what it lacks', async () => {
    const reader = await keyFor({ toolkits: 'read', tools: 'read' });
    expect((await reader('/toolkits')).status).toBe(200);
    expect((await reader('/tools')).status).toBe(200);
    const { code, slug, message } = errorOf(await reader('/auth_configs'), 403);
    expect({ code, slug }).toEqual({ code: 812, slug: 'APIKey_InsufficientPermissions' });
    expect(message).toMatch(/GET .*auth_configs.* needs read of auth_configs; this API key has none/);
  });

  it('that may read may not write', async () => {
    const reader = await keyFor({ session_management: 'read' });
    const sessionId = await createSession({ user_id: 'user_a' }, { apiKey: whole });
    expect((await reader(`/tool_router/session/${sessionId}`)).status).toBe(200);
    errorOf(await reader('/tool_router/session', { body: { user_id: 'user_a' } }), 403);
  });

  it('that may run tools may do nothing else', async () => {
    const runner = await keyFor({ tool_execution: 'write' });
    const sessionId = await createSession({ user_id: 'user_a' }, { apiKey: whole });
    const body = { tool_slug: 'TIME_GET_CURRENT_TIME', arguments: {} };
    const answer = await runner(`/tool_router/session/${sessionId}/execute`, { body });
    expect(answer).toMatchObject({ status: 200, body: { error: null } });
    for (const path of ['/toolkits', '/tools', '/connected_accounts', '/org/project/config']) {
      errorOf(await runner(path), 403);
    }
    errorOf(await runner(`/tool_router/session/${sessionId}`, { method: 'DELETE' }), 403);
  });

  it('with nothing at all is a key, and may do nothing', async () => {
    const withoutScopes = await keyFor({});
    for (const path of ['/toolkits', '/auth/session/info']) errorOf(await withoutScopes(path), 403);
  });

  it('has areas that there are', async () => {
    const path = `/org/owner/project/${projectId}/api_keys`;
    for (const areas of [{ everything: 'write' }, { tools: 'all' }, 'all']) {
      errorOf(await asOrganisation(path, { body: { name: 'key', areas } }), 400);
    }
  });
});
