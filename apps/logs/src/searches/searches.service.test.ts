import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listSearchesWithoutCall, type CallOf } from '@patchbay/contracts';
import { endOf, runLogs, startedCall, type RunningLogs } from '../../test/running-logs.js';

const MINUTE = 60_000;
const BEGIN = Date.parse('2026-01-05T10:00:00.000Z');
const at = (minutes: number) => new Date(BEGIN + minutes * MINUTE).toISOString();
const search = (id: string, sessionId: string | null, startedAt: string, more: object = {}) =>
  startedCall({
    logId: `log_${id}`,
    toolkit: 'composio',
    toolSlug: 'COMPOSIO_SEARCH_TOOLS',
    sessionId,
    startedAt,
    arguments: { queries: [{ use_case: `what ${id} wants` }] },
    ...more,
  });
const called = (id: string, sessionId: string, startedAt: string, more: object = {}) =>
  startedCall({ logId: `log_${id}`, sessionId, startedAt, ...more });
const meta = { toolkit: 'composio', toolSlug: 'COMPOSIO_GET_TOOL_SCHEMAS' };
const foreign = { projectId: 'proj_b' };

let on: RunningLogs;
beforeAll(async () => {
  on = await runLogs();
  await Promise.all(
    [
      search('used', 'trs_1', at(0)),
      called('call', 'trs_1', at(9)),
      search('late', 'trs_2', at(1)),
      called('late_call', 'trs_2', at(12)),
      search('alone', 'trs_3', at(2)),
      called('schemas', 'trs_3', at(3), meta),
      called('before', 'trs_3', at(1)),
      called('of_another_project', 'trs_3', at(3), foreign),
      search('foreign', 'trs_9', at(3), foreign),
      search('without_session', null, at(3)),
    ].map((call) => on.finish(endOf(call))),
  );
  const nothing = search('nothing', 'trs_4', at(4), {
    arguments: { queries: [{ use_case: 'boil an egg' }, { use_case: 'list issues' }] },
  });
  const data = { results: [{ primary_tool_slugs: [] }, { primary_tool_slugs: ['GITHUB_LIST_ISSUES'] }] };
  await on.finish(endOf(nothing, { status: 'failed', error: '1 out of 2 searches failed', data }));
  await on.finish(endOf(search('private', 'trs_5', at(5), { arguments: {} }), { data: {} }));
  await on.start(search('young', 'trs_6', new Date(Date.now() - MINUTE).toISOString()));
});
afterAll(() => on?.stop());

const list = (given: Partial<CallOf<typeof listSearchesWithoutCall>> = {}) =>
  on.bus.request(listSearchesWithoutCall, {
    projectId: 'proj_a',
    withinMs: 10 * MINUTE,
    from: BEGIN,
    ...given,
  });
const idsOf = async (given: Partial<CallOf<typeof listSearchesWithoutCall>> = {}) =>
  (await list(given)).items.map(({ logId }) => logId.replace('log_', ''));

describe('searches that led to no call', () => {
  it('are those of sessions in which no tool of an app was called soon after, newest first', async () => {
    expect(await idsOf()).toEqual(['private', 'nothing', 'alone', 'late']);
    expect(await idsOf({ withinMs: 11 * MINUTE })).toEqual(['private', 'nothing', 'alone']);
    expect(await idsOf({ withinMs: 8 * MINUTE })).toEqual(['private', 'nothing', 'alone', 'late', 'used']);
  });

  it('are not those that a call may still follow', async () => {
    expect(await idsOf({ withinMs: MINUTE })).toContain('young');
    expect(await idsOf({ withinMs: 2 * MINUTE })).not.toContain('young');
  });

  it('are of one project, and of the time that is asked for', async () => {
    expect(await idsOf({ projectId: 'proj_b' })).toEqual(['foreign']);
    expect(await idsOf({ from: BEGIN + 2 * MINUTE, to: BEGIN + 4 * MINUTE })).toEqual(['nothing', 'alone']);
  });

  it('come page by page, each once', async () => {
    const first = await list({ limit: 3 });
    const second = await list({ limit: 3, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ logId }) => logId)).toEqual([
      'log_private',
      'log_nothing',
      'log_alone',
      'log_late',
    ]);
    expect(second.nextCursor).toBeNull();
  });

  it('say what was looked for and what was found, as far as the project keeps it', async () => {
    const { items } = await list({ limit: 2 });
    expect(items).toMatchObject([
      { logId: 'log_private', sessionId: 'trs_5', queries: [] },
      {
        logId: 'log_nothing',
        status: 'failed',
        error: '1 out of 2 searches failed',
        queries: [
          { useCase: 'boil an egg', primaryTools: [] },
          { useCase: 'list issues', primaryTools: ['GITHUB_LIST_ISSUES'] },
        ],
      },
    ]);
  });
});
