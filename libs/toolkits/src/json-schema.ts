import type { JsonSchema } from '@patchbay/contracts';
import { z } from 'zod';

/** A tool's schema in the form that clients and models are given: no more in it than they need. */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // zod says by a pattern what `format` says already, and by a bound that a number is safe.
      if (jsonSchema.format) delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (io === 'output') delete jsonSchema.additionalProperties;
    },
  });
  return json as JsonSchema;
}

/** What every tool answers around its data. */
export function answerSchema(data: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties: {
      data,
      error: { type: ['string', 'null'], description: 'What went wrong, if anything did.' },
      successful: { type: 'boolean', description: 'Whether the tool did what it was asked.' },
    },
    required: ['data', 'error', 'successful'],
  };
}
