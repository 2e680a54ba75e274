import { AppError, idSchema, Moment, type UsageEntity, type UsageGroup } from '@patchbay/contracts';
import { z } from 'zod';
import { bodyLimit } from '../http/index.js';

/*
 * Usage on the wire (docs/api/logs.md#usage). A filter that is not known here is refused by name, as without it more
 * would be counted than was asked for.
 */

const DAY_MS = 24 * 3_600_000;
const DEFAULT_DAYS = 30;
const MAX_GROUPS = 1000;

interface Counted {
  entity: UsageEntity;
  unit: string;
  /** The first one is what it is grouped by without a word. */
  groups: Record<string, UsageGroup>;
}
/** What is counted, by its name on the wire. */
export const COUNTED: Record<string, Counted> = {
  tool_calls: {
    entity: 'toolCalls',
    unit: 'calls',
    groups: {
      tool_slug: 'tool',
      toolkit_slug: 'toolkit',
      user_id: 'user',
      session_id: 'session',
      day: 'day',
    },
  },
  sessions: { entity: 'sessions', unit: 'sessions', groups: { user_id: 'user', day: 'day' } },
};

const time = Moment.optional();
const ids = (id: z.ZodString = z.string()) => z.array(id).max(100).nullish();
const ownFilters = { user_id: ids(), session_id: ids() };
const filtersOfAll = { ...ownFilters, project_id: ids(idSchema('project')) };
const summary = { from: time, to: time, entity_types: z.array(z.string()).optional() };
const breakdown = {
  from: time,
  to: time,
  group_by: z.string().optional(),
  order_by: z.enum(['total_quantity', 'event_count', 'key']).optional(),
  order_direction: z.enum(['asc', 'desc']).optional(),
  limit: bodyLimit(MAX_GROUPS, 100),
};

export const SummaryBody = z.strictObject({ ...summary, filters: z.strictObject(ownFilters).optional() });
export const SummaryOfAllBody = z.strictObject({
  ...summary,
  filters: z.strictObject(filtersOfAll).optional(),
});
export type SummaryBody = z.output<typeof SummaryOfAllBody>;
export const BreakdownBody = z.strictObject({ ...breakdown, filters: z.strictObject(ownFilters).optional() });
export const BreakdownOfAllBody = z.strictObject({
  ...breakdown,
  filters: z.strictObject(filtersOfAll).optional(),
});
export type BreakdownBody = z.output<typeof BreakdownOfAllBody>;

/** When, and whose. */
export function readRange({ from, to = Date.now(), filters }: Pick<SummaryBody, 'from' | 'to' | 'filters'>) {
  return {
    from: from ?? Math.max(0, to - DEFAULT_DAYS * DAY_MS),
    to,
    projectIds: filters?.project_id ?? undefined,
    userIds: filters?.user_id ?? undefined,
    sessionIds: filters?.session_id ?? undefined,
  };
}

export function countedAs(entityType: string): Counted {
  const counted = Object.hasOwn(COUNTED, entityType) ? COUNTED[entityType] : undefined;
  if (counted) return counted;
  throw new AppError('not_found', `Nothing is counted as ${entityType}.`, {
    suggestion: `Ask for ${Object.keys(COUNTED).join(' or ')}.`,
  });
}

/** @param ofAll of all projects, so it may be grouped by them too */
export function readBreakdown({ groups }: Counted, body: BreakdownBody, ofAll: boolean) {
  const { group_by: name, order_by: orderBy, order_direction: direction, limit, filters } = body;
  const known = new Map(Object.entries(groups));
  if (ofAll) known.set('project_id', 'project');
  if (!filters?.session_id) known.delete('session_id');
  const groupBy = name === undefined ? [...known.values()][0] : known.get(name);
  if (!groupBy) {
    const issue =
      name === 'session_id' && Object.hasOwn(groups, name)
        ? 'group_by: session_id needs filters.session_id'
        : `group_by: must be one of ${[...known.keys()].join(', ')}`;
    throw new AppError('invalid_request', `Invalid input: ${issue}`, { issues: [issue] });
  }
  return {
    groupBy,
    orderBy: orderBy === 'key' ? ('key' as const) : ('count' as const),
    direction,
    limit,
  };
}
