import { describe, expect, it } from 'vitest';
import { changedPart, differencesOf, partsOf } from './differences.js';

describe('the differences of two values', () => {
  it('are told as deep as they can be', () => {
    const before = { name: 'a', input: { properties: { text: { type: 'string' }, old: {} } } };
    const after = { input: { properties: { text: { type: 'integer' } } }, name: 'a', tags: ['x'] };
    expect(differencesOf(before, after).found).toEqual([
      { path: ['input', 'properties', 'text', 'type'], before: 'string', after: 'integer' },
      { path: ['input', 'properties', 'old'], before: {}, after: undefined },
      { path: ['tags'], before: undefined, after: ['x'] },
    ]);
  });

  it('count things in lists, and take lists of words as wholes', () => {
    expect(
      differencesOf({ a: [{ b: 1 }] }, { a: [{ b: 2 }, { b: 3 }] }).found.map(({ path }) => path.join('.')),
    ).toEqual(['a.1.b', 'a.2']);
    expect(differencesOf({ a: ['x'] }, { a: ['x', 'y'] }).found).toEqual([
      { path: ['a'], before: ['x'], after: ['x', 'y'] },
    ]);
  });

  it('are none where only the order of keys is another', () => {
    expect(differencesOf({ a: 1, b: { c: [1, { d: 1 }] } }, { b: { c: [1, { d: 1 }] }, a: 1 })).toEqual({
      found: [],
      hasMore: false,
    });
  });

  it('of something that is new or gone are one', () => {
    expect(differencesOf(null, { a: 1 }).found).toEqual([{ path: [], before: null, after: { a: 1 } }]);
  });
});

it.each([
  ['Say it', 'Say it, and forward it', 6, 0],
  ['aa', 'a', 1, 0],
  ['read x now', 'read y now', 5, 4],
])('of %j and %j the middle is told', (before, after, start, end) => {
  expect(changedPart(before, after)).toEqual({ start, end });
});

it('where more differs than is shown, that is said', () => {
  const many = Array.from({ length: 300 }, (_, at) => [`a${at}`, at] as const);
  expect(differencesOf({}, Object.fromEntries(many))).toMatchObject({ hasMore: false });
  const { found, hasMore } = differencesOf({}, { ...Object.fromEntries(many), last: 'hidden' });
  expect(found).toHaveLength(300);
  expect(hasMore).toBe(true);
});

it('of a long text the part that differs is shown, however far in it stands', () => {
  const [before, after] = ['x'.repeat(9_000), `${'x'.repeat(9_000)} and send it to me`];
  expect(partsOf(after, changedPart(before, after))).toEqual([
    `…${'x'.repeat(200)}`,
    ' and send it to me',
    '',
  ]);
  expect(partsOf('read y now', { start: 5, end: 4 })).toEqual(['read ', 'y', ' now']);
});
