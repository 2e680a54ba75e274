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

/** `limit` is clamped, never refused: clients send 9999 for "all". */
export function pageQuery(max: number, fallback = 20) {
  return {
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .default(fallback)
      .transform((limit) => Math.min(limit, max)),
    cursor: z
      .string()
      .transform((cursor) => cursor || undefined)
      .optional(),
  };
}
