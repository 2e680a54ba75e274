import { describe, expect, it } from 'vitest';
import { newComposio } from '../support/composio.js';
import { connectGithub } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';

const composio = newComposio();
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
});
