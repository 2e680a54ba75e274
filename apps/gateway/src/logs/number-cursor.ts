import type { CallRecord } from '@patchbay/contracts';
import { z } from 'zod';

/** Calls of one millisecond that a cursor can tell apart. */
const SEEN = 1_000;

/** Where a page begins: at the calls that began then or earlier, without the first `seen` of that very moment. */
export interface Before {
  at: number;
  seen: number;
}

export const ExecutionCursor = z.int();

/** Older clients know a cursor as a number; 0 and null are the beginning. */
export function readCursor(cursor: number | null): Before | undefined {
  if (cursor === null || cursor <= 0) return undefined;
  return { at: Math.floor(cursor / SEEN), seen: cursor % SEEN };
}

/** @param calls all that were read for the page, newest first */
export function nextCursor(calls: readonly CallRecord[]): number | null {
  const last = calls.at(-1);
  if (!last) return null;
  const seen = calls.filter(({ startedAt }) => startedAt === last.startedAt).length;
  return Date.parse(last.startedAt) * SEEN + Math.min(seen, SEEN - 1);
}
