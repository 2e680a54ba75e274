import { isObject, stringOf, type JsonObject } from './document.js';
import { anything, openObject, type ObjectKind, type Shape } from './shape.js';
import { shorten } from './text.js';

const MAX_TOLD_VALUES = 40;

/** What a format means, in words: few providers of models take the keyword. */
const FORMATS: Record<string, string | undefined> = {
  date: 'A date, YYYY-MM-DD.',
  email: 'A mail address.',
  uri: 'An address, with its scheme.',
  uuid: 'A UUID.',
  byte: 'In base64.',
};

export type Direction = 'input' | 'output';
const MAX_DESCRIPTION = { input: 240, output: 80 };

/** What a schema is about, in what models take of words. */
export function describeSchema(schema: JsonObject, direction: Direction): string | undefined {
  const text = stringOf(schema['description']) ?? stringOf(schema['title']);
  const said = text && shorten(text, MAX_DESCRIPTION[direction]);
  if (direction === 'output') return said || undefined;
  const values = listOf(schema['enum']);
  const numbers = values.filter((value) => typeof value === 'number');
  const told = [
    said,
    numbers.length > 0 ? `One of ${numbers.slice(0, MAX_TOLD_VALUES).join(', ')}.` : undefined,
    emptyOrOneOf(values),
    text ? undefined : FORMATS[String(schema['format'])],
  ];
  return told.filter(Boolean).join(' ') || undefined;
}

export function outermostReference(schema: JsonObject): string | undefined {
  return typeof schema['$ref'] === 'string' ? schema['$ref'] : undefined;
}

/** What begins again inside of itself: an object of any fields, or whatever it may be besides. */
export function cutOff(schema: JsonObject, reference: string, target: unknown): Shape {
  const name = reference.split('/').pop() ?? 'this';
  const description = stringOf(schema['description']) ?? `Again a ${name.slice(0, 60)}.`;
  const types = isObject(target) ? typesOf(target, isObject(target['properties'])) : [];
  const isObjectOnly = types.length === 0 ? !isChoice(target) : types.every((type) => type === 'object');
  return isObjectOnly ? { description, object: openObject() } : anything(description);
}

function isChoice(schema: unknown): boolean {
  return isObject(schema) && (Array.isArray(schema['anyOf']) || Array.isArray(schema['oneOf']));
}

/** What is required is to be given, also where nothing says what it is. */
export function addRequired({ object }: Shape, names: readonly string[]): void {
  for (const name of object ? names : []) {
    if (!object?.properties.has(name)) object?.properties.set(name, anything());
    object?.required.add(name);
  }
}

/** Values to choose from of which one is empty, in words. */
function emptyOrOneOf(values: unknown[]): string | undefined {
  if (!values.includes('')) return undefined;
  const texts = [...new Set(values)].filter((value) => typeof value === 'string' && value !== '');
  return `One of ${texts.slice(0, MAX_TOLD_VALUES).join(', ')}, or an empty text.`;
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
