import { z } from 'zod';
import { CallFinished, CallStarted } from './calls.contract.js';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { Moment } from './moment.js';
import { PageRequest } from './page.js';

/** `running` until its end is known; `interrupted` when the end never came. */
export const CallStatus = z.enum(['running', 'success', 'failed', 'interrupted']);
export type CallStatus = z.infer<typeof CallStatus>;

export const CallRecord = CallStarted.extend({
  status: CallStatus,
  finishedAt: z.string().nullable(),
  durationMs: z.number().nullable(),
  connectionId: CallFinished.shape.connectionId,
  authConfigId: CallFinished.shape.authConfigId,
  error: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).nullable(),
});
export type CallRecord = z.infer<typeof CallRecord>;

/** `text` looks through what a call was given, what it gave and its error. */
export const CALL_FILTER_FIELDS = [
  'toolSlug',
  'toolkit',
  'connectionId',
  'authConfigId',
  'status',
  'userId',
  'sessionId',
  'sandboxId',
  'requestId',
  'logId',
  'text',
] as const;

export const CallFilter = z.strictObject({
  field: z.enum(CALL_FILTER_FIELDS),
  operator: z.enum(['equals', 'notEquals', 'contains', 'notContains']),
  value: z.string(),
  /** No index serves it then. */
  ignoreCase: z.boolean().optional(),
});
export type CallFilter = z.infer<typeof CallFilter>;

/** With payloads a page holds no more, so that it fits into a message. */
export const MAX_CALLS_WITH_PAYLOADS = 50;

/** Newest first. `from` and `to` are epoch milliseconds. */
export const listCalls = defineRequest(
  'logs.calls.list',
  z
    .strictObject({
      projectId: idSchema('project'),
      /** A caller's twenty, and one of the door's own. */
      filters: z.array(CallFilter).max(21).default([]),
      from: Moment.optional(),
      to: Moment.optional(),
      /**
       * Only what began or ended after this moment, in epoch milliseconds. The answer waits until all that had
       * happened when it was asked for is on the record; `unavailable` when that takes too long.
       */
      changedSince: Moment.optional(),
      /** Without them, `arguments` is empty and `data` null: a list is read far more often than its payloads. */
      withPayloads: z.boolean().default(false),
      ...PageRequest,
    })
    .refine(({ limit, withPayloads }) => !withPayloads || limit <= MAX_CALLS_WITH_PAYLOADS, {
      path: ['limit'],
      message: `may be ${MAX_CALLS_WITH_PAYLOADS} with payloads`,
    }),
  z.object({ items: z.array(CallRecord), nextCursor: z.string().nullable() }),
);
export const getCall = defineRequest(
  'logs.calls.get',
  z.strictObject({ projectId: idSchema('project'), logId: idSchema('log') }),
  CallRecord,
);

/** A search that no call followed. */
export const SearchWithoutCall = z.object({
  logId: z.string(),
  sessionId: z.string(),
  userId: z.string(),
  at: z.string(),
  /** `failed` when for one of its sentences nothing was found. */
  status: CallStatus,
  error: z.string().nullable(),
  /** Its sentences and what was found for each; empty where the project keeps no payloads. */
  queries: z.array(z.object({ useCase: z.string(), primaryTools: z.array(z.string()) })),
});
export type SearchWithoutCall = z.infer<typeof SearchWithoutCall>;

/**
 * Searches of sessions after which no tool of an app was called in their session for so long, newest first. Those of the
 * last `withinMs` are not in it, as a call may still come. The answer waits until all is on the record that had
 * happened; `unavailable` when that takes too long.
 */
export const listSearchesWithoutCall = defineRequest(
  'logs.searches.listWithoutCall',
  z.strictObject({
    projectId: idSchema('project'),
    withinMs: z
      .int()
      .min(60_000)
      .max(24 * 3_600_000),
    /** Epoch milliseconds. */
    from: Moment,
    to: Moment.optional(),
    ...PageRequest,
    limit: z.int().min(1).max(100).default(20),
  }),
  z.object({ items: z.array(SearchWithoutCall), nextCursor: z.string().nullable() }),
);

