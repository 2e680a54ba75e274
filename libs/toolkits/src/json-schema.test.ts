import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answerSchema, toJsonSchema } from './json-schema.js';

describe('toJsonSchema', () => {
  it('says of an input what may be left out and what then holds', () => {
    const input = z.object({
      title: z.string().min(1).describe('What it is about.'),
      page: z.int().min(1).default(1),
      label: z.string().optional(),
    });
    expect(toJsonSchema(input, 'input')).toEqual({
      type: 'object',
      properties: {
        title: { type: 'string', description: 'What it is about.' },
        page: { type: 'integer', minimum: 1, default: 1 },
        label: { type: 'string' },
      },
      required: ['title'],
    });
  });

  it('promises of an output what is always in it, and allows more', () => {
    const output = z.strictObject({ count: z.int().default(0) });
    expect(toJsonSchema(output, 'output')).toEqual({
      type: 'object',
      properties: { count: { type: 'integer', default: 0 } },
      required: ['count'],
    });
  });

  it('leaves out what only zod has to say: the dialect, patterns of formats, bounds of safe numbers', () => {
    const json = JSON.stringify(toJsonSchema(z.object({ at: z.iso.datetime(), n: z.int() }), 'input'));
    expect(json).toBe(
      JSON.stringify({
        type: 'object',
        properties: { at: { type: 'string', format: 'date-time' }, n: { type: 'integer' } },
        required: ['at', 'n'],
      }),
    );
  });

  it('leaves out of an input what some provider of models refuses', () => {
    const input = z.object({ code: z.string().regex(/^a+$/), kind: z.literal([1, 2]) });
    expect(toJsonSchema(input, 'input')).toMatchObject({
      properties: { code: { type: 'string' }, kind: { type: 'number', description: 'One of 1, 2.' } },
    });
  });

  it('does not fail on a check that JSON Schema has no words for', () => {
    const input = z.object({ zone: z.string().refine((text) => text !== 'x') });
    expect(toJsonSchema(input, 'input')).toMatchObject({ properties: { zone: { type: 'string' } } });
  });
});

describe('answerSchema', () => {
  it("puts data, error and success around a tool's own answer", () => {
    const data = { type: 'object', properties: { id: { type: 'integer' } } };
    expect(answerSchema(data)).toMatchObject({
      type: 'object',
      properties: { data, error: { type: ['string', 'null'] }, successful: { type: 'boolean' } },
      required: ['data', 'error', 'successful'],
    });
  });
});
