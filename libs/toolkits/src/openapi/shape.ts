import type { JsonSchema } from '@patchbay/contracts';
import { ARGUMENT_NAME } from './names.js';

/**
 * A schema as all model providers can take it: for each type of JSON at most one alternative. So unions
 * never hold two objects to choose from, which some providers refuse and models get wrong.
 */
export interface Shape {
  description?: string | undefined;
  default?: unknown;
  string?: StringKind;
  number?: NumberKind;
  boolean?: Record<string, never>;
  array?: ArrayKind;
  object?: ObjectKind;
  null?: Record<string, never>;
}

interface StringKind {
  enum?: string[] | undefined;
  format?: 'date-time' | undefined;
}
interface NumberKind {
  integer: boolean;
  minimum?: number | undefined;
  maximum?: number | undefined;
}
interface ArrayKind {
  items: Shape;
  minItems?: number | undefined;
  maxItems?: number | undefined;
}
export interface ObjectKind {
  properties: Map<string, Shape>;
  required: Set<string>;
  /** A file of the platform's, as the contract's file arguments are. */
  file?: boolean;
}

const KINDS = ['string', 'number', 'boolean', 'array', 'object', 'null'] as const;

export function openObject(): ObjectKind {
  return { properties: new Map(), required: new Set() };
}

/** Whatever JSON there is. */
export function anything(description?: string): Shape {
  const scalars = { string: {}, number: { integer: false }, boolean: {} };
  return {
    description,
    ...scalars,
    object: openObject(),
    array: { items: { ...scalars, object: openObject() } },
  };
}

export function saysNothing(shape: Shape): boolean {
  return KINDS.every((kind) => shape[kind] === undefined);
}

/** What either takes. */
export function union(a: Shape, b: Shape): Shape {
  return {
    description: a.description ?? b.description,
    default: a.default ?? b.default,
    ...either(a.string, b.string, 'string', (x, y) => ({
      enum: x.enum && y.enum ? [...new Set([...x.enum, ...y.enum])] : undefined,
      format: x.format === y.format ? x.format : undefined,
    })),
    ...either(a.number, b.number, 'number', (x, y) => ({
      integer: x.integer && y.integer,
      minimum: bound(Math.min, x.minimum, y.minimum),
      maximum: bound(Math.max, x.maximum, y.maximum),
    })),
    ...either(a.boolean, b.boolean, 'boolean', () => ({})),
    ...either(a.array, b.array, 'array', (x, y) => ({
      items: union(x.items, y.items),
      minItems: bound(Math.min, x.minItems, y.minItems),
      maxItems: bound(Math.max, x.maxItems, y.maxItems),
    })),
    ...either(a.object, b.object, 'object', eitherObject),
    ...either(a.null, b.null, 'null', () => ({})),
  };
}

function either<K extends string, T>(
  a: T | undefined,
  b: T | undefined,
  kind: K,
  merge: (a: T, b: T) => T,
): Partial<Record<K, T>> {
  const merged = a && b ? merge(a, b) : (a ?? b);
  return (merged ? { [kind]: merged } : {}) as Partial<Record<K, T>>;
}

/** A bound holds only where both have one. */
function bound(choose: (a: number, b: number) => number, a?: number, b?: number): number | undefined {
  return a === undefined || b === undefined ? undefined : choose(a, b);
}

function eitherObject(a: ObjectKind, b: ObjectKind): ObjectKind {
  const required = new Set([...a.required].filter((name) => b.required.has(name)));
  // An object that says nothing of its fields, beside one that does, adds nothing for a model to fill in.
  if (a.properties.size === 0 || b.properties.size === 0) {
    return { properties: a.properties.size > 0 ? a.properties : b.properties, required };
  }
  return { properties: mergeProperties(a.properties, b.properties), required };
}

/** What both ask for together: an object and what is said of it besides. */
export function bothObjects(a: ObjectKind, b: ObjectKind): ObjectKind {
  return {
    properties: mergeProperties(a.properties, b.properties),
    required: new Set([...a.required, ...b.required]),
  };
}

