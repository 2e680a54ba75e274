import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  decodeCursor,
  encodeCursor,
  type getUsage,
  type InputOf,
  type OutputOf,
  type UsageGroup,
  type UsageRow,
} from '@patchbay/contracts';
import type { ObjectLiteral, Repository, SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';
import { Usage, UsageByDay } from './usage.entity.js';

type Query = InputOf<typeof getUsage>;

/** Groups have no one order that a row's key could continue, so a page goes on by its number of rows. */
const Position = z.strictObject({ offset: z.int().min(1) });

const GROUPS: Record<UsageGroup, { column: string; name: keyof UsageRow }> = {
  project: { column: 'usage.project_id', name: 'projectId' },
  user: { column: 'usage.user_id', name: 'userId' },
  toolkit: { column: 'usage.toolkit', name: 'toolkit' },
  day: { column: 'usage.day::text', name: 'day' },
};
const SUMS = { calls: 'sum(usage.calls)', failed: 'sum(usage.failed)', durationMs: 'sum(usage.duration_ms)' };

@Injectable()
export class UsageService {
  constructor(
    @InjectRepository(Usage) private readonly ofUsers: Repository<Usage>,
    @InjectRepository(UsageByDay) private readonly byDay: Repository<UsageByDay>,
  ) {}

  async get(input: Query): Promise<OutputOf<typeof getUsage>> {
    const { groupBy, orderBy, limit, cursor } = input;
    const offset = cursor ? decodeCursor(Position, cursor).offset : 0;
    const total = readSums((await this.select(input).getRawOne<Record<string, unknown>>()) ?? {});
    if (groupBy.length === 0) return { items: [], total, nextCursor: null };

    const grouped = this.select(input);
    for (const group of groupBy) {
      const { column, name } = GROUPS[group];
      grouped.addSelect(column, name).addGroupBy(column);
    }
    if (orderBy !== 'group') grouped.addOrderBy(SUMS[orderBy], 'DESC');
    for (const group of groupBy) grouped.addOrderBy(GROUPS[group].column);
    const rows = await grouped
      .offset(offset)
      .limit(limit + 1)
      .getRawMany<Record<string, unknown>>();
    return {
      items: rows.slice(0, limit).map(toRow),
      total,
      nextCursor: rows.length > limit ? encodeCursor({ offset: offset + limit }) : null,
    };
  }

  private select(input: Query): SelectQueryBuilder<ObjectLiteral> {
    const { projectId, from, to, userId, toolkit, groupBy } = input;
    const asksForUsers = userId !== undefined || groupBy.includes('user');
    const table: Repository<ObjectLiteral> = asksForUsers ? this.ofUsers : this.byDay;
    const query = table.createQueryBuilder('usage').select([]);
    for (const [name, sum] of Object.entries(SUMS)) query.addSelect(sum, name);
    query.where('usage.day BETWEEN :from AND :to', { from: dayOf(from), to: dayOf(to) });
    if (projectId !== undefined) query.andWhere('usage.project_id = :projectId', { projectId });
    if (userId !== undefined) query.andWhere('usage.user_id = :userId', { userId });
    if (toolkit !== undefined) query.andWhere('usage.toolkit = :toolkit', { toolkit });
    return query;
  }
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Sums of `bigint` come as text. */
function readSums(row: Record<string, unknown>) {
  return {
    calls: Number(row['calls'] ?? 0),
    failed: Number(row['failed'] ?? 0),
    durationMs: Number(row['durationMs'] ?? 0),
  };
}

function toRow(row: Record<string, unknown>): UsageRow {
  const text = (name: string) => (typeof row[name] === 'string' ? row[name] : null);
  return {
    ...readSums(row),
    projectId: text('projectId'),
    userId: text('userId'),
    toolkit: text('toolkit'),
    day: text('day'),
  };
}
