import type { JsonSchema } from '@patchbay/contracts';

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
  /** No value of it is empty: some providers of models refuse such a one. */
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
  /** Whether it takes further fields, of any name, and says so. */
  open?: boolean | undefined;
  /** What these hold, where that is said. */
  values?: Shape | undefined;
  /** A file of the platform's, as the contract's file arguments are. */
  file?: boolean;
}

export const KINDS = ['string', 'number', 'boolean', 'array', 'object', 'null'] as const;

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
  const further = furtherOf(a, b);
  // An object that says nothing of its fields, beside one that does, adds nothing for a model to fill in.
  if (a.properties.size === 0 || b.properties.size === 0) {
    return { properties: a.properties.size > 0 ? a.properties : b.properties, required, ...further };
  }
  return { properties: mergeProperties(a.properties, b.properties), required, ...further };
}

function furtherOf(a: ObjectKind, b: ObjectKind): Pick<ObjectKind, 'open' | 'values'> {
  if (!a.open && !b.open) return {};
  const values = a.values && b.values ? union(a.values, b.values) : undefined;
  const only = a.open && b.open ? values : a.open ? a.values : b.values;
  return { open: true, ...(only && { values: only }) };
}

/** What both ask for together: an object and what is said of it besides. */
export function bothObjects(a: ObjectKind, b: ObjectKind): ObjectKind {
  return {
    properties: mergeProperties(a.properties, b.properties),
    required: new Set([...a.required, ...b.required]),
    ...furtherOf(a, b),
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
