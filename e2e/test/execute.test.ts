import { beforeAll, describe, expect, it } from 'vitest';
import { githubIssues } from '@patchbay/testing';
import { z } from 'zod';
import { newComposio } from '../support/composio.js';
import { connectGithub, GITHUB_USER } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';

const composio = newComposio();
const REPO = { owner: 'octocat', repo: 'hello-world' };

const MultiResult = z.object({
  results: z.array(
    z.object({
      tool_slug: z.string(),
      index: z.number(),
      error: z.string().nullish(),
      response: z
        .object({ successful: z.boolean(), data: z.record(z.string(), z.unknown()), log_id: z.string() })
        .nullable(),
    }),
  ),
  total_count: z.number(),
  success_count: z.number(),
  error_count: z.number(),
});

describe('executing tools in a session', () => {
  const user = unique('user_a');
  const newSession = () => composio.create(user, { toolkits: ['github', 'time'] });
  let session: Awaited<ReturnType<typeof newSession>>;

  beforeAll(async () => {
    session = await newSession();
    await connectGithub(session);
  });

  const held = async (title: string) =>
    (await githubIssues(environment.githubUrl, REPO.owner, REPO.repo)).filter(
      (issue) => issue.title === title,
    );

  it("creates an issue that the provider then really holds, in the connected person's name", async () => {
    const title = unique('From session.execute');
    const { data, error, logId } = await session.execute('GITHUB_CREATE_AN_ISSUE', {
      ...REPO,
      title,
      body: 'Written by a test.',
    });
    expect(error).toBeNull();
    expect(logId).toMatch(/^log_/);
    const issues = await held(title);
    expect(issues).toMatchObject([{ body: 'Written by a test.', user: { login: GITHUB_USER } }]);
    expect(data).toMatchObject({ number: issues[0]?.number, title });
  });

  it('runs an imported tool, and one by a slug that it had before', async () => {
    const labels = await session.execute('GITHUB_LIST_LABELS_FOR_A_REPOSITORY', { ...REPO, per_page: 3 });
    expect(labels).toMatchObject({ error: null, data: { labels: expect.any(Array) as unknown } });
    const title = unique('From an old slug');
    const { error } = await session.execute('GITHUB_ISSUES_CREATE', { ...REPO, title });
    expect(error).toBeNull();
    expect(await held(title)).toHaveLength(1);
  });

  it('runs several tools at once through COMPOSIO_MULTI_EXECUTE_TOOL, each for itself', async () => {
    const titles = [unique('First of many'), unique('Second of many')];
    const missing = { ...REPO, issue_number: 999_999 };
    const { data, error } = await session.execute('COMPOSIO_MULTI_EXECUTE_TOOL', {
      sync_response_to_workbench: false,
      tools: [
        { tool_slug: 'GITHUB_CREATE_AN_ISSUE', arguments: { ...REPO, title: titles[0] } },
        { tool_slug: 'GITHUB_GET_AN_ISSUE', arguments: missing },
        { tool_slug: 'GITHUB_NO_SUCH_TOOL', arguments: {} },
        { tool_slug: 'GITHUB_CREATE_AN_ISSUE', arguments: { ...REPO, title: titles[1] } },
      ],
    });
    expect(error).toBeNull();
    const answer = MultiResult.parse(data);
    expect(answer).toMatchObject({ total_count: 4, success_count: 2, error_count: 2 });
    expect(answer.results.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(answer.results.map(({ response }) => response?.successful)).toEqual([
      true,
      false,
      undefined,
      true,
    ]);
    expect(answer.results[2]?.error).toMatch(/GITHUB_NO_SUCH_TOOL/);
    for (const title of titles) expect(await held(title)).toMatchObject([{ user: { login: GITHUB_USER } }]);
  });

  it("uses the user's account in a session made before and after connecting", async () => {
    const later = await newSession();
    const { data, error } = await later.execute('GITHUB_GET_THE_AUTHENTICATED_USER');
    expect(error).toBeNull();
    expect(data).toMatchObject({ login: GITHUB_USER });
  });

  it('runs a tool that needs no account, for a user who has none', async () => {
    const other = await composio.create(unique('user_b'), { toolkits: ['time'] });
    const { data, error } = await other.execute('TIME_CONVERT_TIME', {
      time: '2026-01-20T12:00:00',
      from_timezone: 'UTC',
      to_timezone: 'Asia/Tokyo',
    });
    expect(error).toBeNull();
    expect(JSON.stringify(data)).toContain('21:00');
  });

  it('says which toolkit to connect when the user has no account', async () => {
    const other = await composio.create(unique('user_b'), { toolkits: ['github'] });
    await expect(other.execute('GITHUB_GET_THE_AUTHENTICATED_USER')).rejects.toMatchObject({
      status: 400,
      error: {
        error: {
          code: 4302,
          slug: 'ToolRouterV2_NoActiveConnection',
          message: expect.stringContaining('github'),
        },
      },
    });
  });

  it('refuses what lies outside the session, through every door', async () => {
    const narrow = await composio.create(user, {
      toolkits: ['github'],
      tools: { github: ['GITHUB_GET_THE_AUTHENTICATED_USER'] },
    });
    const title = unique('Never written');
    const create = { ...REPO, title };
    await expect(narrow.execute('TIME_GET_CURRENT_TIME')).rejects.toMatchObject({ status: 400 });
    await expect(narrow.execute('GITHUB_CREATE_AN_ISSUE', create)).rejects.toMatchObject({ status: 400 });
    const { data } = await narrow.execute('COMPOSIO_MULTI_EXECUTE_TOOL', {
      sync_response_to_workbench: false,
      tools: [{ tool_slug: 'GITHUB_CREATE_AN_ISSUE', arguments: create }],
    });
    expect(MultiResult.parse(data).results).toMatchObject([
      { response: null, error: expect.stringMatching(/\w/) },
    ]);
    expect(await held(title)).toEqual([]);
  });
});
