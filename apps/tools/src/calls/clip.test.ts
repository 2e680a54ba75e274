import { describe, expect, it } from 'vitest';
import { clip, sizeOf } from './clip.js';

const issue = (number: number) => ({
  number,
  title: `Issue ${number}`,
  body: 'x'.repeat(5_000),
  user: { login: 'ada', links: { self: 'https://acme.example/ada', all: ['a', 'b'] } },
  labels: [{ name: 'bug' }, { name: 'help' }],
});

describe('an answer that is too long', () => {
  it.each([100_000, 20_000, 8_000])('still has every item in %i bytes, in short', (limit) => {
    const data = { total: 100, issues: Array.from({ length: 100 }, (_, index) => issue(index)) };
    const short = clip(data, limit) as typeof data;
    expect(sizeOf(short)).toBeLessThanOrEqual(limit);
    expect(short.total).toBe(100);
    expect(short.issues.map(({ number }) => number)).toEqual(data.issues.map(({ number }) => number));
    expect(short.issues.at(-1)?.title).toBe('Issue 99');
  });

  it('loses no more of a single text than it must', () => {
    const { text } = clip({ text: 'x'.repeat(1_000_000) }, 100_000) as { text: string };
    expect(text).toMatch(/^x{25000}… \(1000000 characters\)$/);
  });

  it('counts the items that are left out where even a word each is too much', () => {
    const data = { items: Array.from({ length: 50_000 }, (_, id) => ({ id, name: `Name ${id}` })) };
    const { items } = clip(data, 20_000) as { items: unknown[] };
    expect(items[0]).toEqual({ id: 0, name: 'Name 0' });
    expect(items.at(-1)).toBe(`… and ${50_000 - items.length + 1} more`);
    expect(sizeOf({ items })).toBeLessThanOrEqual(20_000);
  });

  it('ends for data of any shape', () => {
    let deep: Record<string, unknown> = { text: 'x'.repeat(1_000) };
    for (let depth = 0; depth < 500; depth += 1) deep = { deep, list: [deep['text'] ?? 1] };
    const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`key${index}`, index]));
    const lists = { a: Array.from({ length: 300 }, () => Array.from({ length: 300 }, () => 'word')) };
    for (const data of [deep, wide, lists]) expect(sizeOf(clip(data, 4_000))).toBeLessThanOrEqual(4_000);
  });

  it('is the same each time', () => {
    const data = { issues: Array.from({ length: 40 }, (_, index) => issue(index)) };
    expect(JSON.stringify(clip(data, 9_000))).toBe(JSON.stringify(clip(structuredClone(data), 9_000)));
  });

  it('breaks no character', () => {
    const { text } = clip({ text: '😀'.repeat(5_001) }, 2_002) as { text: string };
    expect(text.isWellFormed()).toBe(true);
  });
});
