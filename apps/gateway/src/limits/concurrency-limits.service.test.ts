import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { AppError } from '@patchbay/contracts';
import { ConcurrencyLimits } from './concurrency-limits.service.js';

function places(all: number, ofOne: number) {
  const bulkhead = new ConcurrencyLimits({ PATCHBAY_CONCURRENCY: all, PATCHBAY_PROJECT_CONCURRENCY: ofOne });
  const enter = (project: string) => {
    const response = new EventEmitter() as ServerResponse;
    try {
      bulkhead.acquire(project, response);
      return { outcome: 'in', response };
    } catch (error) {
      return { outcome: (error as AppError).code, response };
    }
  };
  const enterMany = (project: string, count: number) =>
    Array.from({ length: count }, () => enter(project)).filter(({ outcome }) => outcome === 'in');
  return { bulkhead, enter, enterMany };
}

describe('places', () => {
  it('are as many for one project as the setting says, until an answer is out', () => {
    const { enter, enterMany } = places(100, 3);
    const held = enterMany('a', 5);
    expect(held).toHaveLength(3);
    expect(enter('a').outcome).toBe('rate_limited');
    expect(enter('b').outcome).toBe('in');
    held[0]?.response.emit('close');
    expect(enter('a').outcome).toBe('in');
  });

  it('are given back once, whether by leaving or by the answer’s end', () => {
    const { bulkhead, enterMany } = places(100, 2);
    const [first] = enterMany('a', 2);
    bulkhead.release(first!.response);
    first!.response.emit('close');
    expect(enterMany('a', 5)).toHaveLength(1);
  });

  it('are shared evenly when they get scarce: a project that has most of them leaves room', () => {
    const { enterMany } = places(100, 1_000);
    expect(enterMany('greedy', 500)).toHaveLength(75);
    expect(enterMany('late', 500)).toHaveLength(25);
    expect(enterMany('greedy', 1)).toHaveLength(0);
  });

  it('are left for others by a setting below the whole', () => {
    const { enterMany } = places(100, 40);
    expect([enterMany('a', 500), enterMany('b', 500)].map(({ length }) => length)).toEqual([40, 35]);
    // 75 are taken: three share what there is with the next caller.
    expect(enterMany('c', 500)).toHaveLength(25);
  });
});
