import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { readJson, writeJson, type JsonSchema } from '@patchbay/contracts';
import { z } from 'zod';
import { checkArguments } from './arguments.js';
import { asDescribed } from './exact-answers.js';
import { httpTool } from './toolkit.js';

const about = {
  slug: 'ACME_DO',
  name: 'Do',
  description: 'Does it.',
  method: 'POST',
  path: '/',
  tags: [],
} as const;
const imported: JsonSchema = {
  type: 'object',
  properties: {
    title: { type: 'string' },
    count: { type: 'integer', minimum: 1, default: 5 },
    state: { type: 'string', enum: ['open', 'closed'] },
    at: { type: 'string', format: 'date-time' },
    milestone: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
    labels: {
      type: 'array',
      items: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    },
    default: { type: 'string', description: 'A field with the name of a keyword.' },
  },
  required: ['title'],
};
const written = z.object({
  title: z.string(),
  count: z.int().min(1).default(5),
  milestone: z.int().nullable().optional(),
});

const check = (input: JsonSchema | z.ZodObject, given: Record<string, unknown>) =>
  checkArguments(httpTool({ ...about, tags: [], input }), given);

describe('the arguments of a tool', () => {
  it.each([
    ['imported', imported],
    ['written by hand', written],
  ])('that was %s: names that it does not have are dropped, and null where it takes none', (_, input) => {
    const checked = check(input, { title: 'a', milestone: null, count: null, nonsense: 1 });
    expect(checked).toMatchObject({ ok: true, value: { title: 'a', milestone: null } });
    expect(checked).not.toHaveProperty('value.nonsense');
    expect(checked).not.toHaveProperty('value.count', null);
  });

  it("leaves an imported tool's defaults to its provider", () => {
    expect(check(imported, { title: 'a' })).toEqual({ ok: true, value: { title: 'a' } });
    expect(check(written, { title: 'a' })).toEqual({ ok: true, value: { title: 'a', count: 5 } });
  });

  it.each([
    [{}, ['title: is required (string)']],
    [{ title: 7 }, ['title: expected string, received number']],
    [{ title: 'a', count: '5' }, ['count: expected int, received string']],
    [{ title: 'a', count: 0 }, ['count: Too small: expected int to be >=1']],
    [{ title: 'a', state: 'shut' }, ['state: Invalid option: expected one of "open"|"closed"']],
    [{ title: 'a', labels: [{}] }, ['labels.0.name: is required (string)']],
    [{ title: 'a', default: 1 }, ['default: expected string, received number']],
  ])('refuses %j with the name of each field', (given, issues) => {
    const checked = check(imported, given);
    expect(checked).toMatchObject({ ok: false });
    if (checked.ok) throw new Error('taken');
    expect(checked.issues.map((issue) => issue.replace('expected number', 'expected int'))).toEqual(issues);
  });

  it('leaves formats for the provider to judge, and keeps fields inside of objects that nothing describes', () => {
    const given = { title: 'a', at: '2026-03-01', labels: [{ name: 'x', color: 'red' }] };
    expect(check(imported, given)).toEqual({ ok: true, value: given });
  });

  it('tells no more than an agent can use', () => {
    const labels = Array.from({ length: 100 }, () => ({}));
    const checked = check(imported, { title: 'a', labels });
    expect(checked.ok ? [] : checked.issues).toHaveLength(20);
  });
});

describe('an untrusted schema', () => {
  const took = (schema: JsonSchema, given: Record<string, unknown>) => check(schema, given);

  it('runs none of its patterns and looks up none of its references', () => {
    const pattern = { type: 'string', pattern: '(a+)+$', format: 'uri', $ref: 'https://example.com/x' };
    const given = { a: `${'a'.repeat(60)}!` };
    expect(took({ type: 'object', $id: 'https://example.com', properties: { a: pattern } }, given)).toEqual({
      ok: true,
      value: given,
    });
  });

  it('may name arguments as what every object has, and as code', () => {
    const properties = { constructor: { type: 'string' }, "'];x=1;//": { type: 'string', enum: ['`${x}`'] } };
    expect(took({ type: 'object', properties }, {})).toEqual({ ok: true, value: {} });
    expect(took({ type: 'object', properties, required: ['constructor'] }, { "'];x=1;//": 1 })).toEqual({
      ok: false,
      issues: ['constructor: is required (string)', '\'];x=1;//: expected "`${x}`"'],
    });
  });

  it.each([
    ['wide', Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`p${at}`, { type: 'string' }]))],
    ['deep', { p1: nested(3_000) }],
    ['wide and deep', { p1: branching(12, 4) }],
  ])('is checked up to a size, when it is %s', (_, properties) => {
    const began = process.threadCpuUsage();
    expect(took({ type: 'object', properties }, { p1: 7, p19999: 7 })).toMatchObject({ ok: false });
    expect(process.threadCpuUsage(began).user / 1_000).toBeLessThan(2_000);
  });

  it('is forgotten when many others were used since', () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const use = (from: number, to: number): number => {
      for (let at = from; at < to; at += 1) {
        const properties = { [`p${at}`]: { type: 'integer' } };
        expect(took({ type: 'object', properties }, { [`p${at}`]: 'x' }).ok).toBe(false);
      }
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const full = use(0, 600);
    expect(use(600, 3_000) - full).toBeLessThan(10_000_000);
  });

  function nested(depth: number): JsonSchema {
    let schema: JsonSchema = { type: 'string' };
    for (let level = 0; level < depth; level += 1) schema = { type: 'array', items: schema };
    return schema;
  }

  function branching(width: number, depth: number): JsonSchema {
    if (depth === 0) return { type: 'integer' };
    const inner = branching(width, depth - 1);
    return {
      type: 'object',
      properties: Object.fromEntries(Array.from({ length: width }, (_, at) => [`p${at}`, inner])),
    };
  }
});

