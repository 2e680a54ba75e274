import { AppError } from '@patchbay/contracts';
import { describe, expect, it } from 'vitest';
import { afterFailure, afterSuccess, failureOf, type PollState } from './poll-plan.js';

const NOW = Date.parse('2026-11-30T10:00:00.000Z');
const state: PollState = {
  dueAt: new Date(NOW - 2_000),
  intervalSeconds: 60,
  isHinted: false,
  wasHinted: false,
  failures: 0,
  cursor: { id: 1 },
};
const secondsFrom = (date: Date, from = NOW) => (date.getTime() - from) / 1_000;
const down = new AppError('provider_unreachable', 'It is down.');

describe('when an instance is polled again', () => {
  it('is an interval after it was due, give or take a twentieth', () => {
    for (let time = 0; time < 100; time += 1) {
      const plan = afterSuccess(state, { cursor: { id: 2 }, more: false }, NOW);
      expect(plan).toMatchObject({ cursor: { id: 2 }, failures: 0, lastError: null });
      const seconds = secondsFrom(plan.nextPollAt, state.dueAt.getTime());
      expect(seconds).toBeGreaterThanOrEqual(57);
      expect(seconds).toBeLessThanOrEqual(63);
    }
  });

  it('is rare where its provider says when something changed, and as ever after it did', () => {
    const hinted = { ...state, isHinted: true };
    const after = (given: PollState) =>
      secondsFrom(afterSuccess(given, { cursor: {}, more: false }, NOW).nextPollAt);
    expect(after(hinted)).toBeGreaterThan(850);
    expect(after({ ...hinted, wasHinted: true })).toBeLessThan(63);
    expect(after({ ...hinted, intervalSeconds: 3_600 })).toBeGreaterThan(3_400);
  });

  it('is once, and not many times, for what was missed', () => {
    const late = { ...state, dueAt: new Date(NOW - 3_600_000) };
    const { nextPollAt } = afterSuccess(late, { cursor: {}, more: false }, NOW);
    expect(secondsFrom(nextPollAt)).toBe(1);
  });

  it('is at once when there is more', () => {
    expect(secondsFrom(afterSuccess(state, { cursor: {}, more: true }, NOW).nextPollAt)).toBe(0);
  });

  it('is later each time that it fails again, with its cursor as it was', () => {
    const waits = [0, 1, 2, 20].map((failures) => {
      const plan = afterFailure({ ...state, failures }, failureOf(down), down, NOW);
      expect(plan).toMatchObject({ cursor: { id: 1 }, failures: failures + 1, lastError: 'It is down.' });
      return secondsFrom(plan.nextPollAt);
    });
    for (const [index, wanted] of [60, 120, 240, 3_600].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(wanted * 0.95);
      expect(waits[index]).toBeLessThanOrEqual(wanted * 1.05);
    }
  });

  it('is not sooner than the provider wants, and no failure', () => {
    const limited = new AppError('rate_limited', 'Slow down.', { retryAfter: 600 });
    const plan = afterFailure({ ...state, failures: 3 }, failureOf(limited), limited, NOW);
    expect(plan.failures).toBe(3);
    expect(secondsFrom(plan.nextPollAt)).toBeGreaterThanOrEqual(600);
    expect(failureOf(new AppError('rate_limited', '', { retryAfter: 10_000_000 }))).toEqual({
      kind: 'limited',
      waitSeconds: 86_400,
    });
  });
});

describe('what a failed poll means', () => {
  it.each([
    ['unavailable', 'ours'],
    ['internal', 'ours'],
    ['no_active_connection', 'account'],
    ['connection_not_found', 'account'],
    ['credential_refused', 'provider'],
    ['provider_refused', 'provider'],
    ['provider_timeout', 'provider'],
    ['trigger_type_not_found', 'provider'],
  ] as const)('%s is %s', (code, kind) => {
    expect(failureOf(new AppError(code, ''))).toEqual({ kind });
  });

  it('is nothing of the instance when it is none of our errors', () => {
    expect(failureOf(new TypeError('a bug'))).toEqual({ kind: 'ours' });
  });
});
