import { Injectable } from '@nestjs/common';
import {
  decodeCursor,
  encodeCursor,
  type getTimeline,
  type InputOf,
  type OutputOf,
  type TimelineEntry,
} from '@patchbay/contracts';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { TIMELINE_QUERY } from './timeline-query.js';

const Position = z.strictObject({ at: z.iso.datetime(), id: z.string() });
const BEGINNING = { at: '1970-01-01T00:00:00.000Z', id: '' };

type Row = Omit<TimelineEntry, 'at' | 'kind'> & { at: Date };

const KINDS: Record<string, TimelineEntry['kind']> = {
  'events.sessions.session.created': 'created',
  'events.sessions.session.updated': 'patched',
  'events.sessions.session.deleted': 'deleted',
  COMPOSIO_SEARCH_TOOLS: 'searched',
  COMPOSIO_REMOTE_WORKBENCH: 'ran_code',
  COMPOSIO_REMOTE_BASH_TOOL: 'ran_code',
};
const ACCOUNT_STATUS: Record<string, TimelineEntry['kind']> = {
  INITIALIZING: 'linked',
  INITIATED: 'linked',
  ACTIVE: 'connected',
};

@Injectable()
export class TimelineService {
  constructor(private readonly dataSource: DataSource) {}

  /** Calls and events of a session in the order in which they happened. */
  async get({
    projectId,
    sessionId,
    limit,
    cursor,
  }: InputOf<typeof getTimeline>): Promise<OutputOf<typeof getTimeline>> {
    const { at, id } = cursor ? decodeCursor(Position, cursor) : BEGINNING;
    const rows: Row[] = await this.dataSource.query(TIMELINE_QUERY, [
      projectId,
      sessionId,
      at,
      id,
      limit + 1,
    ]);
    const items = rows.slice(0, limit).map(toEntry);
    const last = items.at(-1);
    return {
      items,
      nextCursor: last && rows.length > limit ? encodeCursor({ at: last.at, id: last.id }) : null,
    };
  }
}

function toEntry(row: Row): TimelineEntry {
  return { ...row, at: row.at.toISOString(), kind: kindOf(row) };
}

function kindOf({ event, toolSlug, detail }: Row): TimelineEntry['kind'] {
  if (event === null) return KINDS[toolSlug ?? ''] ?? 'called';
  if (event !== 'events.auth.connection.changed') return KINDS[event] ?? 'other';
  return ACCOUNT_STATUS[String(detail?.['status'])] ?? 'account_changed';
}
