import { sessionCreated, type getUsage, type InputOf, type UsageGroup } from '@patchbay/contracts';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { Call } from '../calls/index.js';
import { RecordedEvent } from '../timeline/index.js';
import { SessionUsage, Usage, UsageByDay, UsageByTool } from './usage.entity.js';

/** A table that can answer what was used, as the alias `used`. */
export interface UsageSource {
  table: EntityTarget<ObjectLiteral>;
  /** What of it is counted, from `:first` on and before `:end`, both of them days. */
  where: string;
  columns: Partial<Record<UsageGroup, string>>;
  sums: { count: string; failed?: string; durationMs?: string };
}

const IN_DAYS = 'used.day >= :first AND used.day < :end';
const inTime = (column: string) =>
  `${column} >= :first::timestamp AT TIME ZONE 'UTC' AND ${column} < :end::timestamp AT TIME ZONE 'UTC'`;
const dayOf = (column: string) => `(${column} AT TIME ZONE 'UTC')::date::text`;

const SUMMED_CALLS = {
  count: 'sum(used.calls)',
  failed: 'sum(used.failed)',
  durationMs: 'sum(used.duration_ms)',
};
const OF_SUMMED = { project: 'used.project_id', toolkit: 'used.toolkit', day: 'used.day::text' };

const ofToolkits: UsageSource = {
  table: UsageByDay,
  where: IN_DAYS,
  columns: OF_SUMMED,
  sums: SUMMED_CALLS,
};
const ofTools: UsageSource = {
  table: UsageByTool,
  where: IN_DAYS,
  columns: { ...OF_SUMMED, tool: `coalesce(nullif(used.tool_slug, ''), 'unknown')` },
  sums: SUMMED_CALLS,
};
const ofUsers: UsageSource = {
  table: Usage,
  where: IN_DAYS,
  columns: { ...OF_SUMMED, user: 'used.user_id' },
  sums: SUMMED_CALLS,
};
/** The calls themselves, for what is in no sum: an index leads to those of a user and to those of a session. */
const ofCalls: UsageSource = {
  table: Call,
  where: `${inTime('used.started_at')} AND used.status <> 'running'`,
  columns: {
    project: 'used.project_id',
    user: 'used.user_id',
    session: 'used.session_id',
    toolkit: 'used.toolkit',
    tool: 'used.tool_slug',
    day: dayOf('used.started_at'),
  },
  sums: {
    count: 'count(*)',
    failed: `count(*) FILTER (WHERE used.status = 'failed')`,
    durationMs: 'sum(used.duration_ms)',
  },
};
const ofSessions: UsageSource = {
  table: SessionUsage,
  where: IN_DAYS,
  columns: { project: 'used.project_id', user: 'used.user_id', day: 'used.day::text' },
  sums: { count: 'sum(used.sessions)' },
};
const ofSessionEvents: UsageSource = {
  table: RecordedEvent,
  where: `${inTime('used.at')} AND used.subject = '${sessionCreated.subject}'`,
  columns: {
    project: 'used.project_id',
    user: 'used.user_id',
    session: 'used.session_id',
    day: dayOf('used.at'),
  },
  sums: { count: 'count(*)' },
};

/** The smallest table that knows what is asked for. */
export function sourceOf({
  entity,
  groupBy,
  userIds,
  sessionIds,
}: Pick<InputOf<typeof getUsage>, 'entity' | 'groupBy' | 'userIds' | 'sessionIds'>): UsageSource {
  if (entity === 'sessions') return sessionIds ? ofSessionEvents : ofSessions;
  if (sessionIds || (userIds && groupBy === 'tool')) return ofCalls;
  if (userIds || groupBy === 'user') return ofUsers;
  return groupBy === 'tool' ? ofTools : ofToolkits;
}
