import type { JsonSchema } from '@patchbay/contracts';
import { z } from 'zod';
import { ImportRefusal, OpenApiDocument } from './openapi/document.js';
import { SchemaReader, SchemaTooLarge } from './openapi/schema.js';
import { toInputSchema, toOutputSchema } from './openapi/shape.js';
import type { ToolSpec } from './toolkit.js';

/** A tool's arguments in the form that clients and models are given. */
export function inputSchemaOf({ input }: ToolSpec): JsonSchema {
  return input instanceof z.ZodType ? toJsonSchema(input, 'input') : input;
}

/** What a tool answers as `data`, where it is known. */
export function outputSchemaOf({ output }: ToolSpec): JsonSchema | undefined {
  return output instanceof z.ZodType ? toJsonSchema(output, 'output') : output;
}

/** Hand-written schemas are never cut: these only keep a mistake from running on. */
const LIMITS = { maxDepth: 9, maxSchemas: 5_000 };
const NO_DOCUMENT = new OpenApiDocument({ openapi: '3.1.0', paths: {} });

/** A zod schema as JSON Schema: of an input in the subset that all providers of models take, as `schema-rules` has it. */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
    override: ({ jsonSchema }) => {
      // zod says by a bound that a number is safe, by a pattern what `format` says already.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.format) delete jsonSchema.pattern;
      if (io === 'output') delete jsonSchema.additionalProperties;
    },
  });
  if (io === 'output') return json as JsonSchema;
  return readInput(NO_DOCUMENT, json as JsonSchema);
}

/**
 * A JSON Schema of somebody else's arguments in the same subset. References are followed inside of it.
 * @throws ImportRefusal when it cannot be brought there
 */
export function toTakenSchema(schema: JsonSchema): JsonSchema {
  return orRefusal(() => readInput(documentOf(schema), schema));
}

/**
 * A JSON Schema of what somebody else's tool answers, such that no client stumbles over it.
 * @throws ImportRefusal when it cannot be read
 */
export function toTakenOutput(schema: JsonSchema): JsonSchema {
  const reader = new SchemaReader(documentOf(schema), {
    ...LIMITS,
    direction: 'output',
    defaults: false,
    files: false,
  });
  return orRefusal(() => toOutputSchema(reader.shape(schema, '')));
}

function readInput(document: OpenApiDocument, schema: JsonSchema): JsonSchema {
  const reader = new SchemaReader(document, { ...LIMITS, direction: 'input', defaults: true, files: false });
  const { type, properties = {}, additionalProperties: _, ...rest } = toInputSchema(reader.shape(schema, ''));
  return { type, properties, ...rest };
}

function documentOf(schema: JsonSchema): OpenApiDocument {
  return new OpenApiDocument({ ...schema, openapi: '3.1.0', paths: {} });
}

function orRefusal<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    // Whoever nests without end runs out of stack.
    if (!(error instanceof SchemaTooLarge || error instanceof RangeError)) throw error;
    throw new ImportRefusal('', 'the schema is too large');
  }
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
