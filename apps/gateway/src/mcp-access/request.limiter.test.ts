import { describe, expect, it } from '@jest/globals';
import { RequestLimiter } from './request.limiter.js';

describe('RequestLimiter', () => {
  it('lets an address make so many requests a window, and says how long the next one has to wait', () => {
    const limiter = new RequestLimiter(2, 1_000);
    expect([limiter.take('a', 0), limiter.take('a', 10), limiter.take('a', 400)]).toEqual([0, 0, 600]);
    expect(limiter.take('b', 400)).toBe(0);
    expect(limiter.take('a', 1_000)).toBe(0);
  });

  it('remembers no more addresses than it has room for', () => {
    const limiter = new RequestLimiter(1, 1_000);
    limiter.take('first', 0);
    for (let other = 0; other < 10_000; other += 1) limiter.take(`other-${other}`, 0);
    expect(limiter.take('first', 0)).toBe(0);
  });
});
