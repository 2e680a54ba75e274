import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  getUsage,
  getUsageRows,
  newId,
  sessionCreated,
  sessionUpdated,
  type CallFinished,
  type CallOf,
  type CallStarted,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '@patchbay/database';
import { endOf, runLogs, startedCall, type RunningLogs } from '../../test/running-logs.js';
import { database } from '../database.js';
import { CountUsageOfToolsAndSessions1765143000000 } from '../migrations/1765143000000-count-usage-of-tools-and-sessions.js';

const DAY = '2026-11-20';
const NEXT = '2026-11-21';
const ISSUE = 'GITHUB_CREATE_AN_ISSUE';

let on: RunningLogs;
beforeAll(async () => {
  on = await runLogs();
});
afterAll(() => on?.stop());

const call = (given: Partial<CallStarted> = {}) =>
  startedCall({ projectId: 'proj_usage', startedAt: `${DAY}T10:00:00.000Z`, ...given });
const ended = (given: Partial<CallStarted> = {}, end: Partial<CallFinished> = {}) =>
  endOf(call(given), { durationMs: 100, ...end });
const usage = (given: Partial<CallOf<typeof getUsage>> = {}) =>
  on.bus.request(getUsage, {
    entity: 'toolCalls',
    projectIds: ['proj_usage'],
    from: Date.parse(DAY),
    to: Date.parse(NEXT),
    ...given,
  });
const groups = async (given: Partial<CallOf<typeof getUsage>>) =>
  (await usage(given)).groups.map(({ key, count }) => [key, count]);

/** Everything published before it is written when this call is: the stream keeps its order. */
async function untilWritten(): Promise<void> {
  const last = startedCall();
  await on.start(last);
  await eventually(async () =>
    expect(await on.sql('SELECT id FROM logs.calls WHERE id = $1', [last.logId])).toHaveLength(1),
  );
}

