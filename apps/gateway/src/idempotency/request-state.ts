import { ErrorBody, readJson } from '@patchbay/contracts';
import { currentContext } from '@patchbay/service';
import { z } from 'zod';
import type { IdempotentRequest } from './idempotent-request.js';

/** The replica that executes a request renews its lease; one that does not for this long was killed. */
const LEASE_MS = 6_000;
/** A request may end a little after its deadline. */
export const LEASE_SLACK_MS = 2_000;
/** A client that saw its connection end retries within its longest pause, which is eight seconds. */
export const GRACE_MS = 10_000;

/** What is stored of a request: the lease of the replica that executes it, then its outcome. */
const RequestState = z.object({
  fingerprint: z.string(),
  /** The lease's end in epoch milliseconds. */
  until: z.number(),
  /** The replica that executes it, and since when in epoch milliseconds; only of attempts without a key. */
  replica: z.string().optional(),
  begun: z.number().optional(),
  ended: z
    .object({
      at: z.number(),
      /** The caller had gone before it was answered. */
      lost: z.boolean(),
      data: z.unknown().optional(),
      error: ErrorBody.optional(),
      /** Nothing was done: a retry is executed. */
      released: z.boolean().default(false),
      /** The answer was too large to be stored. */
      dropped: z.boolean().default(false),
    })
    .optional(),
});
export type RequestState = z.output<typeof RequestState>;
export type Outcome = NonNullable<RequestState['ended']>;

export function newState({ fingerprint }: IdempotentRequest): RequestState {
  return { fingerprint, until: leaseEnd() };
}

/** @param isCallerGone whether the caller had left before it could be answered */
export function outcome(came: Partial<Outcome>, isCallerGone: boolean): Outcome {
  return { released: false, dropped: false, ...came, at: Date.now(), lost: isCallerGone };
}

/** No replica works past the request's deadline. */
export function leaseEnd(): number {
  const now = Date.now();
  return Math.min(currentContext()?.deadline ?? now, now + LEASE_MS);
}

export function readState(body: string): RequestState | undefined {
  const parsed = RequestState.safeParse(readJson(body));
  return parsed.success ? parsed.data : undefined;
}
