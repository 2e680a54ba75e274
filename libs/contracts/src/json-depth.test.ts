import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isDeepJson, isDeepValue } from './json-depth.js';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('the depth of JSON', () => {
  it('is that of what was read from it', () => {
    expect([isDeepJson(nested(5), 5), isDeepJson(nested(6), 5)]).toEqual([false, true]);
    expect([isDeepValue(JSON.parse(nested(5)), 5), isDeepValue(JSON.parse(nested(6)), 5)]).toEqual([
      false,
      true,
    ]);
  });

  it('is not made by brackets in texts', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 6 }), (value, levels) => {
        expect(isDeepJson(JSON.stringify(value), levels)).toBe(isDeepValue(value, levels));
      }),
    );
    expect(isDeepJson(JSON.stringify({ a: `[[[[[[\\"${'['.repeat(300)}` }))).toBe(false);
  });

  it('is seen where recursion would overflow the stack', () => {
    expect(isDeepJson('['.repeat(5_000_000))).toBe(true);
    expect(isDeepValue(JSON.parse(nested(100_000)))).toBe(true);
  });
});
