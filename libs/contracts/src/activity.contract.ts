import { z } from 'zod';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { Moment } from './moment.js';

const Latency = z.number().nullable();
/** Calls that have ended, and how long they took: `p95Ms` is what 95 of 100 did not exceed, to within a twentieth. */
export const CallFigures = z.object({
  calls: z.int(),
  failed: z.int(),
  p50Ms: Latency,
  p95Ms: Latency,
  p99Ms: Latency,
});
export type CallFigures = z.infer<typeof CallFigures>;

export const FailingAccount = z.object({
  connectionId: z.string(),
  toolkit: z.string(),
  userId: z.string(),
  failed: z.int(),
  lastFailedAt: z.string(),
});
export type FailingAccount = z.infer<typeof FailingAccount>;

/** What a project's calls did over time. `from` and `to` are epoch milliseconds. */
export const getActivity = defineRequest(
  'logs.activity.get',
  z
    .strictObject({ projectId: idSchema('project'), from: Moment, to: Moment })
    .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from' }),
  z.object({
    /** Of one point. */
    stepMs: z.int(),
    total: CallFigures,
    /** Those in which something was called, oldest first. */
    points: z.array(CallFigures.extend({ at: z.string() })),
    /** Of the latest thousand calls that failed, those by account. */
    failingAccounts: z.array(FailingAccount),
  }),
);
