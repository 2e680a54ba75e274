import { Injectable } from '@nestjs/common';
import {
  decodeCursor,
  encodeCursor,
  type getUsageRows,
  type InputOf,
  type OutputOf,
  type UsageRow,
} from '@patchbay/contracts';
import { DataSource, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';
import { sourceOf, type UsageSource } from './usage.sources.js';

type Query = InputOf<typeof getUsageRows>;
type Row = Record<string, unknown>;

/** Groups have no one order that a row's key could continue, so a page goes on by its number of rows. */
const Position = z.strictObject({ offset: z.int().min(1) });
const NAMES = { project: 'projectId', user: 'userId', toolkit: 'toolkit', day: 'day' } as const;
const SUMS = { calls: 'count', failed: 'failed', durationMs: 'durationMs' } as const;
const DAY_MS = 24 * 3_600_000;

/** Usage as the gateway of 0.2.0 asks for it: see `getUsageRows`. */
@Injectable()
export class UsageRowsService {
  constructor(private readonly dataSource: DataSource) {}

  async get(query: Query): Promise<OutputOf<typeof getUsageRows>> {
    const { groupBy, orderBy, limit, cursor } = query;
    const offset = cursor ? decodeCursor(Position, cursor).offset : 0;
    const isOfUsers = query.userId !== undefined || groupBy.includes('user');
    const source = sourceOf({ entity: 'toolCalls', groupBy: isOfUsers ? 'user' : 'toolkit' });
    const total = sumsOf((await this.select(source, query).getRawOne<Row>()) ?? {});
    if (groupBy.length === 0) return { items: [], total, nextCursor: null };

    const grouped = this.select(source, query);
    for (const group of groupBy) {
      grouped
        .addSelect(String(source.columns[group]), NAMES[group])
        .addGroupBy(String(source.columns[group]));
    }
    if (orderBy !== 'group') grouped.addOrderBy(String(source.sums[SUMS[orderBy]]), 'DESC');
    for (const group of groupBy) grouped.addOrderBy(String(source.columns[group]));
    const rows = await grouped
      .offset(offset)
      .limit(limit + 1)
      .getRawMany<Row>();
    return {
      items: rows.slice(0, limit).map(toRow),
      total,
      nextCursor: rows.length > limit ? encodeCursor({ offset: offset + limit }) : null,
    };
  }

  private select(
    { table, where, columns, sums }: UsageSource,
    query: Query,
  ): SelectQueryBuilder<ObjectLiteral> {
    const select = this.dataSource.createQueryBuilder(table, 'used').select([]);
    for (const [name, sum] of Object.entries(SUMS)) select.addSelect(String(sums[sum]), name);
    select.where(where, { first: dayOf(query.from), end: dayOf(query.to + DAY_MS) });
    const filters = { project: query.projectId, user: query.userId, toolkit: query.toolkit } as const;
    for (const [name, id] of Object.entries(filters) as [keyof typeof filters, string | undefined][]) {
      if (id !== undefined) select.andWhere(`${columns[name]} = :${name}`, { [name]: id });
    }
    return select;
  }
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Sums come as text, and as null of nothing. */
function sumsOf(row: Row) {
  return {
    calls: Number(row['calls'] ?? 0),
    failed: Number(row['failed'] ?? 0),
    durationMs: Number(row['durationMs'] ?? 0),
  };
}

function toRow(row: Row): UsageRow {
  const text = (name: string) => (typeof row[name] === 'string' ? row[name] : null);
  return {
    ...sumsOf(row),
    projectId: text('projectId'),
    userId: text('userId'),
    toolkit: text('toolkit'),
    day: text('day'),
  };
}
