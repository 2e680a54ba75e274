import { ErrorBody, readJson } from '@patchbay/contracts';
import { currentContext } from '@patchbay/service';
import { z } from 'zod';
import type { Repeat } from './repeat.js';

/** Whoever makes a request says so again and again: one who is silent for this long was killed. */
const LEASE_MS = 6_000;

/** What is kept of a request: who makes it until when, then how it ended. */
const State = z.object({
  fingerprint: z.string(),
  /** Epoch milliseconds until which somebody is at work on it, unless they say so anew by then. */
  until: z.number(),
  ended: z
    .object({
      at: z.number(),
      /** The caller had gone before it was answered. */
      lost: z.boolean(),
      data: z.unknown().optional(),
      error: ErrorBody.optional(),
      /** Nothing was done: the same request may be made anew. */
      released: z.boolean().default(false),
      /** The answer was too large to be kept. */
      dropped: z.boolean().default(false),
    })
    .optional(),
});
export type State = z.output<typeof State>;
export type Ended = NonNullable<State['ended']>;

export function newState({ fingerprint }: Repeat): State {
  return { fingerprint, until: leaseEnd() };
}

/** Nobody works past their deadline. */
export function leaseEnd(): number {
  const now = Date.now();
  return Math.min(currentContext()?.deadline ?? now, now + LEASE_MS);
}

export function read(body: string): State | undefined {
  const parsed = State.safeParse(readJson(body));
  return parsed.success ? parsed.data : undefined;
}
