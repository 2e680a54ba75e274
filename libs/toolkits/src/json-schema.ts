import type { JsonSchema } from '@patchbay/contracts';
import { z } from 'zod';
import { ImportRefusal, OpenApiDocument } from './openapi/document.js';
import { SchemaReader, SchemaTooLarge } from './openapi/schema.js';
import type { ArgumentForm } from './argument-form.js';
import { FURTHER_FIELDS, toArgumentForm, toInputSchema } from './openapi/input-schema.js';
import { toOutputSchema, type ObjectKind, type Shape } from './openapi/shape.js';
import { isSchema } from './schema-rules/schema-nodes.js';
import type { ToolSpec } from './toolkit.js';

/**
 * A tool's arguments in the form that clients and models are given: what is required stands first, as models fill in
 * one after the other, and a database keeps no order of names.
 */
export function inputSchemaOf({ input }: ToolSpec): JsonSchema {
  const schema = input instanceof z.ZodType ? toJsonSchema(input, 'input') : input;
  return requiredFirst(schema);
}

/** The names of a tool's arguments with what is said of each, for those who need no more of its schema. */
export function argumentTextsOf({ input }: ToolSpec): [name: string, description: string][] {
  if (input instanceof z.ZodObject) {
    return Object.entries(input.shape as Record<string, z.ZodType>).map(([name, schema]) => [
      name,
      schema.description ?? '',
    ]);
  }
  const properties: unknown = input['properties'];
  return Object.entries(isSchema(properties) ? properties : {}).map(([name, schema]) => {
    const description = isSchema(schema) ? schema['description'] : undefined;
    return [name, typeof description === 'string' ? description : ''];
  });
}

function requiredFirst(schema: JsonSchema): JsonSchema {
  const { properties, items, anyOf, required } = schema;
  const inOrder = isSchema(properties) ? orderOf(properties, required) : undefined;
  return {
    ...schema,
    ...(inOrder && { properties: inOrder }),
    ...(isSchema(items) && { items: requiredFirst(items) }),
    ...(Array.isArray(anyOf) && {
      anyOf: anyOf.map((variant: unknown) => (isSchema(variant) ? requiredFirst(variant) : variant)),
    }),
  };
}

function orderOf(properties: JsonSchema, required: unknown): JsonSchema {
  const needed = Array.isArray(required)
    ? required.filter((name): name is string => typeof name === 'string')
    : [];
  const names = new Set([
    ...needed.filter((name) => Object.hasOwn(properties, name)),
    ...Object.keys(properties),
  ]);
  return Object.fromEntries(
    [...names].map((name) => {
      const inner = properties[name];
      return [name, isSchema(inner) ? requiredFirst(inner) : inner];
    }),
  );
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

/** Arguments of an imported tool as models see them, and how they are mapped back to the provider's. */
export interface TakenInput {
  schema: JsonSchema;
  form?: ArgumentForm;
}

/**
 * A JSON Schema of imported arguments in the same subset. References are followed inside of it.
 * @throws ImportRefusal when it cannot be brought there
 */
export function toTakenInput(schema: JsonSchema): TakenInput {
  return orRefusal(() => {
    const reader = new SchemaReader(documentOf(schema), {
      ...LIMITS,
      direction: 'input',
      defaults: true,
      files: false,
      plain: true,
    });
    const shape = reader.shape(schema, '');
    const { object } = shape;
    if (!object) throw new ImportRefusal('/type', 'arguments are an object of named ones');
    if (object.properties.size === 0) return bareInput(object, schema);
    const form = toArgumentForm({ object });
    return { schema: toInputSchema({ ...shape, ...ONLY_OBJECT }, { texts: true }), ...(form && { form }) };
  });
}

/** Arguments are an object, whatever else their schema would take. */
const ONLY_OBJECT = {
  string: undefined,
  number: undefined,
  boolean: undefined,
  array: undefined,
  null: undefined,
};

/**
 * Without named arguments: one that says that it takes any has an argument for them, as what has no name is hard for
 * models to give. One that says nothing at all takes what it is given.
 */
function bareInput({ open, values }: ObjectKind, schema: JsonSchema): TakenInput {
  const none = { type: 'object', properties: {} };
  if (!open) {
    const saysNothing = ['properties', 'additionalProperties', '$ref', 'allOf'].every(
      (key) => !(key in schema),
    );
    return { schema: saysNothing ? { ...none, additionalProperties: true } : none };
  }
  const argument: Shape = {
    object: { properties: new Map(), required: new Set(), values },
    description: 'The arguments, by their names.',
  };
  return {
    schema: {
      type: 'object',
      properties: { [FURTHER_FIELDS]: toInputSchema(argument, { texts: true }) },
      additionalProperties: true,
    },
    form: { inside: { [FURTHER_FIELDS]: { text: true } }, further: FURTHER_FIELDS },
  };
}

/**
 * A JSON Schema of an imported tool's result that every client accepts.
 * @throws ImportRefusal when it cannot be read
 */
export function toTakenOutput(schema: JsonSchema): JsonSchema {
  const reader = new SchemaReader(documentOf(schema), {
    ...LIMITS,
    direction: 'output',
    defaults: false,
    files: false,
    plain: true,
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
    // Endless nesting would overflow the stack.
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
