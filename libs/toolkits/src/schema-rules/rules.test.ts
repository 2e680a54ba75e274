import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '@patchbay/contracts';
import { strictForm } from './openai.js';
import { findBreaches } from './rules.js';

const of = (properties: Record<string, unknown>, more: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties,
  ...more,
});
const deep = (levels: number): JsonSchema =>
  levels === 0 ? { type: 'string' } : of({ in: deep(levels - 1) });
const numbers = (count: number) => Array.from({ length: count }, (_, index) => `value${index}`);

describe('the rules of the providers of models', () => {
  it.each<[string, JsonSchema]>([
    ['no arguments', of({})],
    [
      'each type',
      of({
        a: { type: 'string' },
        b: { type: 'number' },
        c: { type: 'integer' },
        d: { type: 'boolean' },
        e: { type: 'array', items: { type: 'string' } },
      }),
    ],
    ['a choice of types', of({ a: { anyOf: [{ type: 'string' }, { type: 'null' }] } })],
    ['an open object', of({ a: { type: 'object', additionalProperties: true } })],
    ['a default', of({ a: { type: 'integer', default: 3 } })],
    ['ten levels', deep(10)],
  ])('let pass %s', (_, schema) => {
    expect(findBreaches('ACME_DO', schema)).toEqual([]);
  });

  it.each<[string, JsonSchema, string[]]>([
    ['no object at its root', { type: 'string' }, ['OpenAI', 'Anthropic', 'Gemini']],
    ['a choice at its root', { ...of({}), anyOf: [of({ a: { type: 'string' } })] }, ['OpenAI', 'Anthropic']],
    ['a reference', of({ a: { $ref: '#/$defs/a' } }), ['OpenAI', 'Anthropic', 'Gemini']],
    ['no type', of({ a: { description: 'Anything.' } }), ['OpenAI', 'Gemini']],
    ['a list of types', of({ a: { type: ['string', 'null'] } }), ['Anthropic', 'Gemini']],
    ['a list of nothing said', of({ a: { type: 'array' } }), ['OpenAI', 'Gemini']],
    ['numbers to choose from', of({ a: { type: 'integer', enum: [1, 2] } }), ['Gemini']],
    ['nothing to choose from', of({ a: { type: 'string', enum: [] } }), ['Anthropic', 'Gemini']],
    ['a format', of({ a: { type: 'string', format: 'uri' } }), ['OpenAI', 'Gemini']],
    ['a length', of({ a: { type: 'string', minLength: 1 } }), ['OpenAI']],
    ['oneOf', of({ a: { oneOf: [{ type: 'string' }] } }), ['OpenAI', 'Gemini']],
    ['a name for a property that is none', of({ 'a b': { type: 'string' } }), ['Anthropic']],
    ['a requirement of nothing', of({}, { required: ['a'] }), ['Anthropic', 'Gemini']],
    ['an object of which nothing is known', of({ a: { type: 'object' } }), ['Gemini']],
    ['eleven levels', deep(11), ['OpenAI']],
    [
      'more than 1,000 values',
      of({ a: { type: 'string', enum: numbers(600) }, b: { type: 'string', enum: numbers(600) } }),
      ['OpenAI'],
    ],
    [
      'long values',
      of({ a: { type: 'string', enum: numbers(260).map((value) => value.repeat(10)) } }),
      ['OpenAI'],
    ],
    [
      'more than 5,000 properties',
      of(Object.fromEntries(numbers(5_001).map((name) => [name, { type: 'string' }]))),
      ['OpenAI'],
    ],
  ])('refuse %s', (_, schema, providers) => {
    const breaches = findBreaches('ACME_DO', schema);
    expect([...new Set(breaches.map((breach) => breach.split(':')[0]))]).toEqual(providers);
  });

  it.each(['', 'ACME DO', 'A'.repeat(65)])('refuse the name %j', (slug) => {
    expect(findBreaches(slug, of({})).length).toBeGreaterThanOrEqual(3);
  });
});

describe('the strict form of a schema', () => {
  it('asks for everything, takes null for what may be left out, and nothing else', () => {
    const schema = of(
      { a: { type: 'string', description: 'A.' }, b: { type: 'integer', default: 1, description: 'B.' } },
      { required: ['a'] },
    );
    expect(strictForm(schema)).toEqual({
      type: 'object',
      properties: {
        a: { type: 'string', description: 'A.' },
        b: { anyOf: [{ type: 'integer' }, { type: 'null' }], description: 'B.' },
      },
      required: ['a', 'b'],
      additionalProperties: false,
    });
  });
});
