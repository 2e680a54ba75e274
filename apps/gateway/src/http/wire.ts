import type { PipeTransform } from '@nestjs/common';
import { parseInput } from '@patchbay/service';
import { z } from 'zod';

/** Parses a body or a query by its schema, or answers 400 naming each wrong field. */
export class Wire implements PipeTransform {
  constructor(private readonly schema: z.ZodType) {}

  transform(value: unknown): unknown {
    return parseInput(this.schema, value ?? {});
  }
}

/** A list in a query: joined by commas, repeated, or both. An empty one counts as not given. */
export const queryList = z
  .union([z.string(), z.array(z.string())])
  .transform((value) =>
    [value]
      .flat()
      .flatMap((part) => part.split(','))
      .map((part) => part.trim()),
  )
  .transform((values) => values.filter(Boolean))
  .transform((values) => (values.length > 0 ? values : undefined))
  .optional();

export const queryBoolean = z
  .enum(['true', 'false'])
  .transform((value) => value === 'true')
  .optional();

/** A query of which one parameter may be an object: `versions[github]=a&versions[slack]=b`, or one value for all. */
export function queryWith<S extends z.ZodRawShape>(name: string, shape: S) {
  return z.preprocess((given) => {
    const entries = Object.entries(given as Record<string, unknown>);
    const inside = entries.flatMap(([key, value]) =>
      key.startsWith(`${name}[`) && key.endsWith(']')
        ? [[key.slice(name.length + 1, -1), value] as const]
        : [],
    );
    return inside.length > 0 ? { ...(given as object), [name]: Object.fromEntries(inside) } : given;
  }, z.object(shape));
}

/**
 * How many a page has. Clamped, never refused: clients send 9999 for "all", and nothing, `0` or null for what they do
 * not mind, which is what there is by default.
 */
export function pageLimit(max: number, fallback = 20) {
  return z.preprocess(
    (given) => (given === '' || given === 'null' || given === null ? undefined : given),
    z.coerce
      .number()
      .default(fallback)
      .transform((limit) => Math.min(limit < 1 ? fallback : Math.trunc(limit), max)),
  );
}

const MAX_PAGE = 1_000_000;

/** The page of a list that counts them. */
export const pageNumber = z.preprocess(
  (given) => (given === '' || given === 'null' || given === null ? undefined : given),
  z.coerce
    .number()
    .default(1)
    .transform((page) => Math.min(Math.max(Math.trunc(page), 1), MAX_PAGE)),
);
export function pageQuery(max: number, fallback = 20) {
  return {
    limit: pageLimit(max, fallback),
    cursor: z
      .string()
      .transform((cursor) => (cursor === 'null' ? undefined : cursor || undefined))
      .nullish()
      .transform((cursor) => cursor ?? undefined),
  };
}
