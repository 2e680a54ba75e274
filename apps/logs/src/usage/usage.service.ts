import { Injectable } from '@nestjs/common';
import type { getUsage, InputOf, OutputOf, UsageTotals } from '@patchbay/contracts';
import { DataSource, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { sourceOf, type UsageSource } from './usage.sources.js';

type Query = InputOf<typeof getUsage>;
const DAY_MS = 24 * 3_600_000;

@Injectable()
export class UsageService {
  constructor(private readonly dataSource: DataSource) {}

  async get(query: Query): Promise<OutputOf<typeof getUsage>> {
    const { groupBy, orderBy, direction, limit } = query;
    const source = sourceOf(query);
    const total = readTotals((await this.select(source, query).getRawOne<Row>()) ?? {}, source);
    if (!groupBy) return { total, groups: [] };
    const order = direction === 'asc' ? 'ASC' : 'DESC';
    const grouped = this.select(source, query)
      .addSelect(String(source.columns[groupBy]), 'key')
      .groupBy('key');
    if (orderBy === 'count') grouped.orderBy(source.sums.count, order).addOrderBy('key', 'ASC');
    else grouped.orderBy('key', order);
    const rows = await grouped.limit(limit).getRawMany<Row>();
    return { total, groups: rows.map((row) => ({ key: String(row['key']), ...readTotals(row, source) })) };
  }

  private select(
    { table, where, columns, sums }: UsageSource,
    query: Query,
  ): SelectQueryBuilder<ObjectLiteral> {
    const select = this.dataSource.createQueryBuilder(table, 'used').select([]);
    for (const [name, sum] of Object.entries(sums)) select.addSelect(sum, name);
    // The first millisecond that is no longer in it says which day is none of it.
    select.where(where, { first: dayOf(query.from), end: dayOf(query.to - 1 + DAY_MS) });
    const filters = { project: query.projectIds, user: query.userIds, session: query.sessionIds } as const;
    for (const [name, ids] of Object.entries(filters) as [keyof typeof filters, string[] | undefined][]) {
      if (ids) select.andWhere(`${columns[name]} = ANY(:${name})`, { [name]: ids });
    }
    return select;
  }
}

type Row = Record<string, unknown>;

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Sums come as text, and as null of nothing. */
function readTotals(row: Row, { sums }: UsageSource): UsageTotals {
  const read = (name: keyof UsageTotals) => (sums[name] ? { [name]: Number(row[name] ?? 0) } : {});
  return { count: Number(row['count'] ?? 0), ...read('failed'), ...read('durationMs') };
}
