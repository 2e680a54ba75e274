import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson, writeJson } from './exact-json.js';
import { isPlainJson } from './plain-json.js';

describe('plain JSON', () => {
  it.each([
    '{}',
    '[]',
    '[ ]  ',
    '{"a":[1,-2.50,{"b":null}], "c" : "\\u00e4\\n\\/ä"}',
    '[true,false,null,"",[[]],{"a":{}}]',
    '[123456789012345,-123456789012345,0.1234567890123]',
    `${'['.repeat(200)}${']'.repeat(200)}`,
  ])('is passed on as it is: %s', (text) => {
    expect(isPlainJson(text)).toBe(true);
    expect(writeJson(readJson(text))).toEqual(writeJson(JSON.parse(text)));
  });

  it.each([
    ['a line break', '{\n}'],
    ['a tab', '[1,\t2]'],
    ['a number that no double holds', '[12345678901234567891]'],
    ['sixteen digits', '[9007199254740993]'],
    ['an exponent', '[1e400]'],
    ['ASCII by number, which what searches the text would not see', '["\\u006ck_x"]'],
    ['depth without end', `${'['.repeat(201)}${']'.repeat(201)}`],
    ['a value by itself', '"text"'],
    ['a byte order mark', '\ufeff{}'],
    ['nothing', ''],
  ])('is not what has %s', (_, text) => {
    expect(isPlainJson(text)).toBe(false);
  });

  it.each([
    '{',
    '[1,]',
    '[,1]',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{,}',
    '[1}',
    '{"a":1]',
    '[1]]',
    '[01]',
    '[1.]',
  ])('is not what is no JSON: %s', (text) => {
    expect(isPlainJson(text)).toBe(false);
  });
  it.each([
    '[+1]',
    '[-]',
    '[truer]',
    '[nul]',
    '["a]',
    '["\\x"]',
    '["\\u12g4"]',
    '["\u0000"]',
    '[1 2]',
    '[] x',
    '{a:1}',
  ])('is not what is no JSON: %s', (text) => {
    expect(isPlainJson(text)).toBe(false);
  });

  const containers = fc.jsonValue().filter((value) => typeof value === 'object' && value !== null);

  it('is only what the parser takes, and says what reading and writing it says', () => {
    const broken = fc
      .tuple(
        containers,
        fc.nat(),
        fc.nat(2),
        fc.constantFrom('', ...'{ } [ ] " , : \\ u e - + . 0 1 9 t n'.split(' '), ' ', '\n'),
      )
      .map(([value, at, removed, put]) => {
        const text = JSON.stringify(value);
        const from = at % text.length;
        return text.slice(0, from) + put + text.slice(from + removed);
      });
    fc.assert(
      fc.property(broken, (text) => {
        fc.pre(isPlainJson(text));
        // Written by JSON's own writer too, which knows no sign of zero.
        expect(JSON.parse(writeJson(readJson(text)))).toEqual(JSON.parse(JSON.stringify(JSON.parse(text))));
      }),
      { numRuns: 500, maxSkipsPerRun: 1_000, examples: [['[-0.00,252335082132927]']] },
    );
  });

  it('is what is written without long numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null))), (list) => {
        const text = JSON.stringify(list).replace(/\\u00[0-7][\da-f]/g, '?');
        expect(isPlainJson(text)).toBe(true);
      }),
    );
  });
});