function mergeProperties(a: Map<string, Shape>, b: Map<string, Shape>): Map<string, Shape> {
  const merged = new Map(a);
  for (const [name, shape] of b) {
    const present = merged.get(name);
    merged.set(name, present ? union(present, shape) : shape);
  }
  return merged;
}

/** Longer lists of values cost a model more than they tell it, and providers limit them. */
const MAX_ENUM = 80;
const SHOWN_OF_LONG_ENUM = 12;

/** The shape as JSON Schema, for arguments: in the subset of it that all model providers take. */
export function toInputSchema(shape: Shape): JsonSchema {
  const kinds = saysNothing(shape) ? anything() : shape;
  const alternatives = KINDS.flatMap((kind) => (kinds[kind] ? [inputKind(kinds, kind)] : []));
  const [only = {}] = alternatives;
  const notes = only['description'];
  const description = [shape.description, alternatives.length === 1 ? notes : undefined]
    .filter(Boolean)
    .join(' ');
  return {
    ...(alternatives.length === 1 ? only : { anyOf: alternatives }),
    ...(description && { description }),
    ...(suitsDefault(kinds, shape.default) && { default: shape.default }),
  };
}

function inputKind(shape: Shape, kind: (typeof KINDS)[number]): JsonSchema {
  switch (kind) {
    case 'string':
      return inputString(shape.string ?? {});
    case 'number': {
      const { integer, minimum, maximum } = shape.number ?? { integer: false };
      return defined({ type: integer ? 'integer' : 'number', minimum, maximum });
    }
    case 'array': {
      const { items, minItems, maxItems } = shape.array ?? { items: {} };
      return defined({ type: 'array', items: toInputSchema(items), minItems, maxItems });
    }
    case 'object':
      return inputObject(shape.object ?? openObject());
    default:
      return { type: kind };
  }
}

function inputString({ enum: values, format }: StringKind): JsonSchema {
  if (!values || values.length === 0) return defined({ type: 'string', format });
  if (values.length <= MAX_ENUM) return { type: 'string', enum: values };
  const shown = values.slice(0, SHOWN_OF_LONG_ENUM).join(', ');
  return { type: 'string', description: `One of ${values.length} values, such as ${shown}.` };
}

function inputObject({ properties, required, file }: ObjectKind): JsonSchema {
  const usable = [...properties].filter(([name]) => ARGUMENT_NAME.test(name));
  if (usable.length === 0) return { type: 'object', additionalProperties: true };
  const names = new Set(usable.map(([name]) => name));
  const needed = [...required].filter((name) => names.has(name));
  return {
    type: 'object',
    properties: Object.fromEntries(usable.map(([name, shape]) => [name, toInputSchema(shape)])),
    ...(needed.length > 0 && { required: needed }),
    ...(file && { file_uploadable: true }),
  };
}

/**
 * The shape as JSON Schema, for answers: which fields there are and of what type. Providers answer more
 * values, and leave out more fields, than their documents say; a client that checks must not fail for it.
 */
export function toOutputSchema(shape: Shape): JsonSchema {
  const kinds = KINDS.filter((kind) => shape[kind] !== undefined);
  const types = kinds.map((kind) => (kind === 'number' && shape.number?.integer ? 'integer' : kind));
  const properties = shape.object?.properties ?? new Map<string, Shape>();
  return {
    ...(types.length > 0 && { type: types.length === 1 ? types[0] : types }),
    ...(shape.description && { description: shape.description }),
    ...(properties.size > 0 && {
      properties: Object.fromEntries([...properties].map(([name, inner]) => [name, toOutputSchema(inner)])),
    }),
    ...(shape.array && { items: toOutputSchema(shape.array.items) }),
  };
}

function defined(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}

function suitsDefault(shape: Shape, value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return shape.string !== undefined && (!shape.string.enum || shape.string.enum.includes(value));
    case 'number':
      return shape.number !== undefined && (!shape.number.integer || Number.isInteger(value));
    case 'boolean':
      return shape.boolean !== undefined;
    default:
      return false;
  }
}
