import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '@patchbay/contracts';
import { checkArguments, findBreaches, type McpTool } from '@patchbay/toolkits';
import { readListedTools } from '../mcp/reading/listed-tools.js';
import { toReading } from './mcp.import.js';

const text = { type: 'string' };
const object = (properties: object, more: object = {}): JsonSchema => ({
  type: 'object',
  properties,
  ...more,
});
const LONG = `${'a'.repeat(70)}`;

function taken(inputSchema: JsonSchema): McpTool {
  const { tools } = readListedTools([{ name: 'go', inputSchema }], 0);
  const { definition, refused } = toReading(
    { slug: 'acme', name: undefined, url: 'https://mcp.example.com/mcp' },
    tools,
  );
  expect(refused).toEqual([]);
  return definition.tools[0] as McpTool;
}

function sent(inputSchema: JsonSchema, given: Record<string, unknown>): unknown {
  const checked = checkArguments(taken(inputSchema), given);
  return checked.ok ? checked.value : checked.issues;
}

/** Names of arguments that models are shown. */
function shown(inputSchema: JsonSchema): string[] {
  return Object.keys(taken(inputSchema).input['properties'] as object);
}

describe('arguments whose names no model may use', () => {
  it.each<[string, JsonSchema, Record<string, unknown>, unknown]>([
    ['$top', object({ $top: { type: 'integer' } }), { top: 5 }, { $top: 5 }],
    ['$top, called as its server calls it', object({ $top: { type: 'integer' } }), { $top: 5 }, { $top: 5 }],
    [
      'StartTime, StartTime< and StartTime>',
      object({ StartTime: text, 'StartTime<': text, 'StartTime>': text }),
      { StartTime: 'a', StartTime_lt: 'b', StartTime_gt: 'c' },
      { StartTime: 'a', 'StartTime<': 'b', 'StartTime>': 'c' },
    ],
    [
      'amount>= and amount<=',
      object({ 'a>=': text, 'a<=': text }),
      { a_gte: '1', a_lte: '2' },
      { 'a>=': '1', 'a<=': '2' },
    ],
    [
      'Account Number',
      object({ 'Account Number': text }),
      { Account_Number: '7' },
      { 'Account Number': '7' },
    ],
    ['名前', object({ 名前: text }), { value: 'x' }, { 名前: 'x' }],
    [
      '名前 and 住所',
      object({ 名前: text, 住所: text }),
      { value: 'x', value_2: 'y' },
      { 名前: 'x', 住所: 'y' },
    ],
    ['имя', object({ имя: text }), { имя: 'x' }, { имя: 'x' }],
    ['Größe', object({ Größe: text }), { Gro_e: 'x' }, { Größe: 'x' }],
    ['café', object({ café: text }), { cafe: 'x' }, { café: 'x' }],
    ['70 characters', object({ [LONG]: text }), { [LONG.slice(0, 64)]: 'x' }, { [LONG]: 'x' }],
    [
      'two of 70 characters',
      object({ [`${LONG}1`]: text, [`${LONG}2`]: text }),
      { [LONG.slice(0, 64)]: 'x', [`${LONG.slice(0, 58)}_2`]: 'y' },
      { [`${LONG}1`]: 'x', [`${LONG}2`]: 'y' },
    ],
    ['filter[name]', object({ 'filter[name]': text }), { filter_name: 'x' }, { 'filter[name]': 'x' }],
    ['a/b', object({ 'a/b': text }), { a_b: 'x' }, { 'a/b': 'x' }],
    ['a name without a letter', object({ '*': text }), { value: 'x' }, { '*': 'x' }],
    ['an empty name', object({ '': text }), { value: 'x' }, { '': 'x' }],
    ['@type', object({ '@type': text }), { type: 'x' }, { '@type': 'x' }],
    ['top and $top', object({ top: text, $top: text }), { top: 'a', top_2: 'b' }, { top: 'a', $top: 'b' }],
    ['constructor', object({ constructor: text }), { constructor: 'x' }, { constructor: 'x' }],
    [
      'inside of an object',
      object({ query: object({ $filter: text }) }),
      { query: { filter: 'x' } },
      { query: { $filter: 'x' } },
    ],
    [
      'inside of the items of a list',
      object({ rows: { type: 'array', items: object({ 'Account Number': text }) } }),
      { rows: [{ Account_Number: '1' }, { 'Account Number': '2' }] },
      { rows: [{ 'Account Number': '1' }, { 'Account Number': '2' }] },
    ],
    [
      'inside of a choice',
      object({ where: { anyOf: [text, object({ $and: text })] } }),
      { where: { and: 'x' } },
      { where: { $and: 'x' } },
    ],
    [
      'inside of what is referred to',
      { ...object({ at: { $ref: '#/$defs/at' } }), $defs: { at: object({ 地点: text }) } },
      { at: { value: 'x' } },
      { at: { 地点: 'x' } },
    ],
  ])('reach their server: %s', (_, schema, given, expected) => {
    expect(sent(schema, given)).toEqual(expected);
    expect(findBreaches('ACME_GO', taken(schema).input)).toEqual([]);
  });

  it('__proto__, which is a name like any other', () => {
    const schema = JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}') as JsonSchema;
    const value = sent(schema, { proto: 'x' }) as object;
    expect(JSON.stringify(value)).toBe('{"__proto__":"x"}');
  });

  it('say what they are called there, and the report says it too', () => {
    const inputSchema = object({
      $top: { type: 'integer', description: 'How many.' },
      in: object({ 'a b': text }),
    });
    const { tools } = readListedTools([{ name: 'go', inputSchema }], 0);
    const { definition, renamed } = toReading(
      { slug: 'acme', name: undefined, url: 'https://x.example/mcp' },
      tools,
    );
    expect(definition.tools[0]?.input).toMatchObject({
      properties: { top: { description: 'How many. Called "$top" there.' } },
    });
    expect(renamed).toEqual([
      { from: '$top', to: 'top', reason: 'ACME_GO: models take no such name' },
      { from: 'in.a b', to: 'in.a_b', reason: 'ACME_GO: models take no such name' },
    ]);
  });

  it('are asked for when they are required', () => {
    expect(sent(object({ $top: text }, { required: ['$top'] }), {})).toEqual(['top: is required (string)']);
    expect(sent(object({}, { required: ['query'] }), {})).toEqual([expect.stringMatching(/^query: /)]);
    expect(sent(object({}, { required: ['query'] }), { query: 'x' })).toEqual({ query: 'x' });
  });
});

