import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newComposio } from '../support/composio.js';
import { connectGithub } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';
import { call, createSession, errorOf, type WireError } from '../support/http.js';
import { untilLogged } from '../support/record.js';

const composio = newComposio();
const SESSIONS = '/tool_router/session';
const Executed = z.object({
  data: z.record(z.string(), z.unknown()),
  error: z.string(),
  log_id: z.string(),
});

describe('wrong input', () => {
  const user = unique('user_a');
  let sessionId: string;
  let error: WireError | undefined;

  beforeAll(async () => {
    const session = await composio.create(user, { toolkits: ['github', 'time'] });
    sessionId = session.sessionId;
    await connectGithub(session);
  });

  // Whatever a test made go wrong can be found again by the request id that its caller was given.
  afterEach(async () => {
    if (error) await untilLogged(error.request_id);
    error = undefined;
  });

  const execute = (tool_slug: string, args: Record<string, unknown>) =>
    call(`${SESSIONS}/${sessionId}/execute`, { body: { tool_slug, arguments: args } });

  describe('in the key', () => {
    it('is 401 without a key', async () => {
      error = errorOf(await call(`${SESSIONS}/${sessionId}`, { apiKey: null }), 401);
    });

    it('is 401 with a wrong key, which is not repeated', async () => {
      const apiKey = unique('ak_wrong');
      const answer = await call(`${SESSIONS}/${sessionId}`, { apiKey });
      error = errorOf(answer, 401);
      expect(JSON.stringify(answer.body)).not.toContain(apiKey);
    });

    it('is 401 with two keys at once', async () => {
      const headers = { 'x-org-api-key': environment.orgApiKey };
      error = errorOf(await call(`${SESSIONS}/${sessionId}`, { headers }), 401);
    });
  });

  describe('in the address', () => {
    it.each([
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['GET', '/tools'],
      ['GET', '/toolkits'],
      ['POST', '/execute'],
      ['POST', '/search'],
      ['POST', '/link'],
    ] as const)('is 404 for an unknown session: %s %s', async (method, rest) => {
      const bodies: Record<string, unknown> = {
        '': {},
        '/execute': { tool_slug: 'TIME_GET_CURRENT_TIME' },
        '/search': { queries: [{ use_case: 'tell the time' }] },
        '/link': { toolkit: 'github' },
      };
      const body = method === 'GET' || method === 'DELETE' ? undefined : bodies[rest];
      error = errorOf(await call(`${SESSIONS}/trs_doesNotExist${rest}`, { method, body }), 404);
      expect(error.slug).toBe('ToolRouterV2_SessionNotFound');
    });

    it('is 404 for an unknown connected account, call and route', async () => {
      errorOf(await call('/connected_accounts/ca_doesNotExist'), 404);
      errorOf(await call('/logs/tool_execution/log_doesNotExist'), 404);
      error = errorOf(await call('/no/such/route'), 404);
    });

    it('is 400 for an id that cannot be one', async () => {
      error = errorOf(await call(`${SESSIONS}/not-a-session-id`), 400);
    });
  });

  describe('in the body', () => {
    it('is 400 and names each wrong field', async () => {
      const body = { toolkits: { enable: 'github' }, workbench: { enable: 'yes' } };
      error = errorOf(await call(SESSIONS, { body }), 400);
      expect(error.errors).toHaveLength(3);
      expect(error.errors?.toSorted()).toEqual([
        expect.stringMatching(/^toolkits/),
        expect.stringMatching(/^user_id/),
        expect.stringMatching(/^workbench\.enable/),
      ]);
    });

    it('is 400 for what is not JSON', async () => {
      error = errorOf(await call(SESSIONS, { method: 'POST', body: '{"user_id": ' }), 400);
    });

    it('is 400 and lists unknown toolkits', async () => {
      const body = { user_id: user, toolkits: { enable: ['github', 'no_such_toolkit'] } };
      error = errorOf(await call(SESSIONS, { body }), 400);
      expect(error).toMatchObject({ code: 4305, slug: 'ToolRouterV2_InvalidToolkitSlugs' });
      expect(error.message).toContain('no_such_toolkit');
    });

    it('leaves a session as it was', async () => {
      const path = `${SESSIONS}/${sessionId}`;
      const before = (await call(path)).body;
      const body = { toolkits: { enable: ['github'] }, tools: 'all' };
      error = errorOf(await call(path, { method: 'PATCH', body }), 400);
      expect((await call(path)).body).toEqual(before);
    });
  });

  describe('in a tool call', () => {
    it('is 404 for an unknown tool, with near matches', async () => {
      error = errorOf(await execute('GITHUB_CREATE_ISSUE', {}), 404);
      expect(error.slug).toBe('ToolRouterV2_ToolNotFound');
      expect(`${error.message} ${error.suggested_fix}`).toContain('GITHUB_CREATE_AN_ISSUE');
    });

    it('is a result whose error names each wrong argument', async () => {
      const answer = await execute('GITHUB_CREATE_AN_ISSUE', { owner: 'octocat', title: ['a', 'b'] });
      expect(answer.status).toBe(200);
      const result = Executed.parse(answer.body);
      expect(result.error).toMatch(/\brepo\b/);
      expect(result.error).toMatch(/\btitle\b/);
      expect(result.error).not.toMatch(/\bowner\b/);
      await untilLogged(String(answer.headers.get('x-request-id')));
    });

    it('is an unsuccessful result inside a multi-execute', async () => {
      const session = await composio.use(sessionId);
      const { data } = await session.execute('COMPOSIO_MULTI_EXECUTE_TOOL', {
        sync_response_to_workbench: false,
        tools: [{ tool_slug: 'TIME_CONVERT_TIME', arguments: { time: '12:00', from_timezone: 'UTC' } }],
      });
      expect(data).toMatchObject({
        results: [{ response: { successful: false, error: expect.stringContaining('to_timezone') } }],
      });
    });

    it("is a result with the provider's status and body when the provider refuses", async () => {
      const answer = await execute('GITHUB_GET_AN_ISSUE', {
        owner: 'octocat',
        repo: 'hello-world',
        issue_number: 999_999,
      });
      expect(answer.status).toBe(200);
      const result = Executed.parse(answer.body);
      expect(result.error).toContain('404');
      expect(result.data).toMatchObject({ status_code: 404, message: expect.stringContaining('Not Found') });
      await untilLogged(String(answer.headers.get('x-request-id')));
    });
  });

  it('is answered alike under the older prefix', async () => {
    const url = `${environment.baseUrl}/api/v3${SESSIONS}`;
    error = errorOf(await call(url, { body: {} }), 400);
    expect(error.errors).toEqual([expect.stringMatching(/^user_id/)]);
  });

  it('gives every answer a request id, the good ones too', async () => {
    const ids = new Set<string | null>();
    for (let made = 0; made < 3; made += 1) {
      ids.add((await call(`${SESSIONS}/${sessionId}`)).headers.get('x-request-id'));
    }
    expect(ids.size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^req_/);
    await createSession({ user_id: user });
  });
});
