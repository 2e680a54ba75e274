import { decodeCursor, encodeCursor, type Page, type PageRequest } from '@patchbay/contracts';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';

const Position = z.strictObject({
  at: z.iso.datetime().refine((at) => at >= '1970'),
  id: z.string().regex(/^[\w-]{1,100}$/),
  page: z.int().min(2),
});

export interface TimeOrder {
  by: 'createdAt' | 'updatedAt';
  ascending: boolean;
}
const NEWEST: TimeOrder = { by: 'createdAt', ascending: false };
const COLUMNS = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;

/**
 * A page of a table in the order of time, newest first unless said otherwise. The cursor names the last
 * row seen, so that rows added meanwhile neither repeat nor hide others. Wants `timestamptz(3)` columns:
 * a cursor carries milliseconds.
 */
export async function pageByTime<T extends ObjectLiteral & { id: string; createdAt: Date; updatedAt?: Date }>(
  query: SelectQueryBuilder<T>,
  alias: string,
  { limit, cursor }: PageRequest,
  { by, ascending }: TimeOrder = NEWEST,
): Promise<Page<T>> {
  const column = `${alias}.${COLUMNS[by]}`;
  const position = cursor ? decodeCursor(Position, cursor) : undefined;
  const total = await query.getCount();
  if (position) {
    const comparison = ascending ? '>' : '<';
    query.andWhere(`(${column}, ${alias}.id) ${comparison} (:at, :id)`, { at: position.at, id: position.id });
  }
  const direction = ascending ? 'ASC' : 'DESC';
  const rows = await query
    .orderBy(column, direction)
    .addOrderBy(`${alias}.id`, direction)
    .limit(limit + 1)
    .getMany();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const page = position?.page ?? 1;
  return {
    items,
    nextCursor:
      last && rows.length > limit
        ? encodeCursor({ at: (last[by] ?? last.createdAt).toISOString(), id: last.id, page: page + 1 })
        : null,
    total,
    page,
  };
}
