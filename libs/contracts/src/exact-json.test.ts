import { describe, expect, it } from 'vitest';
import { markNumbers, markedValue, readJson, unmarkedText, unmarkedValue, writeJson } from './exact-json.js';
import { ExactNumber } from './exact-number.js';

describe('JSON whose numbers keep their digits', () => {
  it.each([
    ['a 64-bit id', '{"id":1234567890123456789}'],
    ['the first integer that no double has', '{"id":9007199254740993}'],
    ['the largest of int64', '{"id":9223372036854775807}'],
    ['the smallest of int64', '{"id":-9223372036854775808}'],
    ['the largest of uint64', '[18446744073709551615]'],
    ['a 128-bit integer', '[340282366920938463463374607431768211455]'],
    ['an integer at the top', '12345678901234567891'],
    ['one in a list of lists', '[[1,[2,12345678901234567891]]]'],
    [
      'one beside texts with quotes and backslashes',
      String.raw`{"a":"\\\"1,","b":12345678901234567891,"c":"\\"}`,
    ],
    ['a long decimal', '{"balance":0.123456789012345678901}'],
    ['a long decimal with an exponent', '[1.2345678901234567891e-7]'],
    ['a decimal as long as an id', '[12345678901234567.25]'],
    ['an integer that a double has, and writes otherwise', '[9223372036854775808]'],
    ['an integer of hundreds of digits', `[1${'0'.repeat(250)}7]`],
    ['one that is repeated', '[12345678901234567891,12345678901234567891]'],
    ['one under a name that is a number', '{"12345678901234567891":12345678901234567892}'],
    ['a name of the prototype', '{"__proto__":{"id":12345678901234567891}}'],
  ])('%s', (_, text) => {
    expect(writeJson(readJson(text))).toBe(text);
    expect(writeJson(readJson(text))).not.toBe(JSON.stringify(JSON.parse(text)));
  });

  it.each([
    ['small integers', '[0,-1,42,9007199254740991,-9007199254740991]'],
    ['what doubles are written as', '[0.1,1.5e+300,1e-7,0.30000000000000004]'],
    ['texts that look like numbers', '["12345678901234567891"," 1e999",": 12345678901234567891,"]'],
    ['a round integer that a double writes as it is', '[12345678901234567000]'],
  ])('leaves alone: %s', (_, text) => {
    expect(readJson(text)).toStrictEqual(JSON.parse(text));
    expect(writeJson(readJson(text))).toBe(text);
  });

  it.each([
    ['more digits of a double than it takes', '[0.10000000000000001,52.520006600000002]', [0.1, 52.5200066]],
    ['a double written out', '[0.1000000000000000055511151231257827]', [0.1]],
    ['zeros at the end', '[1.10000000000000000000]', [1.1]],
  ])('reads as doubles: %s', (_, text, value) => {
    expect(readJson(text)).toStrictEqual(value);
  });

  it.each([
    ['beyond every double', '[1e400]', ['1e400']],
    ['nearer to nothing than every double', '[1e-400]', ['1e-400']],
    ['that takes a megabyte to write out', '[1.5E+999999]', ['1.5E+999999']],
    ['of more digits than anybody counts', `[${'9'.repeat(2_000)}]`, ['9'.repeat(2_000)]],
  ])('reads as a text a number %s', (_, text, value) => {
    expect(readJson(text)).toStrictEqual(value);
  });

  it.each([
    ['a number for a name', '{12345678901234567891:1}'],
    ['a number for a name, with space', '{12345678901234567891 \n :1}'],
    ['a leading zero', '[012345678901234567]'],
    ['a leading plus', '[+12345678901234567]'],
    ['two numbers in a row', '[12345678901234567891 12345678901234567891]'],
    ['a number that breaks off', '[12345678901234567891.]'],
    ['an open string', '[12345678901234567891,"]'],
    ['nothing', ''],
  ])('refuses as JSON.parse does: %s', (_, text) => {
    expect(() => readJson(text)).toThrow(SyntaxError);
  });

  it('takes the last of two fields of one name, as JSON.parse does', () => {
    expect(writeJson(readJson('{"id":12345678901234567891,"id":12345678901234567892}'))).toBe(
      '{"id":12345678901234567892}',
    );
  });

  it('takes no text of others for a number', () => {
    const text = '["exact-number:0:12345678901234567891",12345678901234567891]';
    expect(writeJson(readJson(text))).toBe(text);
  });

  it('is not stopped by depth', () => {
    const text = `${'['.repeat(100_000)}12345678901234567891${']'.repeat(100_000)}`;
    expect(() => readJson(text)).not.toThrow();
  });

  it('reads long texts in the time of the native parser, more or less', () => {
    const rows = Array.from({ length: 20_000 }, (_, id) => ({
      id,
      text: 'a "text"'.repeat(10),
      n: [1, 2.5],
    }));
    const plain = JSON.stringify(rows);
    const exact = plain.replaceAll('"id":', '"id":12345678901234');
    const timeOf = (work: () => unknown) => {
      const began = process.threadCpuUsage();
      for (let round = 0; round < 3; round += 1) work();
      return process.threadCpuUsage(began).user / 1_000;
    };
    timeOf(() => JSON.parse(exact));
    expect(timeOf(() => readJson(exact))).toBeLessThan(20 * timeOf(() => JSON.parse(exact)) + 300);
  });

  it('passes through a library that parses and writes by itself', () => {
    const text = '{"id":12345678901234567891}';
    const parsed = JSON.parse(markNumbers(text)) as { id: unknown };
    expect(unmarkedValue(structuredClone(parsed))).toEqual({ id: new ExactNumber('12345678901234567891') });
    expect(unmarkedText(JSON.stringify(markedValue(readJson(text))))).toBe(text);
  });

  it('gives its digits to code that knows nothing of it', () => {
    const id = readJson('12345678901234567891') as ExactNumber;
    expect(`${String(id)} ${JSON.stringify({ id })}`).toBe(
      '12345678901234567891 {"id":"12345678901234567891"}',
    );
    expect(Number(id) > 1e19).toBe(true);
  });
});
