import { hasParts, readJson } from '@patchbay/contracts';

/**
 * JSON as Postgres can keep it: neither `text` nor `jsonb` takes a NUL or half of a surrogate pair, both of
 * which a tool's arguments may hold. The replacement character stands in for them.
 */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD') as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (!hasParts(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [storable(key), storable(field)]),
  ) as T;
}

/** How JSON writes what `storable` replaces: nearly no text has it in it. */
const UNSTORABLE = /\\u(0000|d[89a-f])/i;

export function parseStorable(json: string): unknown {
  const value: unknown = readJson(json);
  return UNSTORABLE.test(json) ? storable(value) : value;
}
