import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { connectGithub } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call, createSession } from '../support/http.js';

const composio = newComposio();
const Data = z.record(z.string(), z.unknown());
/** What no two searches have in common. */
const ofNow = { session: undefined, time_info: undefined };
const Searched = z.looseObject({
  results: z.array(z.looseObject({})),
  toolkit_connection_statuses: z.array(
    z.looseObject({
      toolkit: z.string(),
      has_active_connection: z.boolean(),
      connection_details: z.looseObject({}).optional(),
    }),
  ),
});
const QUERY = 'open a new issue in a github repository';

describe('searching tools in a session', () => {
  it('finds a tool from words, with its schema', async () => {
    const session = await composio.create(unique('user_a'), { toolkits: ['github', 'time'] });
    const found = await session.search({ query: QUERY });
    expect(found).toMatchObject({ success: true, error: null });
    expect(found.results).toMatchObject([
      { index: 1, useCase: QUERY, toolkits: expect.arrayContaining(['github']) },
    ]);
    expect(found.results[0]?.primaryToolSlugs).toContain('GITHUB_CREATE_AN_ISSUE');
    expect(found.toolSchemas['GITHUB_CREATE_AN_ISSUE']).toMatchObject({
      toolkit: 'github',
      hasFullSchema: true,
      inputSchema: { required: expect.arrayContaining(['owner', 'repo', 'title']) },
    });
  });

  it('says whether the user is connected, before and after connecting', async () => {
    const session = await composio.create(unique('user_a'), { toolkits: ['github'] });
    const statusOfGithub = async () => {
      const { toolkitConnectionStatuses } = await session.search({ query: QUERY });
      return toolkitConnectionStatuses.find(({ toolkit }) => toolkit === 'github');
    };
    expect(await statusOfGithub()).toMatchObject({ hasActiveConnection: false });
    await connectGithub(session);
    expect(await statusOfGithub()).toMatchObject({ hasActiveConnection: true });
  });

  it('finds nothing outside the session', async () => {
    const session = await composio.create(unique('user_a'), { toolkits: ['time'] });
    const { results, toolSchemas } = await session.search({ query: QUERY });
    const slugs = results.flatMap((result) => [...result.primaryToolSlugs, ...result.relatedToolSlugs]);
    expect([...slugs, ...Object.keys(toolSchemas)].filter((slug) => !slug.startsWith('TIME_'))).toEqual([]);
  });

  it('leads an agent from search over schemas to a link, by the meta tools alone', async () => {
    const session = await composio.create(unique('user_a'), { toolkits: ['github'] });
    const search = await session.execute('COMPOSIO_SEARCH_TOOLS', {
      queries: [{ use_case: QUERY }],
      session: { generate_id: true },
    });
    expect(search).toMatchObject({
      error: null,
      data: {
        tool_schemas: { GITHUB_CREATE_AN_ISSUE: { toolkit: 'github' } },
        session: { id: expect.stringMatching(/^\w+$/) },
      },
    });
    const schemas = await session.execute('COMPOSIO_GET_TOOL_SCHEMAS', {
      tool_slugs: ['GITHUB_CREATE_AN_ISSUE', 'GITHUB_CREATE_ISSUE'],
    });
    expect(schemas.data).toMatchObject({
      success: false,
      tool_schemas: { GITHUB_CREATE_AN_ISSUE: { input_schema: { type: 'object' } } },
      not_found: ['GITHUB_CREATE_ISSUE'],
      suggestions: { GITHUB_CREATE_ISSUE: expect.arrayContaining(['GITHUB_CREATE_AN_ISSUE']) },
    });
    const manage = await session.execute('COMPOSIO_MANAGE_CONNECTIONS', { toolkits: ['github'] });
    expect(manage.data).toMatchObject({
      results: {
        github: {
          status: 'initiated',
          redirect_url: expect.stringContaining(`${environment.baseUrl}/link/`),
        },
      },
    });
  });

  /* What a search reads is kept in memory: nothing that a caller has been answered of may be missing from it. */
  it('knows what its caller has just changed, each time', async () => {
    const user = unique('user_a');
    const config = await customConfig(composio, 'keyed', 'API_KEY');
    const search = async (id: string) => {
      const body = { queries: [{ use_case: 'ask keyed who I am' }] };
      const answer = await call(`/tool_router/session/${id}/search`, { body });
      expect(answer.status).toBe(200);
      const { results, toolkit_connection_statuses: statuses } = Searched.parse(answer.body);
      const keyed = statuses.find(({ toolkit }) => toolkit === 'keyed');
      return { isConnected: keyed?.has_active_connection, account: keyed?.connection_details, ...results[0] };
    };
    for (let round = 0; round < 3; round += 1) {
      const id = await createSession({ user_id: user, toolkits: { enable: ['keyed', 'time'] } });
      expect(await search(id)).toMatchObject({ isConnected: false });
      const account = await connectKeyed(composio, user, config);
      expect(await search(id)).toMatchObject({
        isConnected: true,
        account: { connected_account_id: account },
      });
      await composio.connectedAccounts.disable(account);
      expect(await search(id)).toMatchObject({ isConnected: false });
      await composio.connectedAccounts.enable(account);
      expect(await search(id)).toMatchObject({ isConnected: true });
      await composio.connectedAccounts.delete(account);
      expect(await search(id)).toMatchObject({ isConnected: false });

      const facts = { keyed: [`Round ${round}.`] };
      await call(`/tool_router/session/${id}/execute_meta`, {
        body: {
          slug: 'COMPOSIO_MULTI_EXECUTE_TOOL',
          arguments: {
            tools: [{ tool_slug: 'TIME_GET_CURRENT_TIME', arguments: {} }],
            sync_response_to_workbench: false,
            memory: facts,
          },
        },
      });
      expect(await search(id)).toMatchObject({ memory: facts });

      await call(`/tool_router/session/${id}`, { method: 'PATCH', body: { toolkits: { enable: ['time'] } } });
      expect(await search(id)).toMatchObject({ isConnected: undefined });
      await call(`/tool_router/session/${id}`, { method: 'DELETE' });
      const { status } = await call(`/tool_router/session/${id}/search`, {
        body: { queries: [{ use_case: 'what time is it' }] },
      });
      expect(status).toBe(404);
    }
  });

  it('tells the same however it is asked for', async () => {
    const id = await createSession({ user_id: unique('user_a'), toolkits: { enable: ['github'] } });
    const queries = [{ use_case: QUERY }];
    const asked = await call(`/tool_router/session/${id}/search`, { body: { queries } });
    const executed = await call(`/tool_router/session/${id}/execute`, {
      body: { tool_slug: 'COMPOSIO_SEARCH_TOOLS', arguments: { queries } },
    });
    const { success, error, ...data } = Data.parse(asked.body);
    expect({ success, error }).toEqual({ success: true, error: null });
    expect({ ...data, ...ofNow }).toEqual({ ...Data.parse(Data.parse(executed.body)['data']), ...ofNow });
  });
});
