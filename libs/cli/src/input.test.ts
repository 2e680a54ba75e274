import { describe, expect, it } from 'vitest';
import { parseExactly } from './exact-json.js';
import { toolArguments } from './input.js';

describe('the arguments of a tool', () => {
  it('are those of the JSON, and over them those that are named', () => {
    const named = ['name=Ada=B', 'text=', 'count:=3', 'tags:=["a","b"]', 'on:=true', 'url=http://a/?b:=c'];
    expect(toolArguments('{"count":1,"kept":null}', named)).toEqual({
      count: 3, kept: null, name: 'Ada=B', text: '', tags: ['a', 'b'], on: true, url: 'http://a/?b:=c',
    }); // prettier-ignore
    expect(Object.keys(toolArguments(undefined, ['__proto__=x']))).toEqual(['__proto__']);
  });

  it.each([
    ['[]', [], 'no JSON object'],
    ['{', [], 'no JSON'],
    [undefined, ['timezone'], 'no argument'],
    [undefined, ['=x'], 'no argument'],
    [undefined, ['count:=many'], 'The value of count is no JSON'],
  ])('are refused when they are none: %j %j', (json, named, why) => {
    expect(() => toolArguments(json, named)).toThrow(why);
  });

  it('keep the digits of numbers that no double holds', () => {
    const text = '{"id":12345678901234567890,"price":1.50,"small":7}';
    expect(JSON.stringify(toolArguments(text, ['other:=-98765432109876543210']))).toBe(
      '{"id":12345678901234567890,"price":1.5,"small":7,"other":-98765432109876543210}',
    );
    expect(parseExactly('[1,2]')).toEqual([1, 2]);
  });
});
