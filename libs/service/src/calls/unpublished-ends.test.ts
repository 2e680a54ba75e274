import { describe, expect, it } from 'vitest';
import { CallFinished } from '@patchbay/contracts';
import { UnpublishedEnds, type CallEndEvent } from './unpublished-ends.js';

const AT = '2026-11-28T10:00:00.000Z';

function endOf(logId: string, text: string): CallEndEvent {
  const data: CallFinished = {
    logId,
    projectId: 'proj_1',
    userId: 'ann',
    sessionId: null,
    requestId: 'req_1',
    traceId: null,
    toolkit: 'time',
    toolSlug: 'TIME_GET_CURRENT_TIME',
    parent: null,
    sandboxId: null,
    startedAt: AT,
    arguments: { text },
    finishedAt: AT,
    durationMs: 1,
    status: 'failed',
    connectionId: null,
    authConfigId: null,
    error: `${logId} ${text}`,
    data: { text },
  };
  return { id: `evt_${logId}`, at: AT, projectId: 'proj_1', requestId: 'req_1', sessionId: null, data };
}
const idsOf = (events: readonly CallEndEvent[]) => events.map(({ data }) => data.logId);
const ids = (count: number) => Array.from({ length: count }, (_, index) => `log_${index}`);

describe('UnpublishedEnds', () => {
  it('gives the oldest first, as they were', () => {
    const ends = new UnpublishedEnds();
    const all = ids(5).map((id) => endOf(id, 'text'));
    for (const end of all) expect(ends.add(end)).toEqual([]);
    expect(ends.take(2)).toEqual(all.slice(0, 2));
    expect(ends.take(10)).toEqual(all.slice(2));
    expect(ends.size).toBe(0);
  });

  it('cuts the oldest to their rows when all are too large together, and loses none for it', () => {
    const ends = new UnpublishedEnds({ ends: 100, characters: 250_000 });
    for (const id of ids(50)) expect(ends.add(endOf(id, 'x'.repeat(20_000)))).toEqual([]);
    const all = ends.take(100);
    expect(idsOf(all)).toEqual(ids(50));
    expect(JSON.stringify(all).length).toBeLessThan(260_000);
    for (const { data } of all) expect(CallFinished.parse(data)).toMatchObject({ status: 'failed' });
    expect(all[0]?.data).toMatchObject({
      arguments: { clipped: true },
      error: expect.stringMatching(/^log_0 x+…$/),
    });
    expect(all.at(-1)?.data.data).toEqual({ text: 'x'.repeat(20_000) });
  });

  it('gives up the oldest when there are too many, and says which', () => {
    const ends = new UnpublishedEnds({ ends: 3, characters: 1_000_000 });
    const lost = ids(5).flatMap((id) => ends.add(endOf(id, 'text')));
    expect(idsOf(lost)).toEqual(['log_0', 'log_1']);
    expect(idsOf(ends.take(10))).toEqual(['log_2', 'log_3', 'log_4']);
  });

  it('counts what is put back after it was taken', () => {
    const ends = new UnpublishedEnds({ ends: 100, characters: 100_000 });
    for (const id of ids(20)) ends.add(endOf(id, 'x'.repeat(5_000)));
    for (let round = 0; round < 10; round += 1)
      for (const end of ends.take(7)) expect(ends.add(end)).toEqual([]);
    expect(ends.size).toBe(20);
    expect(JSON.stringify(ends.take(20)).length).toBeLessThan(110_000);
  });
});
