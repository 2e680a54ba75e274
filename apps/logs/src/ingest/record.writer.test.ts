import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCall, listRejectedEvents, type CallFinished, type CallStarted } from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { endOf, runLogs, startedCall, type RunningLogs } from '../../test/running-logs.js';

let on: RunningLogs;
beforeAll(async () => {
  on = await runLogs();
});
afterAll(() => on?.stop());

const rowsOf = ({ logId }: CallStarted) =>
  on.sql('SELECT status, connection_id, duration_ms, error, data FROM logs.calls WHERE id = $1', [logId]);
const rowOf = ({ status, connectionId, durationMs, error, data }: CallFinished) => ({
  status,
  connection_id: connectionId,
  duration_ms: durationMs,
  error,
  data,
});
const RUNNING = { status: 'running', connection_id: null, duration_ms: null, error: null, data: null };

/** Everything published before it is written when this call is: the stream keeps its order. */
async function untilWritten(): Promise<void> {
  const last = startedCall();
  await on.start(last);
  await eventually(async () => expect(await rowsOf(last)).toHaveLength(1));
}

type Step = (call: CallStarted, end: CallFinished) => Promise<void>;
const start: Step = (call) => on.start(call);
const finish: Step = (_, end) => on.finish(end);

describe('the record of a call', () => {
  it.each<[string, Step[]]>([
    ['start and end', [start, finish]],
    ['end and start', [finish, start]],
    ['the end alone', [finish]],
    ['everything twice', [start, finish, start, finish]],
    ['everything twice, the other way round', [finish, finish, start, start]],
    ['start and end in different batches', [start, untilWritten, finish]],
    ['end and start in different batches', [finish, untilWritten, start]],
    ['the end again much later', [start, finish, untilWritten, finish, start]],
  ])('is one row with the end, delivered as %s', async (_, steps) => {
    const call = startedCall();
    const end = endOf(call);
    for (const step of steps) await step(call, end);
    await untilWritten();
    expect(await rowsOf(call)).toEqual([rowOf(end)]);
  });

  it('is one row that is running while only the start is known', async () => {
    const call = startedCall();
    await on.start(call);
    await on.start(call);
    await untilWritten();
    expect(await rowsOf(call)).toEqual([RUNNING]);
  });

  it('holds all that is known of it', async () => {
    const parent = { logId: 'log_parent', toolSlug: 'COMPOSIO_MULTI_EXECUTE_TOOL' };
    const call = startedCall({ parent, traceId: 'a'.repeat(32), sessionId: null });
    const end = endOf(call, { status: 'failed', error: 'GitHub answered 404', connectionId: null });
    await on.finish(end);
    await untilWritten();
    const key = { projectId: call.projectId, logId: call.logId };
    expect(await on.bus.request(getCall, key)).toEqual(end);
    await expect(on.bus.request(getCall, { ...key, projectId: 'proj_b' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('keeps many calls of one batch apart', async () => {
    const ends = Array.from({ length: 300 }, (_, index) => endOf(startedCall(), { durationMs: index }));
    await Promise.all(ends.flatMap((end) => [on.start(startedCall(end)), on.finish(end)]));
    await untilWritten();
    const ids = ends.map(({ logId }) => logId);
    const rows = await on.sql('SELECT id, duration_ms FROM logs.calls WHERE id = ANY($1)', [ids]);
    expect(rows).toHaveLength(300);
    expect(new Map(rows.map((row) => [row['id'], row['duration_ms']]))).toEqual(
      new Map(ends.map((end) => [end.logId, end.durationMs])),
    );
  });

  it('lies in the partition of the day on which the call began', async () => {
    const call = startedCall({ startedAt: new Date(Date.now() - 3 * 24 * 3_600_000).toISOString() });
    await on.finish(endOf(call));
    await untilWritten();
    const rows = await on.sql('SELECT tableoid::regclass::text AS name FROM logs.calls WHERE id = $1', [
      call.logId,
    ]);
    expect(rows).toEqual([
      { name: expect.stringContaining(`calls_${call.startedAt.slice(0, 10).replaceAll('-', '')}`) },
    ]);
  });
});

/*
 * Arguments and answers hold what users and providers like. Postgres stores neither NUL nor half of a
 * surrogate pair, in text or in jsonb; one call that holds them must not keep all others off the record.
 */
describe.each([
  ['NUL', 'a\u0000b'],
  ['half a character', 'a\ud83db'],
])('text with %s in it', (_, hostile) => {
  it('does not keep its own call, nor those beside it, off the record', async () => {
    const beside = endOf(startedCall());
    const calls = [
      endOf(startedCall({ arguments: { title: hostile } })),
      endOf(startedCall(), { data: { [hostile]: [{ text: hostile }] } }),
      endOf(startedCall(), { status: 'failed', error: hostile }),
      beside,
    ];
    for (const call of calls) await on.finish(call);
    await eventually(
      async () => {
        for (const { projectId, logId, status } of calls) {
          expect(await on.bus.request(getCall, { projectId, logId })).toMatchObject({ status });
        }
      },
      { timeout: 4_000 },
    );
  });
});

describe('an event that cannot be kept', () => {
  const envelope = (data: object) =>
    JSON.stringify({ id: 'evt_1', at: new Date().toISOString(), projectId: 'proj_a', requestId: null, data });
  const setAside = async (limit = 50) => (await on.bus.request(listRejectedEvents, { limit })).items;

  it.each<[string, RegExp, () => string]>([
    ['is no JSON', /JSON/, () => '{"id": "evt'],
    ['has no envelope', /id: is required/, () => JSON.stringify(endOf(startedCall()))],
    ['lacks a field', /toolSlug/, () => envelope({ ...endOf(startedCall()), toolSlug: undefined })],
    ['began at no time', /startedAt/, () => envelope({ ...endOf(startedCall()), startedAt: 'yesterday' })],
    ['ended at no time', /finishedAt/, () => envelope(endOf(startedCall(), { finishedAt: 'later' }))],
    [
      'began on a day without a next one',
      /out of range/,
      () => envelope(endOf(startedCall({ startedAt: '9999-12-31T23:59:59.000Z' }))),
    ],
    ['has a number no column takes', /integer/, () => envelope(endOf(startedCall(), { durationMs: 1e15 }))],
  ])('because it %s is set aside with its reason, and the rest is written', async (_, reason, body) => {
    const [before, after] = [endOf(startedCall()), endOf(startedCall())];
    const text = body();
    await on.finish(before);
    await on.publishRaw(text);
    await on.finish(after);
    await eventually(async () => {
      expect(await rowsOf(before)).toEqual([rowOf(before)]);
      expect(await rowsOf(after)).toEqual([rowOf(after)]);
      expect((await setAside())[0]).toMatchObject({
        subject: 'events.tools.call.finished',
        reason: expect.stringMatching(reason),
        body: text,
      });
    });
  });

  it('keeps neither others off the record that share its message, nor itself out of what was set aside', async () => {
    const [before, after] = [endOf(startedCall()), endOf(startedCall())];
    const lines = [
      envelope(before),
      '{"id": 1',
      envelope(after),
      envelope(endOf(startedCall(), { durationMs: 1e15 })),
    ];
    await on.publishRaw(lines.join('\n'));
    await eventually(async () => {
      expect(await rowsOf(before)).toEqual([rowOf(before)]);
      expect(await rowsOf(after)).toEqual([rowOf(after)]);
      expect((await setAside())[0]).toMatchObject({
        reason: expect.stringMatching(/JSON.*; .*integer/s),
        body: [lines[1], lines[3]].join('\n'),
      });
    });
  });

  it('is listed once, newest first, page by page', async () => {
    const all = await setAside();
    expect(all).toHaveLength(8);
    const first = await on.bus.request(listRejectedEvents, { limit: 4 });
    const second = await on.bus.request(listRejectedEvents, { limit: 4, cursor: String(first.nextCursor) });
    expect([...first.items, ...second.items]).toEqual(all);
    expect(first.total).toBe(8);
    expect(second.nextCursor).toBeNull();
  });
});
