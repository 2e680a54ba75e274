import { describe, expect, it } from 'vitest';
import { Bulkhead } from './bulkhead.js';

function enterMany(bulkhead: Bulkhead, owner: string, count: number): (() => void)[] {
  return Array.from({ length: count }, () => bulkhead.enter(owner)).filter(
    (place) => typeof place === 'function',
  );
}

describe('a bulkhead', () => {
  it('has so many places for one owner, and says whose fault it is that there is none', () => {
    const bulkhead = new Bulkhead({ all: 4, ofOne: 3 });
    expect(enterMany(bulkhead, 'a', 5)).toHaveLength(3);
    expect(bulkhead.enter('a')).toBe('share');
    expect(bulkhead.enter('b')).toBeInstanceOf(Function);
    expect(bulkhead.enter('c')).toBe('full');
  });

  it('takes a place back once', () => {
    const bulkhead = new Bulkhead({ all: 100, ofOne: 2 });
    const [first] = enterMany(bulkhead, 'a', 2);
    first?.();
    first?.();
    expect(enterMany(bulkhead, 'a', 5)).toHaveLength(1);
    expect(bulkhead.heldBy('a')).toBe(2);
  });

  it('shares evenly what is scarce', () => {
    const bulkhead = new Bulkhead({ all: 100, ofOne: 0 });
    expect(enterMany(bulkhead, 'greedy', 500)).toHaveLength(75);
    expect(enterMany(bulkhead, 'late', 500)).toHaveLength(25);
    expect(enterMany(bulkhead, 'greedy', 1)).toHaveLength(0);
  });

  it('has no bound where the size is 0', () => {
    expect(enterMany(new Bulkhead({ all: 0, ofOne: 0 }), 'a', 5_000)).toHaveLength(5_000);
  });
});
