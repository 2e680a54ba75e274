import { Injectable } from '@nestjs/common';
import {
  AppError,
  decodeCursor,
  encodeCursor,
  type getTriggerEvent,
  type InputOf,
  type listTriggerEvents,
  type OutputOf,
  type searchTriggerEvents,
  type TriggerEvent as EventView,
} from '@patchbay/contracts';
import { listWithinTime } from '@patchbay/database';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { awaitWriters } from './event-order.js';

const Position = z.strictObject({ before: z.string().regex(/^\d{1,18}$/) });

/** A row with what `COLUMNS` selects. */
export interface EventRow {
  id: string;
  position: string;
  projectId: string;
  type: EventView['type'];
  at: Date;
  storedAt: Date;
  instanceId: string | null;
  triggerSlug: string | null;
  toolkit: string | null;
  connectionId: string | null;
  authConfigId: string | null;
  userId: string | null;
  metadata: Record<string, unknown>;
  data?: Record<string, unknown>;
  isClipped: boolean;
}

/** @param event how the statement names the table */
export function eventColumns(event: string): string {
  return `${event}.id, ${event}.position, ${event}.project_id AS "projectId", ${event}.type, ${event}.at, ${event}.stored_at AS "storedAt",
    ${event}.instance_id AS "instanceId", ${event}.trigger_slug AS "triggerSlug", ${event}.toolkit,
    ${event}.connection_id AS "connectionId", ${event}.auth_config_id AS "authConfigId", ${event}.user_id AS "userId",
    ${event}.metadata, ${event}.is_clipped AS "isClipped"`;
}

/** Answers what is stored. */
@Injectable()
export class EventsReader {
  constructor(private readonly dataSource: DataSource) {}

  /** In order, without a gap: see `event-order.ts`. */
  list({
    projectId,
    after,
    limit,
  }: InputOf<typeof listTriggerEvents>): Promise<OutputOf<typeof listTriggerEvents>> {
    return this.dataSource.transaction(async (manager) => {
      await awaitWriters(manager, projectId);
      if (!after) {
        return { items: [], last: await newestOf(manager, projectId), hasMore: false, isGap: false };
      }
      const [known] = await manager.query<{ position: string }[]>(
        'SELECT position FROM events WHERE id = $1 AND project_id = $2',
        [after, projectId],
      );
      const rows = await manager.query<EventRow[]>(
        `SELECT ${eventColumns('events')}, data FROM events
         WHERE project_id = $1 AND position > $2 ORDER BY position LIMIT $3`,
        [projectId, known?.position ?? 0, limit + 1],
      );
      const items = rows.slice(0, limit).map(toTriggerEvent);
      return {
        items,
        last: items.at(-1)?.id ?? (known ? after : null),
        hasMore: rows.length > limit,
        isGap: !known,
      };
    });
  }

  async search({
    projectId,
    limit,
    cursor,
    withData,
    ...wanted
  }: InputOf<typeof searchTriggerEvents>): Promise<OutputOf<typeof searchTriggerEvents>> {
    const before = cursor ? decodeCursor(Position, cursor).before : null;
    const query = (manager: EntityManager) =>
      manager.query<EventRow[]>(
        `SELECT ${eventColumns('events')}${withData ? ', data' : ''} FROM events
       WHERE project_id = $1 AND ($2::bigint IS NULL OR position < $2)
         AND ($3::text[] IS NULL OR type = ANY($3))
         AND ($4::text[] IS NULL OR instance_id = ANY($4))
         AND ($5::text[] IS NULL OR trigger_slug = ANY($5))
         AND ($6::text[] IS NULL OR user_id = ANY($6))
         AND ($7::text[] IS NULL OR connection_id = ANY($7))
         AND ($8::timestamptz IS NULL OR stored_at >= $8)
         AND ($9::timestamptz IS NULL OR stored_at < $9)
         AND ($10::text IS NULL OR data::text ILIKE $10 OR metadata::text ILIKE $10 OR id = $11)
       ORDER BY position DESC LIMIT $12`,
        [
          projectId,
          before,
          wanted.types ?? null,
          wanted.instanceIds ?? null,
          wanted.triggerSlugs ?? null,
          wanted.userIds ?? null,
          wanted.connectionIds ?? null,
          dateOf(wanted.from),
          dateOf(wanted.to),
          wanted.search === undefined ? null : `%${wanted.search.replace(/[\\%_]/g, String.raw`\$&`)}%`,
          wanted.search ?? null,
          limit + 1,
        ],
      );
    const rows = await listWithinTime(this.dataSource, 'by a time range, or without a text', query);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(toTriggerEvent),
      nextCursor: last ? encodeCursor({ before: last.position }) : null,
    };
  }

  /** @throws AppError `not_found` */
  async get({ projectId, id }: InputOf<typeof getTriggerEvent>): Promise<EventView> {
    const [row] = await this.dataSource.query<EventRow[]>(
      `SELECT ${eventColumns('events')}, data FROM events WHERE id = $1 AND project_id = $2`,
      [id, projectId],
    );
    if (!row) {
      throw new AppError('not_found', `There is no event ${id}.`, {
        suggestion: 'Events are kept for the days that PATCHBAY_EVENT_RETENTION_DAYS says.',
      });
    }
    return toTriggerEvent(row);
  }
}

async function newestOf(manager: EntityManager, projectId: string): Promise<string | null> {
  const [row] = await manager.query<{ id: string }[]>(
    'SELECT id FROM events WHERE project_id = $1 ORDER BY position DESC LIMIT 1',
    [projectId],
  );
  return row?.id ?? null;
}

function dateOf(moment: number | undefined): string | null {
  return moment === undefined ? null : new Date(moment).toISOString();
}

/** Empty data for a row that was read without. */
export function toTriggerEvent(row: EventRow): EventView {
  const { id, projectId, type, at, storedAt, metadata, data = {}, isClipped } = row;
  const { instanceId, triggerSlug, toolkit, connectionId, authConfigId, userId } = row;
  return {
    id,
    projectId,
    type,
    at: at.toISOString(),
    storedAt: storedAt.toISOString(),
    origin:
      instanceId === null
        ? null
        : {
            instanceId,
            triggerSlug: triggerSlug ?? '',
            toolkit: toolkit ?? '',
            connectionId: connectionId ?? '',
            authConfigId: authConfigId ?? '',
            userId: userId ?? '',
          },
    metadata,
    data,
    isClipped,
  };
}
