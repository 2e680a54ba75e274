import type { JsonSchema } from '@patchbay/contracts';
import { isSchema } from './schema-rules/schema-nodes.js';

/** Compiling takes time and memory by the size of a schema. What is beyond is not checked here, but by the provider. */
const MAX_SCHEMAS = 1_000;
const MAX_DEPTH = 32;

/**
 * The part of an input schema that is checked here: the keywords that imported schemas are written with
 * (`openapi/input-schema.ts`), where they are well formed. All others are left out. Formats are the provider's to judge:
 * many take a date where their document says a time. Patterns are programs of strangers: one that does not end would
 * stop the whole process.
 * @returns with the number of schemas in it
 */
export function checkableSchema(schema: JsonSchema): { schema: JsonSchema; size: number } {
  const reader = new Reader();
  return { schema: reader.read(schema, 0), size: reader.schemas };
}

class Reader {
  schemas = 0;

  read(schema: unknown, depth: number): JsonSchema {
    this.schemas += 1;
    if (!isSchema(schema) || depth > MAX_DEPTH || this.schemas > MAX_SCHEMAS) return {};
    const { anyOf, enum: values, type } = schema;
    if (isList(anyOf)) return { anyOf: anyOf.map((variant) => this.read(variant, depth + 1)) };
    if (isList(values)) return { enum: [...new Set(values)] };
    if (isList(type)) return { anyOf: type.map((one) => this.read({ ...schema, type: one }, depth + 1)) };
    switch (type) {
      case 'object':
        return this.readObject(schema, depth);
      case 'array':
        return {
          type,
          ...(isSchema(schema['items']) && { items: this.read(schema['items'], depth + 1) }),
          ...countsOf(schema),
        };
      case 'integer':
        return {
          type,
          minimum: Math.max(numberOr(schema['minimum'], -Infinity), Number.MIN_SAFE_INTEGER),
          maximum: Math.min(numberOr(schema['maximum'], Infinity), Number.MAX_SAFE_INTEGER),
        };
      case 'number':
        return { type, ...boundsOf(schema) };
      case 'string':
      case 'boolean':
      case 'null':
        return { type };
      default:
        return {};
    }
  }

  private readObject({ properties, required }: JsonSchema, depth: number): JsonSchema {
    const fields = Object.entries(isSchema(properties) ? properties : {})
      // Half a surrogate pair is in no name that can be kept, and no validator can be made with it.
      .filter(([name]) => name.isWellFormed())
      .map(([name, field]) => [name, this.read(field, depth + 1)] as const);
    const names = new Set(fields.map(([name]) => name));
    const needed = isList(required) ? required.filter((name) => names.has(name as string)) : [];
    return {
      type: 'object',
      properties: Object.fromEntries(fields),
      ...(needed.length > 0 && { required: [...new Set(needed)] }),
    };
  }
}

/** Whether null is among the values of a checkable schema. */
export function takesNull({ type, enum: values, anyOf }: JsonSchema): boolean {
  if (isList(anyOf)) return anyOf.some((variant) => takesNull(variant as JsonSchema));
  if (isList(values)) return values.includes(null);
  return type === undefined || type === 'null';
}

function boundsOf({ minimum, maximum }: JsonSchema): JsonSchema {
  return {
    ...(Number.isFinite(minimum) && { minimum }),
    ...(Number.isFinite(maximum) && { maximum }),
  };
}

function countsOf({ minItems, maxItems }: JsonSchema): JsonSchema {
  return { ...(isCount(minItems) && { minItems }), ...(isCount(maxItems) && { maxItems }) };
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0;
}