describe('what is wrong with arguments of a choice', () => {
  const choice = (...anyOf: JsonSchema[]): JsonSchema => ({ type: 'object', properties: { of: { anyOf } } });
  const count = { type: 'integer', minimum: 1 };

  it.each([
    [
      'its bounds, of the one that has the type',
      choice(count, { type: 'null' }),
      0,
      'Too small: expected number to be >=1',
    ],
    ['only that it is none of them', choice(count, { type: 'null' }), 'x', 'Invalid input'],
    [
      'only that it is none of them',
      choice({ type: 'array', items: { type: 'string' } }, { type: 'null' }),
      [1],
      'Invalid input',
    ],
  ])('is %s', (_, schema, of, issue) => {
    expect(check(schema, { of })).toEqual({ ok: false, issues: [`of: ${issue}`] });
  });

  it('is told in time of a hundred thousand', () => {
    const given = { of: Array.from({ length: 100_000 }, () => 1) };
    const schema = choice({ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } });
    const began = process.threadCpuUsage();
    expect(check(schema, given)).toMatchObject({ ok: false });
    expect(process.threadCpuUsage(began).user / 1_000).toBeLessThan(5_000);
  });
});

describe('numbers that no double holds', () => {
  const text = { type: 'string' };
  const whole = { type: 'integer' };
  const object = (properties: JsonSchema): JsonSchema => ({ type: 'object', properties });
  const cases: [string, JsonSchema | z.ZodObject, string, string | undefined][] = [
    ['for an integer', object({ id: whole }), '{"id":1234567890123456789}', undefined],
    ['for a number', object({ id: { type: 'number' } }), '{"id":-9223372036854775808}', undefined],
    ['for a text', object({ id: text }), '{"id":1234567890123456789}', '{"id":"1234567890123456789"}'],
    [
      'for an integer or a text',
      object({ id: { anyOf: [text, whole] } }),
      '{"id":18446744073709551615}',
      undefined,
    ],
    [
      'for a text or nothing',
      object({ id: { anyOf: [text, { type: 'null' }] } }),
      '{"id":12345678901234567891}',
      '{"id":"12345678901234567891"}',
    ],
    [
      'in a list of integers',
      object({ ids: { type: 'array', items: whole } }),
      '{"ids":[1,12345678901234567891]}',
      undefined,
    ],
    [
      'in a list of texts',
      object({ ids: { type: 'array', items: text } }),
      '{"ids":["1",12345678901234567891]}',
      '{"ids":["1","12345678901234567891"]}',
    ],
    [
      'for both side by side',
      object({ a: whole, b: text }),
      '{"a":12345678901234567891,"b":12345678901234567891}',
      '{"a":12345678901234567891,"b":"12345678901234567891"}',
    ],
    [
      'in an open object',
      object({ of: { type: 'object', additionalProperties: {} } }),
      '{"of":{"id":12345678901234567891}}',
      undefined,
    ],
    [
      'under a bound of int64',
      object({ id: { ...whole, minimum: 1, maximum: 2 ** 63 } }),
      '{"id":1234567890123456789}',
      undefined,
    ],
    [
      'as a long decimal',
      object({ rate: { type: 'number' } }),
      '{"rate":0.123456789012345678901}',
      undefined,
    ],
    [
      'for an integer of a tool of ours',
      z.object({ id: z.number().int() }),
      '{"id":1234567890123456789}',
      undefined,
    ],
    [
      'for a text of a tool of ours',
      z.object({ id: z.string().min(1) }),
      '{"id":1234567890123456789}',
      '{"id":"1234567890123456789"}',
    ],
  ];

  it.each(cases)('%s', (_, input, given, taken = given) => {
    const checked = check(input, readJson(given) as Record<string, unknown>);
    expect(checked).toMatchObject({ ok: true });
    expect(writeJson(checked.ok && checked.value)).toBe(taken);
  });

  it.each([
    ['too large', { ...whole, maximum: 100 }, /^id: Too big/],
    ['no integers', { type: 'boolean' }, /^id: expected boolean/],
  ])('are refused where they are %s', (_, schema, issue) => {
    const checked = check(object({ id: schema }), { id: readJson('1234567890123456789') });
    expect(checked).toMatchObject({ ok: false, issues: [expect.stringMatching(issue)] });
  });

  it('are looked at once each, however many there are', () => {
    const ids = Array.from({ length: 50_000 }, () => readJson('12345678901234567891'));
    const began = process.threadCpuUsage();
    expect(check(object({ ids: { type: 'array', items: text } }), { ids })).toMatchObject({ ok: true });
    expect(process.threadCpuUsage(began).user / 1_000).toBeLessThan(5_000);
  });

  it.each([
    ['a text by its description', object({ id: text }), '{"id":"12345678901234567891"}'],
    ['a number by its description', object({ id: whole }), '{"id":12345678901234567891}'],
    ['not described', object({}), '{"id":12345678901234567891}'],
  ])('in an answer: %s', (_, output, expected) => {
    const tool = httpTool({ ...about, tags: [], input: object({}), output });
    expect(writeJson(asDescribed(readJson('{"id":12345678901234567891}'), tool))).toBe(expected);
  });
});
