import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  decodeCursor,
  encodeCursor,
  type CallRecord,
  type getCall,
  type InputOf,
  type listCalls,
  type OutputOf,
} from '@patchbay/contracts';
import { listWithinTime } from '@patchbay/database';
import type { Repository } from 'typeorm';
import { z } from 'zod';
import { RecordConsumer } from '../stream/index.js';
import { applyFilter, INTERRUPTED_AFTER_MS } from './call-filters.js';
import { Call } from './call.entity.js';

const Position = z.strictObject({ at: z.iso.datetime(), id: z.string() });

const NARROWER = 'by a time range, or by a filter with "=="';
/** How long a query for what changed waits until the record is current. */
const CURRENT_LIMIT_MS = 3_000;
const PAYLOADS = ['arguments', 'data'] as const;

@Injectable()
export class CallsService {
  constructor(
    @InjectRepository(Call) private readonly calls: Repository<Call>,
    private readonly consumer: RecordConsumer,
  ) {}

  async list(input: InputOf<typeof listCalls>): Promise<OutputOf<typeof listCalls>> {
    const { limit, changedSince } = input;
    if (changedSince !== undefined && !(await this.consumer.isCurrent(CURRENT_LIMIT_MS))) throw recordLags();
    const rows = await listWithinTime(this.calls.manager.connection, NARROWER, (manager) =>
      this.query(input, manager.getRepository(Call)).getMany(),
    );
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

  private query(input: InputOf<typeof listCalls>, calls: Repository<Call>) {
    const { projectId, filters, from, to, changedSince, limit, cursor, withPayloads } = input;
    const query = calls.createQueryBuilder('call').where('call.project_id = :projectId', { projectId });
    if (!withPayloads) query.select(columnsBut(calls, PAYLOADS));
    filters.forEach((filter, index) => applyFilter(query, filter, `filter${index}`));
    if (from !== undefined) query.andWhere('call.started_at >= :from', { from: new Date(from) });
    if (to !== undefined) query.andWhere('call.started_at <= :to', { to: new Date(to) });
    if (changedSince !== undefined) {
      const moment = {
        since: new Date(changedSince),
        earliest: new Date(changedSince - INTERRUPTED_AFTER_MS),
      };
      // A call that ended after the moment began shortly before it at the earliest: an index by time serves both.
      query.andWhere('call.started_at >= :earliest', moment);
      query.andWhere('(call.started_at > :since OR call.finished_at > :since)', moment);
    }
    if (cursor) {
      const { at, id } = decodeCursor(Position, cursor);
      query.andWhere('(call.started_at, call.id) < (:at, :id)', { at, id });
    }
    return query
      .orderBy('call.started_at', 'DESC')
      .addOrderBy('call.id', 'DESC')
      .limit(limit + 1);
  }
}

function columnsBut(calls: Repository<Call>, without: readonly string[]): string[] {
  const names = calls.metadata.columns.map(({ propertyName }) => propertyName);
  return names.filter((name) => !without.includes(name)).map((name) => `call.${name}`);
}

function recordLags(): AppError {
  return new AppError('unavailable', 'The record is behind what happens at the moment.', {
    suggestion: 'Read what was missed from the list in a moment.',
  });
}

function toRecord(row: Call): CallRecord {
  const isPastLimit = Date.now() - row.startedAt.getTime() > INTERRUPTED_AFTER_MS;
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
    sandboxId: row.sandboxId,
    startedAt: row.startedAt.toISOString(),
    arguments: row.arguments ?? {},
    status: row.status === 'running' && isPastLimit ? 'interrupted' : row.status,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    durationMs: row.durationMs,
    connectionId: row.connectionId,
    authConfigId: row.authConfigId,
    error: row.error,
    data: row.data ?? null,
  };
}
