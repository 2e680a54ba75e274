import { Injectable } from '@nestjs/common';
import {
  AppError,
  decodeCursor,
  encodeCursor,
  type InputOf,
  type listSearchesWithoutCall,
  type OutputOf,
  type SearchWithoutCall,
} from '@patchbay/contracts';
import { listWithinTime } from '@patchbay/database';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { RecordConsumer } from '../stream/index.js';

const Position = z.strictObject({ at: z.iso.datetime(), id: z.string() });

/** How long a question waits until the record is current. */
const CURRENT_LIMIT_MS = 3_000;

/**
 * $1 project, $2 and $3 the first and the last moment, $4 and $5 the last search seen, $6 milliseconds, $7 how many.
 * For each search one look into the index of sessions, and into the partitions of that time alone, finds whether a call
 * followed: as a join, all calls of the project would be read. Of what was found, the slugs alone: it has schemas in it.
 */
const WITHOUT_CALL = `
  SELECT search.id, search.started_at AS at, search.session_id AS session, search.user_id AS user_name,
    search.status, search.error, search.arguments->'queries' AS queries,
    jsonb_path_query_array(search.data, '$.results[*].primary_tool_slugs') AS found
  FROM calls search
  LEFT JOIN LATERAL (
    SELECT true AS there FROM calls following
    WHERE following.project_id = $1 AND following.session_id = search.session_id
      AND following.started_at >= search.started_at
      AND following.started_at <= search.started_at + $6 * interval '1 millisecond'
      AND following.toolkit <> 'composio'
    LIMIT 1
  ) followed ON true
  WHERE search.project_id = $1 AND search.tool_slug = 'COMPOSIO_SEARCH_TOOLS' AND search.session_id IS NOT NULL
    AND search.started_at >= $2 AND search.started_at <= $3
    AND (search.started_at, search.id) < ($4::timestamptz, $5) AND followed.there IS NULL
  ORDER BY search.started_at DESC, search.id DESC LIMIT $7`;

interface Row {
  id: string;
  at: Date;
  session: string;
  user_name: string;
  status: SearchWithoutCall['status'];
  error: string | null;
  /** As a model wrote them. */
  queries: unknown;
  found: unknown;
}

const Queries = z.array(z.looseObject({ use_case: z.string() })).catch([]);
const Found = z.array(z.array(z.string()).catch([])).catch([]);

/** What is on the record of searches. */
@Injectable()
export class SearchesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly consumer: RecordConsumer,
  ) {}

  async listWithoutCall(
    input: InputOf<typeof listSearchesWithoutCall>,
  ): Promise<OutputOf<typeof listSearchesWithoutCall>> {
    const { projectId, withinMs, from, to = Infinity, cursor, limit } = input;
    // A search that is younger may still be followed by a call.
    const last = new Date(Math.min(to, Date.now() - withinMs));
    const seen = cursor ? decodeCursor(Position, cursor) : { at: 'infinity', id: '' };
    if (!(await this.consumer.isCurrent(CURRENT_LIMIT_MS))) throw recordLags();
    const rows = await listWithinTime(
      this.dataSource,
      'by a shorter time',
      (manager) =>
        manager.query(WITHOUT_CALL, [
          projectId,
          new Date(from),
          last,
          seen.at,
          seen.id,
          withinMs,
          limit + 1,
        ]) as Promise<Row[]>,
    );
    const items = rows.slice(0, limit);
    const end = items.at(-1);
    return {
      items: items.map(toView),
      nextCursor: end && rows.length > limit ? encodeCursor({ at: end.at.toISOString(), id: end.id }) : null,
    };
  }
}

function toView({
  id,
  at,
  session,
  user_name: userId,
  status,
  error,
  queries,
  found,
}: Row): SearchWithoutCall {
  const slugs = Found.parse(found);
  return {
    logId: id,
    sessionId: session,
    userId,
    at: at.toISOString(),
    status: status === 'running' ? 'interrupted' : status,
    error,
    queries: Queries.parse(queries).map(({ use_case: useCase }, index) => ({
      useCase,
      primaryTools: slugs[index] ?? [],
    })),
  };
}

function recordLags(): AppError {
  return new AppError('unavailable', 'The record is behind what happens at the moment.', {
    suggestion: 'Ask again in a moment.',
  });
}
