import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newComposio } from '../support/composio.js';
import { connectGithub } from '../support/connect.js';
import { unique } from '../support/environment.js';
import { call } from '../support/http.js';
import { callTool, connectMcp } from '../support/mcp.js';
import { recorded, recordOf, untilRecorded } from '../support/record.js';

const composio = newComposio();
const REPO = { owner: 'octocat', repo: 'hello-world' };
const LogIds = z.object({ results: z.array(z.object({ response: z.object({ log_id: z.string() }) })) });

describe('the record', () => {
  const user = unique('user_a');
  const began = Date.now();
  let sessionId: string;
  /** Every call that was made, by a name of its own, with the log id its answer gave. */
  let made: Record<
    'sdk' | 'failed' | 'multi' | 'multiFirst' | 'multiSecond' | 'mcp' | 'http' | 'last',
    string
  >;
  let requestId: string;

  beforeAll(async () => {
    const session = await composio.create(user, {
      toolkits: ['github', 'time'],
      preload: { tools: ['TIME_GET_CURRENT_TIME'] },
      mcp: true,
    });
    sessionId = session.sessionId;
    await connectGithub(session);
    const issue = { ...REPO, title: unique('For the record') };
    const sdk = await session.execute('GITHUB_CREATE_AN_ISSUE', issue);
    const failed = await session.execute('GITHUB_GET_AN_ISSUE', { ...REPO, issue_number: 999_999 });
    const multi = await session.execute('COMPOSIO_MULTI_EXECUTE_TOOL', {
      sync_response_to_workbench: false,
      tools: [
        { tool_slug: 'GITHUB_GET_A_REPOSITORY', arguments: REPO },
        { tool_slug: 'TIME_GET_CURRENT_TIME', arguments: {} },
      ],
    });
    const [first, second] = LogIds.parse(multi.data).results;
    const client = await connectMcp(session.mcp);
    const mcp = await callTool(client, 'TIME_GET_CURRENT_TIME');
    await client.close();
    const http = await call(`/tool_router/session/${sessionId}/execute`, {
      body: { tool_slug: 'GITHUB_GET_THE_AUTHENTICATED_USER' },
    });
    requestId = String(http.headers.get('x-request-id'));
    const last = await session.execute('TIME_GET_CURRENT_TIME');
    made = {
      sdk: sdk.logId,
      failed: failed.logId,
      multi: multi.logId,
      multiFirst: String(first?.response.log_id),
      multiSecond: String(second?.response.log_id),
      mcp: String(mcp.log_id),
      http: z.object({ log_id: z.string() }).parse(http.body).log_id,
      last: last.logId,
    };
    for (const logId of Object.values(made)) await untilRecorded(logId);
  });

  it('lists every call of a session exactly once', async () => {
    const listed = await recorded({ session_id: sessionId });
    expect(listed.map(({ id }) => id).toSorted()).toEqual(Object.values(made).toSorted());
  });

  it('lists the same calls page by page', async () => {
    const listed = await recorded({ session_id: sessionId }, { limit: 3 });
    expect(listed.map(({ id }) => id).toSorted()).toEqual(Object.values(made).toSorted());
  });

  it('lists them under the right user, and no other', async () => {
    const own = await recorded({ user_id: user });
    expect(own.map(({ id }) => id).toSorted()).toEqual(Object.values(made).toSorted());
    expect(await recorded({ user_id: unique('user_b'), session_id: sessionId })).toEqual([]);
  });

  it('finds calls by tool, by status and by request', async () => {
    const ids = async (filters: Parameters<typeof recorded>[0]) =>
      (await recorded({ session_id: sessionId, ...filters })).map(({ id }) => id);
    expect(await ids({ tool_slug: 'GITHUB_CREATE_AN_ISSUE' })).toEqual([made.sdk]);
    expect(await ids({ status: 'failed' })).toEqual([made.failed]);
    expect(await ids({ request_id: requestId })).toEqual([made.http]);
    expect((await ids({ toolkit_slug: 'time' })).toSorted()).toEqual(
      [made.multiSecond, made.mcp, made.last].toSorted(),
    );
  });

  it('knows the session, the request, the time and the outcome of each call', async () => {
    for (const logId of Object.values(made)) {
      const entry = await recordOf(logId);
      expect(entry.context).toMatchObject({
        session_id: sessionId,
        request_id: expect.stringMatching(/^req_/),
      });
      expect(entry.status).toBe(logId === made.failed ? 'failed' : 'success');
      expect(entry.timings.start_time).toBeGreaterThanOrEqual(began);
      expect(entry.timings.end_time).toBeGreaterThanOrEqual(entry.timings.start_time);
      expect(entry.timings.end_time).toBeLessThanOrEqual(Date.now());
    }
    expect((await recordOf(made.http)).context.request_id).toBe(requestId);
  });

  it('shows calls inside a multi-execute as its children', async () => {
    const parent = { log_id: made.multi, tool_slug: 'COMPOSIO_MULTI_EXECUTE_TOOL' };
    expect((await recordOf(made.multi)).parent).toBeNull();
    expect((await recordOf(made.multiFirst)).parent).toEqual(parent);
    expect((await recordOf(made.multiSecond)).parent).toEqual(parent);
  });

  it('holds no token of the connected account', async () => {
    const everything = await Promise.all(Object.values(made).map((logId) => recordOf(logId)));
    expect(JSON.stringify(everything)).not.toMatch(/gho_|bearer /i);
  });
});
