import { isObject, stringOf, type JsonObject } from './document.js';
import { openObject, type ObjectKind, type Shape } from './shape.js';

/** What a format means, in words: few providers of models take the keyword. */
export const FORMATS: Record<string, string | undefined> = {
  date: 'A date, YYYY-MM-DD.',
  email: 'A mail address.',
  uri: 'An address, with its scheme.',
  uuid: 'A UUID.',
  byte: 'In base64.',
};

export function outermostReference(schema: JsonObject): string | undefined {
  return typeof schema['$ref'] === 'string' ? schema['$ref'] : undefined;
}

export function cutOff(schema: JsonObject, reference: string): Shape {
  const name = reference.split('/').pop() ?? 'this';
  return {
    description: stringOf(schema['description']) ?? `Again a ${name.slice(0, 60)}.`,
    object: openObject(),
  };
}

export function fileArgument(): ObjectKind {
  const text = (description: string): Shape => ({ string: {}, description });
  return {
    file: true,
    properties: new Map([
      ['name', text('Name of the file.')],
      ['mimetype', text('Its media type.')],
      ['s3key', text('Its key, from the upload.')],
    ]),
    required: new Set(['name', 'mimetype', 's3key']),
  };
}

/** The types a schema allows, also where it leaves them to be guessed. */
export function typesOf(schema: JsonObject, hasProperties: boolean): string[] {
  const { type } = schema;
  const types = (Array.isArray(type) ? type : [type]).filter((entry) => typeof entry === 'string');
  if (types.length > 0) return types;
  if (hasProperties || isObject(schema['additionalProperties'])) return ['object'];
  if (schema['items'] !== undefined) return ['array'];
  if (schema['contentMediaType'] !== undefined || schema['contentEncoding'] !== undefined) return ['string'];
  const values = listOf(schema['const'] === undefined ? schema['enum'] : [schema['const']]);
  return [...new Set(values.map((value) => (value === null ? 'null' : typeof value)))];
}

/**
 * Whether a text stands for bytes: OpenAPI 3.0 says so by its format, 3.1 by the type of its content, where that is
 * no text and not written as one.
 */
export function isBytes(schema: JsonObject, inForm: boolean): boolean {
  const { format, contentMediaType, contentEncoding } = schema;
  if (format === 'binary') return true;
  const isText = /^text\/|[/+](?:json|xml|yaml)\b/i.test(String(contentMediaType));
  return inForm && typeof contentMediaType === 'string' && contentEncoding === undefined && !isText;
}

export function isNullable(schema: JsonObject): boolean {
  return schema['nullable'] === true;
}

export function addNumber(shape: Shape, schema: JsonObject, integer: boolean): void {
  shape.number = {
    integer: integer && (shape.number?.integer ?? true),
    minimum: safeNumber(schema['minimum']),
    maximum: safeNumber(schema['maximum']),
  };
}

/** Bounds outside of what numbers in JSON can say exactly are those of a machine type, not of a meaning. */
function safeNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 2 ** 31 - 1
    ? value
    : undefined;
}

export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 10_000
    ? value
    : undefined;
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
