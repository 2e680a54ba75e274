import { describe, expect, it } from 'vitest';
import { readJson, writeJson } from './exact-json.js';
import { hasParts } from './exact-number.js';
import { RawJson } from './raw-json.js';

describe('raw JSON', () => {
  it.each(['{"a":1}', '{"id":12345678901234567891}', '[1, 2 ]', '"text"', 'null', '{"a":"\\u2028$1$&"}'])(
    'is written as it came: %s',
    (text) => {
      expect(writeJson(new RawJson(text))).toBe(text);
      expect(writeJson({ before: 1, data: new RawJson(text), after: [new RawJson(text)] })).toBe(
        `{"before":1,"data":${text},"after":[${text}]}`,
      );
    },
  );

  it('keeps its place among others, and beside numbers that no double holds', () => {
    const value = {
      first: new RawJson('{"n":1}'),
      big: readJson('12345678901234567891'),
      last: new RawJson('[]'),
    };
    expect(writeJson(value)).toBe('{"first":{"n":1},"big":12345678901234567891,"last":[]}');
  });

  it('is its value for code that writes JSON otherwise, and has no parts to walk', () => {
    expect(JSON.stringify({ data: new RawJson('{"a": [1]}') })).toBe('{"data":{"a":[1]}}');
    expect(hasParts(new RawJson('{}'))).toBe(false);
  });
});
