import { afterAll, beforeAll, expect, it } from 'vitest';
import { getActivity, type CallFinished, type CallStarted } from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { endOf, runLogs, startedCall, type RunningLogs } from '../../test/running-logs.js';

const AT = '2026-11-20T10:02:00.000Z';
const HOUR = 3_600_000;

let on: RunningLogs;
beforeAll(async () => {
  on = await runLogs();
});
afterAll(() => on?.stop());

const ended = (given: Partial<CallStarted>, end: Partial<CallFinished>) =>
  endOf(startedCall({ projectId: 'proj_activity', startedAt: AT, ...given }), end);
const activity = (from: number, to: number, projectId = 'proj_activity') =>
  on.bus.request(getActivity, { projectId, from, to });

it('tells calls, failures and latencies by time, each call once, and no other project’s', async () => {
  for (let each = 1; each <= 100; each += 1) {
    const end = ended({}, { durationMs: each * 10 });
    await on.finish(end);
    if (each % 10 === 0) await on.finish(end);
  }
  const failed = { status: 'failed', error: 'no', durationMs: 4_000, connectionId: 'ca_failing' } as const;
  for (let each = 0; each < 3; each += 1)
    await on.finish(ended({ startedAt: '2026-11-20T12:00:00.000Z', userId: 'ann' }, failed));
  await on.finish(ended({ projectId: 'proj_other' }, { durationMs: 1 }));
  const from = Date.parse('2026-11-20T00:00:00.000Z');
  const whole = await eventually(async () => {
    const answer = await activity(from, from + 24 * HOUR);
    expect(answer.total.calls).toBe(103);
    expect((await activity(from, from + 24 * HOUR, 'proj_other')).total.calls).toBe(1);
    return answer;
  });
  expect(whole).toMatchObject({ stepMs: 15 * 60_000, total: { failed: 3 } });
  expect(whole.points.map(({ at, calls, failed: bad }) => [at, calls, bad])).toEqual([
    ['2026-11-20T10:00:00.000Z', 100, 0],
    ['2026-11-20T12:00:00.000Z', 3, 3],
  ]);
  const { p50Ms, p95Ms, p99Ms } = whole.points[0]!;
  // To within a twentieth of 500, 950 and 990 milliseconds.
  for (const [told, real] of [
    [p50Ms, 500],
    [p95Ms, 950],
    [p99Ms, 990],
  ] as const) {
    expect(Math.abs(Number(told) - real) / real).toBeLessThan(0.05);
  }
  expect(whole.failingAccounts).toEqual([
    {
      connectionId: 'ca_failing',
      toolkit: 'github',
      userId: 'ann',
      failed: 3,
      lastFailedAt: '2026-11-20T12:00:00.000Z',
    },
  ]);
});

it('has a month of a busy project in few points, and nothing of it in another', async () => {
  await on.sql(`
    INSERT INTO logs.call_times SELECT 'proj_busy', at, latency, 10, 1
    FROM generate_series('2026-10-20T00:00:00Z'::timestamptz, '2026-11-20T00:00:00Z', '5 minutes') AS at,
      generate_series(40, 60) AS latency`);
  const answer = await activity(Date.parse('2026-10-20'), Date.parse('2026-11-20'));
  const busy = await activity(Date.parse('2026-10-20'), Date.parse('2026-11-20'), 'proj_busy');
  expect(answer.total.calls).toBe(0);
  expect(busy.total.calls).toBeGreaterThan(1_000_000);
  expect(busy.points.length).toBeLessThanOrEqual(125);
});