it('required names among the properties are what is required', () => {
  const schema = object({ coin: text, required: ['coin'] });
  expect(shown(schema)).toEqual(['coin']);
  expect(sent(schema, {})).toEqual(['coin: is required (string)']);
});

it('a choice of objects is one with the fields of all', () => {
  const schema = { anyOf: [object({ a: text }, { required: ['a'] }), object({ b: text })] };
  expect(shown(schema)).toEqual(['a', 'b']);
  expect(sent(schema, { b: 'x' })).toEqual({ b: 'x' });
});

describe('objects of any fields', () => {
  const open = { type: 'object', additionalProperties: true };
  it.each<[string, JsonSchema, Record<string, unknown>, unknown]>([
    [
      'the root takes any: as they are',
      object({ a: text }, { additionalProperties: true }),
      { a: '1', b: 2 },
      { a: '1', b: 2 },
    ],
    [
      'the root takes any: under one argument',
      object({ a: text }, { additionalProperties: text }),
      { a: '1', additional_properties: { b: '2' } },
      { a: '1', b: '2' },
    ],
    [
      'the root takes any: as JSON text, for models that are given closed objects only',
      object({ a: text }, { additionalProperties: {} }),
      { a: '1', additional_properties: '{"b":2}' },
      { a: '1', b: 2 },
    ],
    [
      'the root takes any, and names none',
      { type: 'object', additionalProperties: true },
      { additional_properties: { b: 2 } },
      { b: 2 },
    ],
    [
      'the root takes any, and names none: as they are',
      { type: 'object', additionalProperties: true },
      { b: 2 },
      { b: 2 },
    ],
    ['the root says nothing', { type: 'object' }, { b: 2 }, { b: 2 }],
    [
      'the root has patterns of names',
      { type: 'object', patternProperties: { '^x-': text } },
      { 'x-a': '1' },
      { 'x-a': '1' },
    ],
    [
      'the root has patterns of names, beside others',
      object({ a: text }, { patternProperties: { '^x-': text }, additionalProperties: false }),
      { additional_properties: '{"x-a":"1"}' },
      { 'x-a': '1' },
    ],
    [
      'the root forbids any',
      object({ a: text }, { additionalProperties: false }),
      { a: '1', b: 2 },
      { a: '1' },
    ],
    [
      'the root has an argument of that name itself',
      object({ additional_properties: text }, { additionalProperties: true }),
      { additional_properties: 'x', additional_properties_2: { b: 1 } },
      { additional_properties: 'x', b: 1 },
    ],
    ['a bare object', object({ headers: { type: 'object' } }), { headers: { a: 1 } }, { headers: { a: 1 } }],
    [
      'a bare object, as JSON text',
      object({ headers: { type: 'object' } }),
      { headers: '{"a":1}' },
      { headers: { a: 1 } },
    ],
    [
      'an object of texts, as JSON text',
      object({ env: { type: 'object', additionalProperties: text } }),
      { env: '{"A":"b"}' },
      { env: { A: 'b' } },
    ],
    [
      'patterns of names inside',
      object({ env: { type: 'object', patternProperties: { '.*': text } } }),
      { env: { A: 'b' } },
      { env: { A: 'b' } },
    ],
    [
      'named fields and any beside them',
      object({ row: object({ id: text }, { additionalProperties: true }) }),
      { row: { id: '1', additional_properties: { color: 'red' } } },
      { row: { id: '1', color: 'red' } },
    ],
    [
      'named fields and any beside them, as they are',
      object({ row: object({ id: text }, { additionalProperties: true }) }),
      { row: { id: '1', color: 'red' } },
      { row: { id: '1', color: 'red' } },
    ],
    [
      'a list of bare objects, as JSON text',
      object({ rows: { type: 'array', items: { type: 'object' } } }),
      { rows: ['{"a":1}', { b: 2 }] },
      { rows: [{ a: 1 }, { b: 2 }] },
    ],
    [
      'an object or nothing',
      object({ meta: { anyOf: [open, { type: 'null' }] } }),
      { meta: '{"a":1}' },
      { meta: { a: 1 } },
    ],
    [
      'an object or a text: a text stays what it is',
      object({ meta: { anyOf: [open, text] } }),
      { meta: '{"a":1}' },
      { meta: '{"a":1}' },
    ],
    ['anything', object({ value: {} }), { value: { a: [1, { b: 2 }] } }, { value: { a: [1, { b: 2 }] } }],
    [
      'what holds itself',
      {
        ...object({ tree: { $ref: '#/$defs/n' } }),
        $defs: { n: object({ kids: { type: 'array', items: { $ref: '#/$defs/n' } } }) },
      },
      { tree: { kids: [{ kids: [] }] } },
      { tree: { kids: [{ kids: [] }] } },
    ],
    [
      'what holds itself, and is a text or a list',
      {
        ...object({ f: { $ref: '#/$defs/f' } }),
        $defs: { f: { anyOf: [text, { type: 'array', items: { $ref: '#/$defs/f' } }] } },
      },
      { f: ['a', 'b'] },
      { f: ['a', 'b'] },
    ],
    [
      'the root holds itself',
      { ...object({ and: { type: 'array', items: { $ref: '#' } }, a: text }) },
      { and: [{ a: 'x' }] },
      { and: [{ a: 'x' }] },
    ],
    ['bytes as a text', object({ body: { type: 'string', format: 'binary' } }), { body: 'x' }, { body: 'x' }],
    [
      'what is only read elsewhere',
      object({ id: { type: 'string', readOnly: true } }),
      { id: 'x' },
      { id: 'x' },
    ],
    [
      'an empty text among values',
      object({ state: { type: 'string', enum: ['', 'open'] } }),
      { state: '' },
      { state: '' },
    ],
    [
      'null inside, as strict modes send it',
      object({ in: object({ a: text, b: text }) }),
      { in: { a: 'x', b: null } },
      { in: { a: 'x' } },
    ],
  ])('stay open: %s', (_, schema, given, expected) => {
    expect(sent(schema, given)).toEqual(expected);
    expect(findBreaches('ACME_GO', taken(schema).input)).toEqual([]);
  });

  it('are told with what they hold, and in a form that models with closed objects can fill in', () => {
    const schema = object({ env: { type: 'object', additionalProperties: text, description: 'Variables.' } });
    expect(taken(schema).input['properties']).toEqual({
      env: {
        anyOf: [
          { type: 'object', additionalProperties: true, description: 'Fields of any name, each a text.' },
          { type: 'string', description: 'The object as JSON text.' },
        ],
        description: 'Variables.',
      },
    });
    expect(shown({ type: 'object', additionalProperties: true })).toEqual(['additional_properties']);
    expect(shown({ type: 'object' })).toEqual([]);
  });

  it.each([
    [
      { additional_properties: { a: 2 }, a: '1' },
      ['additional_properties.a: is given as a field of its own already'],
    ],
    [
      { additional_properties: 'no JSON' },
      ['additional_properties: must be an object, or the JSON text of one'],
    ],
    [{ additional_properties: '[1]' }, ['additional_properties: must be an object, or the JSON text of one']],
  ])('are refused when they cannot be read: %j', (given, issues) => {
    expect(sent(object({ a: text }, { additionalProperties: true }), given)).toEqual(issues);
  });
});
