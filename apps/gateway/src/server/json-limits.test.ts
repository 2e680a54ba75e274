import { describe, expect, it } from 'vitest';
import { requireWithinJsonLimits } from './json-limits.js';

const nested = (depth: number, open = '[', close = ']') => open.repeat(depth) + close.repeat(depth);

describe('JSON from outside', () => {
  it.each([
    ['nothing', ''],
    ['what is none', '{"a":'],
    ['as deep as anybody needs', nested(100)],
    ['brackets in texts', JSON.stringify({ a: '['.repeat(1_000), '{{{{"': '\\"[[[' })],
    ['commas in texts', JSON.stringify(','.repeat(1_000_000))],
    ['a large text', JSON.stringify('\\'.repeat(1_000_000))],
    ['many values', JSON.stringify(Array.from({ length: 100_000 }, () => 0))],
  ])('may be %s', (_, text) => {
    expect(() => requireWithinJsonLimits(text)).not.toThrow();
  });

  it.each([
    ['deep lists', nested(101)],
    ['deep objects', `${'{"a":'.repeat(101)}1${'}'.repeat(101)}`],
    ['millions of levels', nested(2_500_000)],
    ['levels that never end', '['.repeat(5_000_000)],
    ['levels behind an escaped quote', `["\\"",${nested(101)}]`],
    ['levels behind escaped backslashes', `["\\\\",${nested(101)}]`],
  ])('may not be %s', (_, text) => {
    expect(() => requireWithinJsonLimits(text)).toThrow(/nested deeper/);
  });

  it('may not be millions of values', () => {
    expect(() => requireWithinJsonLimits(`[${'0,'.repeat(600_000)}0]`)).toThrow(/values/);
    expect(() => requireWithinJsonLimits(`[${'{},'.repeat(600_000)}0]`)).toThrow(/values/);
  });

  it('is looked at in a time that grows with its length, whatever it holds', () => {
    const began = process.threadCpuUsage();
    requireWithinJsonLimits(`"${'\\"'.repeat(2_500_000)}"`);
    requireWithinJsonLimits(`"${'\\'.repeat(5_000_000)}"`);
    expect(process.threadCpuUsage(began).user / 1_000).toBeLessThan(1_000);
  });
});
