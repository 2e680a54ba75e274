import { decodeCursor, encodeCursor, type Page, type PageRequest } from '@patchbay/contracts';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';

const Position = z.strictObject({
  at: z.iso.datetime().refine((at) => at >= '1970'),
  id: z.string().regex(/^[\w-]{1,100}$/),
  page: z.int().min(2),
});

/**
 * A page of a table, newest first. The cursor names the last row seen, so that rows added meanwhile
 * neither repeat nor hide others. Wants `created_at timestamptz(3)`: a cursor carries milliseconds.
 */
export async function pageByNewest<T extends ObjectLiteral & { id: string; createdAt: Date }>(
  query: SelectQueryBuilder<T>,
  alias: string,
  { limit, cursor }: PageRequest,
): Promise<Page<T>> {
  const position = cursor ? decodeCursor(Position, cursor) : undefined;
  const total = await query.getCount();
  if (position) {
    query.andWhere(`(${alias}.created_at, ${alias}.id) < (:at, :id)`, { at: position.at, id: position.id });
  }
  const rows = await query
    .orderBy(`${alias}.created_at`, 'DESC')
    .addOrderBy(`${alias}.id`, 'DESC')
    .limit(limit + 1)
    .getMany();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const page = position?.page ?? 1;
  return {
    items,
    nextCursor:
      last && rows.length > limit
        ? encodeCursor({ at: last.createdAt.toISOString(), id: last.id, page: page + 1 })
        : null,
    total,
    page,
  };
}