/** One thing that happened in a session: a call, or a change of the session or of an account linked in it. */
export const TimelineEntry = z.object({
  at: z.string(),
  kind: z.enum([
    'created',
    'patched',
    'deleted',
    'linked',
    'connected',
    'account_changed',
    'searched',
    'called',
    'ran_code',
    'other',
  ]),
  /** A call's log id, else the event's. */
  id: z.string(),
  /** The event's subject; null for a call. */
  event: z.string().nullable(),
  userId: z.string().nullable(),
  requestId: z.string().nullable(),
  connectionId: z.string().nullable(),
  toolkit: z.string().nullable(),
  toolSlug: z.string().nullable(),
  status: z.string().nullable(),
  error: z.string().nullable(),
  durationMs: z.number().nullable(),
  parentId: z.string().nullable(),
  /** What the event says; null for a call, whose payloads its log holds. */
  detail: z.record(z.string(), z.unknown()).nullable(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** Everything that happened in a session, oldest first. A deleted session keeps its timeline. */
export const getTimeline = defineRequest(
  'logs.stories.get',
  z.strictObject({ projectId: idSchema('project'), sessionId: idSchema('session'), ...PageRequest }),
  z.object({ items: z.array(TimelineEntry), nextCursor: z.string().nullable() }),
);

/** What is counted: calls that have ended, and sessions that were made. */
export const UsageEntity = z.enum(['toolCalls', 'sessions']);
export type UsageEntity = z.infer<typeof UsageEntity>;
export const UsageGroup = z.enum(['project', 'user', 'session', 'toolkit', 'tool', 'day']);
export type UsageGroup = z.infer<typeof UsageGroup>;

/** By what each may be grouped. */
export const USAGE_GROUPS = {
  toolCalls: ['tool', 'toolkit', 'user', 'session', 'day', 'project'],
  sessions: ['user', 'day', 'project'],
} as const satisfies Record<UsageEntity, UsageGroup[]>;

const UsageTotals = z.object({
  count: z.int(),
  /** Of calls alone, as is their time. */
  failed: z.int().optional(),
  durationMs: z.number().optional(),
});
export type UsageTotals = z.infer<typeof UsageTotals>;
export type UsageGroupTotals = UsageTotals & { key: string };

const UsageIds = <T extends z.ZodType>(id: T) => z.array(id).max(100).optional();

/** The sum, and the largest groups of it. */
export const getUsage = defineRequest(
  'logs.usage.sum',
  z
    .strictObject({
      entity: UsageEntity,
      /** Without them: of all projects, for the organisation. */
      projectIds: UsageIds(idSchema('project')),
      userIds: UsageIds(z.string()),
      sessionIds: UsageIds(z.string()),
      /** Epoch milliseconds, `to` no longer in it; whole UTC days count. */
      from: Moment,
      to: Moment,
      groupBy: UsageGroup.optional(),
      orderBy: z.enum(['count', 'key']).default('count'),
      direction: z.enum(['asc', 'desc']).default('desc'),
      limit: z.int().min(1).max(1000).default(100),
    })
    .refine(({ entity, groupBy }) => !groupBy || (USAGE_GROUPS[entity] as UsageGroup[]).includes(groupBy), {
      path: ['groupBy'],
      message: 'is nothing that they could be grouped by',
    })
    .refine(({ groupBy, sessionIds }) => groupBy !== 'session' || sessionIds, {
      path: ['groupBy'],
      message: 'by session needs the sessions',
    }),
  z.object({ total: UsageTotals, groups: z.array(UsageTotals.extend({ key: z.string() })) }),
);

const CallSums = z.object({ calls: z.int(), failed: z.int(), durationMs: z.number() });
/** What they are not grouped by is null. */
export const UsageRow = CallSums.extend({
  projectId: z.string().nullable(),
  userId: z.string().nullable(),
  toolkit: z.string().nullable(),
  /** UTC, `2026-11-22`. */
  day: z.string().nullable(),
});
export type UsageRow = z.infer<typeof UsageRow>;

/**
 * Calls that have ended, by several things at once.
 * @deprecated The gateway of 0.2.0 asks so, while both versions run. It goes with the next release.
 */
export const getUsageRows = defineRequest(
  'logs.usage.get',
  z.strictObject({
    projectId: idSchema('project').optional(),
    /** Epoch milliseconds; whole UTC days count, the last one too. */
    from: Moment,
    to: Moment,
    groupBy: z
      .array(z.enum(['project', 'user', 'toolkit', 'day']))
      .max(4)
      .default([]),
    orderBy: z.enum(['calls', 'failed', 'durationMs', 'group']).default('group'),
    userId: z.string().optional(),
    toolkit: z.string().optional(),
    ...PageRequest,
  }),
  z.object({ items: z.array(UsageRow), total: CallSums, nextCursor: z.string().nullable() }),
);

/** An event that could not be kept, and why. */
export const RejectedEvent = z.object({
  id: z.string(),
  subject: z.string(),
  /** Its place in the stream. */
  sequence: z.number(),
  publishedAt: z.string(),
  rejectedAt: z.string(),
  reason: z.string(),
  body: z.string(),
});
export type RejectedEvent = z.infer<typeof RejectedEvent>;

/** Newest first, of all projects: whose an unreadable event is cannot be known. */
export const listRejectedEvents = defineRequest(
  'logs.rejectedEvents.list',
  z.strictObject({ ...PageRequest, limit: z.int().min(1).max(50).default(20) }),
  z.object({ items: z.array(RejectedEvent), total: z.int(), nextCursor: z.string().nullable() }),
);
