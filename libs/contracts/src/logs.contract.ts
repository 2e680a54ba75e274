import { z } from 'zod';
import { defineRequest } from './define.js';
import { CallStarted } from './calls.contract.js';
import { idSchema } from './ids.js';

/** `running` until its end is known; `interrupted` when the end never came. */
export const CallStatus = z.enum(['running', 'success', 'failed', 'interrupted']);
export type CallStatus = z.infer<typeof CallStatus>;

export const CallRecord = CallStarted.extend({
  status: CallStatus,
  finishedAt: z.string().nullable(),
  durationMs: z.number().nullable(),
  connectionId: z.string().nullable(),
  error: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).nullable(),
});
export type CallRecord = z.infer<typeof CallRecord>;

export const CALL_FILTER_FIELDS = [
  'toolSlug',
  'toolkit',
  'connectionId',
  'status',
  'userId',
  'sessionId',
  'requestId',
  'logId',
] as const;

export const CallFilter = z.strictObject({
  field: z.enum(CALL_FILTER_FIELDS),
  operator: z.enum(['equals', 'notEquals', 'contains', 'notContains']),
  value: z.string(),
});
export type CallFilter = z.infer<typeof CallFilter>;

/** Newest first. `from` and `to` are epoch milliseconds. */
export const listCalls = defineRequest(
  'logs.calls.list',
  z.strictObject({
    projectId: idSchema('project'),
    filters: z.array(CallFilter).max(20).default([]),
    from: z.number().optional(),
    to: z.number().optional(),
    limit: z.int().min(1).max(1000).default(20),
    cursor: z.string().max(512).optional(),
  }),
  z.object({ items: z.array(CallRecord), nextCursor: z.string().nullable() }),
);
export const getCall = defineRequest(
  'logs.calls.get',
  z.strictObject({ projectId: idSchema('project'), logId: idSchema('log') }),
  CallRecord,
);
