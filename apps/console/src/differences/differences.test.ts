import { describe, expect, it } from 'vitest';
import { changedPart, differencesOf } from './differences.js';

describe('the differences of two values', () => {
  it('are told as deep as they can be', () => {
    const before = { name: 'a', input: { properties: { text: { type: 'string' }, old: {} } } };
    const after = { input: { properties: { text: { type: 'integer' } } }, name: 'a', tags: ['x'] };
    expect(differencesOf(before, after)).toEqual([
      { path: ['input', 'properties', 'text', 'type'], before: 'string', after: 'integer' },
      { path: ['input', 'properties', 'old'], before: {}, after: undefined },
      { path: ['tags'], before: undefined, after: ['x'] },
    ]);
  });

  it('count things in lists, and take lists of words as wholes', () => {
    expect(
      differencesOf({ a: [{ b: 1 }] }, { a: [{ b: 2 }, { b: 3 }] }).map(({ path }) => path.join('.')),
    ).toEqual(['a.1.b', 'a.2']);
    expect(differencesOf({ a: ['x'] }, { a: ['x', 'y'] })).toEqual([
      { path: ['a'], before: ['x'], after: ['x', 'y'] },
    ]);
  });

  it('are none where only the order of keys is another', () => {
    expect(differencesOf({ a: 1, b: { c: [1, { d: 1 }] } }, { b: { c: [1, { d: 1 }] }, a: 1 })).toEqual([]);
  });

  it('of something that is new or gone are one', () => {
    expect(differencesOf(null, { a: 1 })).toEqual([{ path: [], before: null, after: { a: 1 } }]);
  });
});

it.each([
  ['Say it', 'Say it, and forward it', 6, 0],
  ['aa', 'a', 1, 0],
  ['read x now', 'read y now', 5, 4],
])('of %j and %j the middle is told', (before, after, start, end) => {
  expect(changedPart(before, after)).toEqual({ start, end });
});