describe('usage of tools', () => {
  it('counts each call that ended once, however often and in whatever order its events are delivered', async () => {
    const begun = call();
    const ends = [
      endOf(begun, { durationMs: 100 }),
      ended({ userId: 'bob', sessionId: 'trs_2' }),
      ended({ toolkit: 'time', toolSlug: 'TIME_GET_CURRENT_TIME' }),
      ended({ toolSlug: 'GITHUB_GET_A_REPOSITORY' }, { status: 'failed' }),
      ended({ startedAt: `${NEXT}T00:00:00.000Z` }),
    ];
    await on.start(begun);
    await untilWritten();
    for (const end of ends) await on.finish(end);
    await untilWritten();
    for (const end of ends) await on.finish(end);
    await on.start(call());
    await untilWritten();
    expect(await usage()).toEqual({ total: { count: 4, failed: 1, durationMs: 400 }, groups: [] });
    expect((await usage({ projectIds: ['proj_none'] })).total).toEqual({
      count: 0,
      failed: 0,
      durationMs: 0,
    });
  });

  it('is grouped by one thing, the largest first', async () => {
    expect(await usage({ groupBy: 'tool' })).toEqual({
      total: { count: 4, failed: 1, durationMs: 400 },
      groups: [
        { key: ISSUE, count: 2, failed: 0, durationMs: 200 },
        { key: 'GITHUB_GET_A_REPOSITORY', count: 1, failed: 1, durationMs: 100 },
        { key: 'TIME_GET_CURRENT_TIME', count: 1, failed: 0, durationMs: 100 },
      ],
    });
    expect(await groups({ groupBy: 'toolkit' })).toEqual([
      ['github', 3],
      ['time', 1],
    ]);
    expect(await groups({ groupBy: 'user' })).toEqual([
      ['ann', 3],
      ['bob', 1],
    ]);
    expect(await groups({ groupBy: 'day', to: Date.parse(NEXT) + 1, orderBy: 'key' })).toEqual([
      [NEXT, 1],
      [DAY, 4],
    ]);
    expect(await groups({ groupBy: 'user', direction: 'asc', limit: 1 })).toEqual([['bob', 1]]);
  });

  it('is of some users and sessions alone, and of all projects for the organisation', async () => {
    expect((await usage({ userIds: ['bob', 'carl'] })).total.count).toBe(1);
    expect((await usage({ userIds: [] })).total.count).toBe(0);
    expect(await groups({ groupBy: 'tool', userIds: ['bob'] })).toEqual([[ISSUE, 1]]);
    expect(await groups({ groupBy: 'session', sessionIds: ['trs_1', 'trs_2'] })).toEqual([
      ['trs_1', 3],
      ['trs_2', 1],
    ]);
    expect(await groups({ groupBy: 'day', sessionIds: ['trs_1'], userIds: ['bob'] })).toEqual([]);
    expect(await groups({ projectIds: undefined, groupBy: 'project', userIds: ['bob'] })).toEqual([
      ['proj_usage', 1],
    ]);
    for (const given of [
      { groupBy: 'session' },
      { entity: 'sessions', groupBy: 'tool' },
      { to: 1e20 },
    ] as const) {
      await expect(usage(given)).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });
});

it('usage of sessions counts each that was made, however often it is told', async () => {
  const tell = async (contract: typeof sessionCreated, userId: string, sessionId: string, at: string) => {
    const data = { sessionId, userId, configVersion: 1 };
    const event = {
      id: newId('event'),
      at,
      projectId: 'proj_usage',
      requestId: 'req_1',
      sessionId: null,
      data,
    };
    for (const _ of [1, 2]) await on.publishRaw(JSON.stringify(event), contract.subject);
  };
  await tell(sessionCreated, 'ann', 'trs_1', `${DAY}T00:00:00.000Z`);
  await tell(sessionUpdated, 'ann', 'trs_1', `${DAY}T01:00:00.000Z`);
  await tell(sessionCreated, 'ann', 'trs_2', `${DAY}T23:59:59.999Z`);
  await tell(sessionCreated, 'bob', 'trs_3', `${DAY}T12:00:00.000Z`);
  await tell(sessionCreated, 'bob', 'trs_4', `${NEXT}T12:00:00.000Z`);
  await untilWritten();
  expect(await usage({ entity: 'sessions', groupBy: 'user' })).toEqual({
    total: { count: 3 },
    groups: [
      { key: 'ann', count: 2 },
      { key: 'bob', count: 1 },
    ],
  });
  expect((await usage({ entity: 'sessions', sessionIds: ['trs_2', 'trs_4'] })).total).toEqual({ count: 1 });
});

it('what a version before counted by toolkit alone is known by tool as far as its calls are still there', async () => {
  const before = await usage({ groupBy: 'tool', to: Date.parse(NEXT) + 1 });
  const countAsBefore = (toolkit: string, calls: number) =>
    on.sql(
      `INSERT INTO logs.usage_by_day AS counted (project_id, day, toolkit, calls, failed, duration_ms)
       VALUES ('proj_usage', $1, $2, $3, 1, 500) ON CONFLICT (project_id, day, toolkit) DO UPDATE
       SET calls = counted.calls + excluded.calls, failed = counted.failed + 1, duration_ms = counted.duration_ms + 500`,
      [DAY, toolkit, calls],
    );
  const dataSource = await new DataSource(dataSourceOptions(on.databaseUrl, database)).initialize();
  const migration = new CountUsageOfToolsAndSessions1765143000000();
  try {
    await migration.down(dataSource.createQueryRunner());
    await countAsBefore('slack', 7);
    await migration.up(dataSource.createQueryRunner());
    await countAsBefore('github', 2);
  } finally {
    await dataSource.destroy();
  }
  expect((await usage({ groupBy: 'tool', to: Date.parse(NEXT) + 1 })).groups).toEqual([
    { key: 'unknown', count: 9, failed: 2, durationMs: 1000 },
    ...before.groups,
  ]);
  expect((await usage({ entity: 'sessions', to: Date.parse(NEXT) + 1 })).total).toEqual({ count: 4 });
});

describe('usage as the gateway of 0.2.0 asks for it', () => {
  const rows = (given: Partial<CallOf<typeof getUsageRows>> = {}) =>
    on.bus.request(getUsageRows, {
      projectId: 'proj_rows',
      from: Date.parse(DAY),
      to: Date.parse(NEXT),
      ...given,
    });

  it('is by several things at once, in pages, and its last day counts whole', async () => {
    const ofProject = (given: Partial<CallStarted>, end: Partial<CallFinished> = {}) =>
      ended({ projectId: 'proj_rows', ...given }, end);
    for (const end of [
      ofProject({ userId: 'ann' }),
      ofProject({ userId: 'ann', startedAt: `${NEXT}T23:00:00.000Z` }, { status: 'failed' }),
      ofProject({ userId: 'bob', toolkit: 'time' }),
      ofProject({ userId: 'bob', startedAt: '2026-11-22T00:00:00.000Z' }),
    ])
      await on.finish(end);
    await untilWritten();

    expect(await rows()).toEqual({
      items: [],
      total: { calls: 3, failed: 1, durationMs: 300 },
      nextCursor: null,
    });
    const first = await rows({ groupBy: ['user', 'day'], orderBy: 'group', limit: 2 });
    const sums = { calls: 1, durationMs: 100 };
    const row = (userId: string, day: string, failed: number) => ({
      ...sums,
      failed,
      projectId: null,
      userId,
      toolkit: null,
      day,
    });
    expect(first.items).toEqual([row('ann', DAY, 0), row('ann', NEXT, 1)]);
    const rest = await rows({ groupBy: ['user', 'day'], limit: 2, cursor: String(first.nextCursor) });
    expect(rest).toMatchObject({ items: [row('bob', DAY, 0)], nextCursor: null });
    expect((await rows({ groupBy: ['toolkit'], orderBy: 'calls' })).items).toMatchObject([
      { toolkit: 'github', calls: 2 },
      { toolkit: 'time', calls: 1 },
    ]);
    expect((await rows({ userId: 'bob', toolkit: 'time' })).total.calls).toBe(1);
  });
});
