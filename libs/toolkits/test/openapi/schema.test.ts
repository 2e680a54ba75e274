import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '@patchbay/contracts';
import { checkArguments } from '../../src/arguments.js';
import { bodyOf, toolOf, type Part } from './documents.js';

describe('a schema', () => {
  it('has its references, its allOf and its null resolved', () => {
    const { args } = bodyOf(
      {
        allOf: [
          { $ref: '#/components/schemas/Named' },
          { type: 'object', required: ['size'], properties: { size: { type: 'number', nullable: true } } },
        ],
      },
      { Named: { type: 'object', properties: { name: { type: 'string', description: 'Its name.' } } } },
    );
    expect(args).toEqual({
      name: { type: 'string', description: 'Its name.' },
      size: { anyOf: [{ type: 'number' }, { type: 'null' }], description: 'Size.' },
    });
  });

  it('of several objects becomes one that has all their fields, and asks for what all ask for', () => {
    const variant = (kind: string, field: string) => ({
      type: 'object',
      required: ['kind', field],
      properties: { kind: { type: 'string', enum: [kind] }, [field]: { type: 'string' } },
    });
    const { tool } = bodyOf({
      oneOf: [variant('cat', 'lives'), variant('dog', 'barks')],
      discriminator: { propertyName: 'kind' },
    });
    expect(tool.input).toEqual({
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['cat', 'dog'], description: 'Kind.' },
        lives: { type: 'string', description: 'Lives.' },
        barks: { type: 'string', description: 'Barks.' },
      },
      required: ['kind'],
    });
  });

  it.each<[string, Part, JsonSchema]>([
    [
      'several types',
      { type: ['string', 'integer', 'null'] },
      { anyOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }] },
    ],
    [
      'a list that says nothing of its items',
      { type: 'array' },
      { type: 'array', items: expect.objectContaining({ anyOf: expect.anything() }) as unknown },
    ],
    [
      'numbers to choose from',
      { type: 'integer', enum: [1, 2] },
      { type: 'integer', description: 'One of 1, 2.' },
    ],
    ['a constant', { const: 'only' }, { type: 'string', enum: ['only'] }],
    [
      'a map',
      { type: 'object', additionalProperties: { type: 'string' } },
      {
        anyOf: [
          { type: 'object', additionalProperties: true, description: 'Fields of any name, each a text.' },
          { type: 'string', description: 'The object as JSON text.' },
        ],
      },
    ],
    [
      'a format that few take',
      { type: 'string', format: 'uuid' },
      { type: 'string', description: 'A UUID.' },
    ],
    [
      'a rule between fields',
      { type: 'object', properties: { a: { type: 'string' } }, anyOf: [{ required: ['a'] }] },
      { type: 'object', properties: { a: { type: 'string' } } },
    ],
    ['a default of another type', { type: 'integer', default: 'ten' }, { type: 'integer' }],
    [
      'a tuple',
      { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] },
      { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } },
    ],
  ])('with %s is brought to what all models take', (_, schema, expected) => {
    const { description: _description, ...rest } =
      bodyOf({ type: 'object', properties: { it: schema } }).args['it'] ?? {};
    const { description, ...wanted } = expected;
    expect(description ? { ...rest, description: _description } : rest).toEqual(expected);
    expect(wanted).toBeDefined();
  });

  it('that holds itself is cut where it begins again', () => {
    const { args } = bodyOf(
      { $ref: '#/components/schemas/Node' },
      {
        Node: {
          type: 'object',
          properties: {
            name: { type: 'string' },
            children: { type: 'array', items: { $ref: '#/components/schemas/Node' } },
          },
        },
      },
    );
    expect(args['children']).toEqual({
      type: 'array',
      items: {
        anyOf: [
          { type: 'object', additionalProperties: true },
          { type: 'string', description: 'The object as JSON text.' },
        ],
        description: 'Again a Node.',
      },
      description: 'Children.',
    });
  });

  it('leaves out of arguments what only answers hold', () => {
    const { args } = bodyOf({
      type: 'object',
      properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } },
    });
    expect(Object.keys(args)).toEqual(['name']);
  });

  it('tells no defaults of an update, which a model would send', () => {
    const schema = { type: 'object', properties: { private: { type: 'boolean', default: false } } };
    const operation = { requestBody: { content: { 'application/json': { schema } } } };
    expect(toolOf(operation, {}, 'patch').args['private']).not.toHaveProperty('default');
    expect(toolOf(operation, {}, 'post').args['private']).toHaveProperty('default', false);
  });

  it('as deep as a document likes is left open below a few levels', () => {
    const deep = (level: number): Part => ({
      type: 'object',
      properties: { next: level === 0 ? { type: 'string' } : deep(level - 1) },
    });
    const text = JSON.stringify(bodyOf(deep(40)).args);
    expect(text.match(/next/g)?.length).toBeLessThan(10);
    expect(text).toContain('additionalProperties');
  });

  it('that doubles with each reference is bounded in time and size', () => {
    const names = Array.from({ length: 40 }, (_, index) => `S${index}`);
    const components = Object.fromEntries(
      names.map((name, index) => {
        const next = names[index + 1];
        const inner = next ? { $ref: `#/components/schemas/${next}` } : { type: 'string' };
        return [name, { type: 'object', properties: { a: inner, b: inner, c: inner } }];
      }),
    );
    expect(JSON.stringify(bodyOf({ $ref: '#/components/schemas/S0' }, components).args).length).toBeLessThan(
      60_000,
    );
  });
});

describe('names that no model may use', () => {
  it('inside of arguments are shown as what models take, and sent as they are', () => {
    const { tool } = bodyOf({
      type: 'object',
      properties: {
        query: {
          type: 'object',
          properties: { $filter: { type: 'string' }, 'Account Number': { type: 'string' } },
        },
      },
    });
    const checked = checkArguments(tool, { query: { filter: 'a', Account_Number: '7' } });
    expect(checked).toEqual({ ok: true, value: { query: { $filter: 'a', 'Account Number': '7' } } });
  });

  it('are taken as the document has them, too', () => {
    const { tool } = toolOf({ parameters: [{ name: '$top', in: 'query', schema: { type: 'integer' } }] });
    expect(checkArguments(tool, { $top: 5 })).toEqual({ ok: true, value: { top: 5 } });
  });
});

describe('a body of more fields than its document names', () => {
  const schema = { type: 'object', properties: { name: { type: 'string' } }, additionalProperties: true };

  it.each([
    [{ name: 'a', color: 'red' }],
    [{ name: 'a', additional_properties: { color: 'red' } }],
    [{ name: 'a', additional_properties: '{"color":"red"}' }],
  ])('takes them: %j', (given) => {
    const { tool } = bodyOf(schema);
    expect(tool.input).toMatchObject({ additionalProperties: true });
    const checked = checkArguments(tool, given);
    expect(checked).toEqual({ ok: true, value: { name: 'a', color: 'red' } });
  });
});
