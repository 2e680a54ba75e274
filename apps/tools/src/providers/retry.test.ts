import { describe, expect, it } from 'vitest';
import { OutboundError, type OutboundResponse, type OutboundTrouble } from '@patchbay/service';
import { retrySafety, retryAfterMs, retryDelayMs, type RetrySafety } from './retry.js';

const answer = (status: number, headers: Record<string, string> = {}): OutboundResponse => ({
  status,
  headers,
  body: Buffer.alloc(0),
  url: new URL('https://acme.example'),
});
const trouble = (kind: OutboundTrouble) => new OutboundError(kind, 'trouble');
const repeats = (outcome: OutboundResponse | OutboundError, repeat: RetrySafety) =>
  retryDelayMs(outcome, repeat, 1, 30_000) !== undefined;

describe('what may be repeated', () => {
  it.each([
    ['GET', false, 'safe'],
    ['HEAD', false, 'safe'],
    ['PUT', false, 'repeatable'],
    ['DELETE', false, 'repeatable'],
    ['POST', false, 'once'],
    ['PATCH', false, 'once'],
    ['POST', true, 'safe'],
  ])('%s with a key: %s', (method, isKeyed, expected) => {
    expect(retrySafety(method, isKeyed)).toBe(expected);
  });

  const ALL: RetrySafety[] = ['safe', 'repeatable', 'once'];
  it.each<[string, OutboundResponse | OutboundError, RetrySafety[]]>([
    ['no connection', trouble('unreachable'), ALL],
    ['a lost connection', trouble('lost'), ['safe']],
    ['a time-out', trouble('timeout'), []],
    ['a cancellation', trouble('cancelled'), []],
    ['too long an answer', trouble('too_large'), []],
    ['429', answer(429), ['safe', 'repeatable']],
    ['503', answer(503), ['safe', 'repeatable']],
    ['500', answer(500), ['safe']],
    ['502', answer(502), ['safe']],
    ['504', answer(504), ['safe']],
    ['404', answer(404), []],
    ['200', answer(200), []],
  ])('after %s', (_, outcome, expected) => {
    expect(ALL.filter((repeat) => repeats(outcome, repeat))).toEqual(expected);
  });
});

describe('the wait', () => {
  it('is what the provider asks for, in seconds or as a date', () => {
    expect(retryDelayMs(answer(429, { 'retry-after': '2' }), 'safe', 1, 30_000)).toBe(2_000);
    const date = new Date(Date.now() + 5_000).toUTCString();
    const wait = retryAfterMs(answer(503, { 'retry-after': date }));
    expect(wait).toBeGreaterThan(3_000);
    expect(wait).toBeLessThanOrEqual(5_000);
    expect(retryAfterMs(answer(503, { 'retry-after': 'soon' }))).toBeUndefined();
  });

  it('is not begun when it is too long, or the call would have no time left', () => {
    expect(retryDelayMs(answer(429, { 'retry-after': '60' }), 'safe', 1, 1_000_000)).toBeUndefined();
    expect(retryDelayMs(answer(429, { 'retry-after': '5' }), 'safe', 1, 6_000)).toBeUndefined();
    expect(retryDelayMs(answer(429), 'safe', 3, 30_000)).toBeUndefined();
  });

  it('grows by itself from try to try', () => {
    const [first = 0, second = 0] = [1, 2].map((tries) => retryDelayMs(answer(503), 'safe', tries, 30_000));
    expect(first).toBeLessThanOrEqual(300);
    expect(second).toBeLessThanOrEqual(600);
    expect(second).toBeGreaterThanOrEqual(300);
  });
});
