import { describe, expect, it } from 'vitest';
import type { CallRecord } from '@patchbay/contracts';
import { eventId, momentOf, TailFeed } from './tail.feed.js';

const at = '2026-11-20T10:00:00.000Z';
const call = (logId: string, status: CallRecord['status']) =>
  ({ logId, status, startedAt: at, finishedAt: status === 'running' ? null : at }) as CallRecord;

function feed(isHeld: boolean) {
  const sent: string[] = [];
  let overflows = 0;
  const one = new TailFeed(({ logId, status }) => sent.push(`${logId} ${status}`), {
    isHeld,
    onOverflow: () => (overflows += 1),
  });
  return { one, sent, overflows: () => overflows };
}

describe('what a client is sent that watches', () => {
  it('is what happens, at once', () => {
    const { one, sent } = feed(false);
    one.take(call('a', 'running'));
    expect(sent).toEqual(['a running']);
  });

  it('begins with what it missed, and goes on without a step back', () => {
    const { one, sent } = feed(true);
    for (const status of ['running', 'success'] as const) one.take(call('ended', status));
    one.take(call('begun', 'running'));
    one.take(call('begun', 'failed'));
    one.take(call('new', 'running'));
    expect(sent).toEqual([]);
    one.release([call('ended', 'success'), call('begun', 'running')]);
    one.take(call('new', 'success'));
    expect(sent).toEqual(['ended success', 'begun running', 'begun failed', 'new running', 'new success']);
  });

  it('is given up when too much happens meanwhile', () => {
    const { one, overflows } = feed(true);
    for (let n = 0; n < 2_000; n += 1) one.take(call(`log_${n}`, 'running'));
    expect(overflows()).toBe(0);
    one.take(call('log_last', 'running'));
    expect(overflows()).toBe(1);
  });

  it('has an id that says when it was', () => {
    expect(momentOf(eventId(call('log_1', 'success')))).toBe(Date.parse(at));
    expect(momentOf('log_1:success')).toBeUndefined();
    expect(momentOf(undefined)).toBeUndefined();
  });
});
