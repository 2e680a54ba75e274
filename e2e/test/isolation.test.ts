import { beforeAll, describe, expect, it } from 'vitest';
import { githubIssues } from '@patchbay/testing';
import { newComposio } from '../support/composio.js';
import { connectGithub } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';
import { call, createProject, createSession, errorOf, type Call } from '../support/http.js';
import { recorded, untilRecorded } from '../support/record.js';

const composio = newComposio();
const REPO = { owner: 'octocat', repo: 'hello-world' };

describe('what belongs to one user or project', () => {
  const userA = unique('user_a');
  let sessionId: string;
  let mcpUrl: string;
  let accountId: string;
  let logId: string;

  beforeAll(async () => {
    const session = await composio.create(userA, { toolkits: ['github'], mcp: true });
    sessionId = session.sessionId;
    mcpUrl = session.mcp.url;
    accountId = await connectGithub(session);
    logId = (await session.execute('GITHUB_GET_THE_AUTHENTICATED_USER')).logId;
    await untilRecorded(logId);
  });

  const written = async (title: string) =>
    (await githubIssues(environment.githubUrl, REPO.owner, REPO.repo)).some((issue) => issue.title === title);

  describe('is out of reach for a session of another user, who', () => {
    const newSession = () => composio.create(unique('user_b'), { toolkits: ['github'] });

    it('sees no connection', async () => {
      const session = await newSession();
      const { items } = await session.toolkits({ toolkits: ['github'] });
      expect(items[0]?.connection).toMatchObject({ isActive: false });
      expect(items[0]?.connection?.connectedAccount).toBeUndefined();
      const found = await session.search({ query: 'create a github issue' });
      expect(JSON.stringify(found)).not.toContain(accountId);
      const managed = await session.execute('COMPOSIO_MANAGE_CONNECTIONS', { toolkits: ['github'] });
      expect(managed.data).toMatchObject({ results: { github: { status: 'initiated' } } });
      expect(JSON.stringify(managed.data)).not.toContain(accountId);
    });

    it('cannot use the account by naming its id', async () => {
      const session = await newSession();
      const title = unique('With the account of another');
      await expect(
        session.execute('GITHUB_CREATE_AN_ISSUE', { ...REPO, title }, { account: accountId }),
      ).rejects.toMatchObject({ status: 400 });
      const multi = await session.execute('COMPOSIO_MULTI_EXECUTE_TOOL', {
        sync_response_to_workbench: false,
        tools: [{ tool_slug: 'GITHUB_CREATE_AN_ISSUE', arguments: { ...REPO, title }, account: accountId }],
      });
      expect(multi.data).toMatchObject({ results: [{ response: null, error: expect.any(String) }] });
      expect(await written(title)).toBe(false);
    });

    it('cannot pin the account to a session', async () => {
      const refused = composio.create(unique('user_b'), {
        toolkits: ['github'],
        connectedAccounts: { github: accountId },
      });
      await expect(refused).rejects.toMatchObject({
        status: 400,
        error: { error: { slug: 'ToolRouterV2_InvalidConnectedAccountIds' } },
      });
    });
  });

  describe('is not found with the key of another project', () => {
    let apiKey: string;
    const title = unique('With the key of another project');

    beforeAll(async () => {
      ({ apiKey } = await createProject(unique('second-project')));
    });

    const session = (rest = '') => `/tool_router/session/${sessionId}${rest}`;
    const requests: [string, () => string, Call][] = [
      ['reading the session', () => session(), {}],
      [
        'changing the session',
        () => session(),
        { method: 'PATCH', body: { toolkits: { enable: ['time'] } } },
      ],
      ['deleting the session', () => session(), { method: 'DELETE' }],
      ['listing its tools', () => session('/tools'), {}],
      ['listing its toolkits', () => session('/toolkits'), {}],
      ['searching in it', () => session('/search'), { body: { queries: [{ use_case: 'create an issue' }] } }],
      [
        'executing a tool in it',
        () => session('/execute'),
        { body: { tool_slug: 'GITHUB_CREATE_AN_ISSUE', arguments: { ...REPO, title } } },
      ],
      [
        'executing a meta tool in it',
        () => session('/execute'),
        { body: { tool_slug: 'COMPOSIO_MANAGE_CONNECTIONS', arguments: { toolkits: ['github'] } } },
      ],
      ['making a link in it', () => session('/link'), { body: { toolkit: 'github' } }],
      [
        'speaking MCP with it',
        () => mcpUrl,
        {
          body: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
          headers: { accept: 'application/json, text/event-stream' },
        },
      ],
      ['reading the connected account', () => `/connected_accounts/${accountId}`, {}],
      ['deleting the connected account', () => `/connected_accounts/${accountId}`, { method: 'DELETE' }],
      ['reading the record of a call', () => `/logs/tool_execution/${logId}`, {}],
    ];

    it.each(requests)('%s', async (_name, path, request) => {
      errorOf(await call(path(), { ...request, apiKey }), 404);
    });

    it('and is still there for its owner afterwards', async () => {
      const own = await composio.use(sessionId);
      expect(own.config).toMatchObject({ user_id: userA, toolkits: { enabled: ['github'] } });
      expect((await composio.connectedAccounts.get(accountId)).status).toBe('ACTIVE');
      expect(await written(title)).toBe(false);
    });

    it('nor in lists, for a user of the same name', async () => {
      await createSession({ user_id: userA }, { apiKey });
      const accounts = await newComposio(apiKey).connectedAccounts.list({ userIds: [userA] });
      expect(accounts.items).toEqual([]);
      expect(await recorded({ user_id: userA }, { apiKey })).toEqual([]);
      expect(await recorded({ log_id: logId }, { apiKey })).toEqual([]);
    });
  });
});
