import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { LAST_MOMENT, Moment, PageRequest } from '@patchbay/contracts';
import { parseInput } from '@patchbay/service';
import { z } from 'zod';
import type {} from 'zod-openapi';

/** Parses a body or a query by its schema, or answers 400 naming each wrong field. */
export class Wire implements PipeTransform {
  /** The API document describes the body or the query by it. */
  constructor(readonly schema: z.ZodType) {}

  /** A body that is not there is an empty one; null is something that was sent. */
  transform(value: unknown, { data }: Pick<ArgumentMetadata, 'data'> = {}): unknown {
    return parseInput(this.schema, value === undefined ? {} : value, data);
  }
}

/** A schema that the API document shows as something simpler than what it takes from clients of all kinds. */
export function shownAs<S extends z.ZodType>(schema: S, shown: object): S {
  return schema.meta({
    ...schema.meta(),
    override: ({ jsonSchema }) => {
      for (const key of Object.keys(jsonSchema)) delete (jsonSchema as Record<string, unknown>)[key];
      Object.assign(jsonSchema, shown);
    },
  });
}

/** A list in a query: joined by commas, repeated, or both. An empty one counts as not given. */
const List = z
  .union([z.string(), z.array(z.string())])
  .transform((value) =>
    [value]
      .flat()
      .flatMap((part) => part.split(','))
      .map((part) => part.trim()),
  )
  .transform((values) => values.filter(Boolean))
  .transform((values) => (values.length > 0 ? values : undefined));
export const queryList = List.optional();

/** A list of such values alone, and no longer: of the contract that is asked by it, where that has one. */
export function queryListOf<T extends z.ZodArray<z.ZodType<unknown, string>>>(items: T) {
  const { $schema: _, ...shown } = z.toJSONSchema(items, { io: 'input' });
  return shownAs(List.pipe(items.optional()), { ...shown }).optional();
}

export const queryBoolean = shownAs(
  z.enum(['true', 'false']).transform((value) => value === 'true'),
  { type: 'boolean' },
).optional();

/** A number, which a query has as text: as long as those that programs write. */
const Numeric = z.union([
  z.number(),
  z
    .string()
    .max(400)
    .regex(/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i, 'must be a number')
    .transform(Number),
]);

/** Epoch milliseconds in a query. */
export const queryMoment = shownAs(Numeric.pipe(Moment), {
  type: 'number',
  minimum: 0,
  maximum: LAST_MOMENT,
}).optional();

/** A query of which one parameter may be an object: `versions[github]=a&versions[slack]=b`, or one value for all. */
export function queryWith<S extends z.ZodRawShape>(name: keyof S & string, shape: S) {
  const whole = shape[name] as z.ZodType;
  const described = whole.meta({ ...whole.meta(), param: { style: 'deepObject', explode: true } });
  return z.preprocess(
    (given) => {
      const entries = Object.entries(given as Record<string, unknown>);
      const inside = entries.flatMap(([key, value]) =>
        key.startsWith(`${name}[`) && key.endsWith(']')
          ? [[key.slice(name.length + 1, -1), value] as const]
          : [],
      );
      return inside.length > 0 ? { ...(given as object), [name]: Object.fromEntries(inside) } : given;
    },
    z.object({ ...shape, [name]: described } as S),
  );
}

/** A counted parameter, which may be there with nothing in it, or null. */
function inQuery<S extends z.ZodType>(schema: S, shown: object): S {
  return shownAs(schema, { type: ['number', 'null'], ...shown }).meta({ param: { allowEmptyValue: true } });
}

/** What clients send for what they do not mind. */
const NotMinded = z.union([z.literal(['', 'null']), z.null()]).transform(() => undefined);
const Counted = z.union([Numeric, NotMinded]).optional();

function clamped(max: number, fallback: number) {
  return (given: number | null | undefined) => {
    const limit = given ?? fallback;
    return Math.min(limit < 1 ? fallback : Math.trunc(limit), max);
  };
}

const shownLimit = (max: number, fallback: number) => ({
  default: fallback,
  description: `How many a page has. ${max} at most: more is taken for ${max}.`,
});

/**
 * How many a page has, in a query. Clamped, never refused: clients send 9999 for "all", and nothing, `0` or null for what
 * they do not mind, which is what there is by default.
 */
export function pageLimit(max: number, fallback = 20) {
  const limit = Counted.transform(clamped(max, fallback));
  return inQuery(limit, shownLimit(max, fallback));
}

/** The same in a JSON body. */
export function bodyLimit(max: number, fallback = 20) {
  const limit = z.number().nullish().transform(clamped(max, fallback));
  return shownAs(limit, { type: ['number', 'null'], ...shownLimit(max, fallback) });
}

const MAX_PAGE = 1_000_000;

/** The page of a list that counts them. */
export const pageNumber = inQuery(
  Counted.transform((given = 1) => Math.min(Math.max(Math.trunc(given), 1), MAX_PAGE)),
  { default: 1, description: 'Which page, from 1.' },
);

const cursorText = 'Where the page begins: the `next_cursor` of the page before. Without it: the first page.';

/** As long as the services take one. */
const Cursor = PageRequest.cursor.unwrap();

export function pageQuery(max: number, fallback = 20) {
  return {
    limit: pageLimit(max, fallback),
    cursor: shownAs(
      Cursor.nullish().transform((cursor) => (cursor === 'null' ? undefined : cursor || undefined)),
      { type: 'string', maxLength: Cursor.maxLength, description: cursorText },
    ),
  };
}

/** The same in a JSON body. */
export const bodyCursor = Cursor.nullish().describe(cursorText);
