import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  CALL_TIMEOUT_MS,
  decodeCursor,
  encodeCursor,
  type CallFilter,
  type CallRecord,
  type getCall,
  type InputOf,
  type listCalls,
  type OutputOf,
} from '@patchbay/contracts';
import type { Repository, SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';
import { Call } from './call.entity.js';

const Position = z.strictObject({ at: z.iso.datetime(), id: z.string() });

/** Nobody waits for a call longer than this, so one that is older and has no end will never have one. */
const INTERRUPTED_AFTER_MS = 2 * CALL_TIMEOUT_MS;

const STATUS_SQL = `CASE
  WHEN call.status = 'running' AND call.started_at < now() - interval '${INTERRUPTED_AFTER_MS} milliseconds'
  THEN 'interrupted' ELSE call.status END`;

const COLUMNS: Record<CallFilter['field'], string> = {
  toolSlug: 'call.tool_slug',
  toolkit: 'call.toolkit',
  connectionId: 'call.connection_id',
  status: STATUS_SQL,
  userId: 'call.user_id',
  sessionId: 'call.session_id',
  requestId: 'call.request_id',
  logId: 'call.id',
};

@Injectable()
export class CallsService {
  constructor(@InjectRepository(Call) private readonly calls: Repository<Call>) {}

  async list(input: InputOf<typeof listCalls>): Promise<OutputOf<typeof listCalls>> {
    const { projectId, filters, from, to, limit, cursor } = input;
    const query = this.calls.createQueryBuilder('call').where('call.project_id = :projectId', { projectId });
    filters.forEach((filter, index) => applyFilter(query, filter, `filter${index}`));
    if (from !== undefined) query.andWhere('call.started_at >= :from', { from: new Date(from) });
    if (to !== undefined) query.andWhere('call.started_at <= :to', { to: new Date(to) });
    if (cursor) {
      const { at, id } = decodeCursor(Position, cursor);
      query.andWhere('(call.started_at, call.id) < (:at, :id)', { at, id });
    }
    const rows = await query
      .orderBy('call.started_at', 'DESC')
      .addOrderBy('call.id', 'DESC')
      .limit(limit + 1)
      .getMany();
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const more = last && rows.length > limit;
    return {
      items: items.map(toRecord),
      nextCursor: more ? encodeCursor({ at: last.startedAt.toISOString(), id: last.id }) : null,
    };
  }

  async get({ projectId, logId }: InputOf<typeof getCall>): Promise<CallRecord> {
    const row = await this.calls.findOneBy({ projectId, id: logId });
    if (!row) throw new AppError('not_found', `There is no log ${logId}.`);
    return toRecord(row);
  }
}

function applyFilter(query: SelectQueryBuilder<Call>, filter: CallFilter, name: string): void {
  const column = `COALESCE(${COLUMNS[filter.field]}, '')`;
  const comparison = {
    equals: `${COLUMNS[filter.field]} = :${name}`,
    notEquals: `${column} <> :${name}`,
    contains: `strpos(${column}, :${name}) > 0`,
    notContains: `strpos(${column}, :${name}) = 0`,
  }[filter.operator];
  query.andWhere(comparison, { [name]: filter.value });
}

function toRecord(row: Call): CallRecord {
  const isOver = Date.now() - row.startedAt.getTime() > INTERRUPTED_AFTER_MS;
  return {
    logId: row.id,
    projectId: row.projectId,
    userId: row.userId,
    sessionId: row.sessionId,
    requestId: row.requestId,
    traceId: row.traceId,
    toolkit: row.toolkit,
    toolSlug: row.toolSlug,
    parent: row.parent,
    startedAt: row.startedAt.toISOString(),
    arguments: row.arguments,
    status: row.status === 'running' && isOver ? 'interrupted' : row.status,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    durationMs: row.durationMs,
    connectionId: row.connectionId,
    error: row.error,
    data: row.data,
  };
}
