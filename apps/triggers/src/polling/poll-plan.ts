import { AppError, type ErrorCode, type TriggerCursor } from '@patchbay/contracts';

/** Of an instance that is held for polling. */
export interface PollState {
  /** When it was to be polled. */
  dueAt: Date;
  intervalSeconds: number;
  /** Its provider says when something changed. */
  isHinted: boolean;
  /** That is why it is polled now. */
  wasHinted: boolean;
  /** Polls that failed in a row before this one. */
  failures: number;
  cursor: TriggerCursor | null;
}

/** What is kept of an instance after a poll. */
export interface PollPlan {
  nextPollAt: Date;
  cursor: TriggerCursor | null;
  failures: number;
  lastError: string | null;
}

/** What a poll that failed means. */
export type Failure =
  /** Nothing of the instance's: a part of the platform is away. */
  | { kind: 'ours' }
  /** The provider wants to be asked later, with this account at all. */
  | { kind: 'limited'; waitSeconds: number }
  /** Its account is not ACTIVE. */
  | { kind: 'account' }
  | { kind: 'provider' };

/** How often that is polled of which the provider says when something changed: now and then it does not. */
export const HINTED_POLL_SECONDS = 900;

const JITTER = 0.05;
/** A provider that wants more than this is asked all the same, to learn what became of it. */
const MOST_WAIT_SECONDS = 86_400;
const USUAL_WAIT_SECONDS = 60;
const MOST_BACKOFF_SECONDS = 3_600;
const ERROR_CHARACTERS = 1_000;

const OURS: readonly ErrorCode[] = ['unavailable', 'internal'];
const OF_ACCOUNT: readonly ErrorCode[] = ['no_active_connection', 'connection_not_found'];

export function failureOf(error: unknown): Failure {
  if (!(error instanceof AppError) || OURS.includes(error.code)) return { kind: 'ours' };
  if (error.code === 'rate_limited') {
    return {
      kind: 'limited',
      waitSeconds: Math.min(error.retryAfter ?? USUAL_WAIT_SECONDS, MOST_WAIT_SECONDS),
    };
  }
  return { kind: OF_ACCOUNT.includes(error.code) ? 'account' : 'provider' };
}

/**
 * After one that worked: an interval after it was due, so that waiting for a place shifts nothing. After a hint it is looked
 * once more as soon as without one, as some of what a provider lists comes late.
 */
export function afterSuccess(
  { dueAt, intervalSeconds, isHinted, wasHinted }: PollState,
  { cursor, more }: { cursor: TriggerCursor; more: boolean },
  now: number,
): PollPlan {
  const seconds = isHinted && !wasHinted ? Math.max(intervalSeconds, HINTED_POLL_SECONDS) : intervalSeconds;
  const next = dueAt.getTime() + jittered(seconds) * 1_000;
  // What was missed while nobody polled is made up for by one poll, not by many.
  const nextPollAt = new Date(more ? now : Math.max(next, now + 1_000));
  return { nextPollAt, cursor, failures: 0, lastError: null };
}

/** After one that failed: later each time it fails again; where it was at the provider stays. */
export function afterFailure(
  { intervalSeconds, failures, cursor }: PollState,
  failure: Failure,
  error: unknown,
  now: number,
): PollPlan {
  const counted = failure.kind === 'provider' ? failures + 1 : failures;
  const wait = waitOf(failure, intervalSeconds, counted, error);
  // Never sooner than the provider wants.
  const seconds = failure.kind === 'limited' ? wait * (1 + Math.random() * JITTER) : jittered(wait);
  return {
    nextPollAt: new Date(now + seconds * 1_000),
    cursor,
    failures: counted,
    lastError: messageOf(error),
  };
}

/** Twice as long after each failure, to an hour; a provider that is down may say for how long. */
function waitOf(failure: Failure, intervalSeconds: number, counted: number, error: unknown): number {
  if (failure.kind === 'limited') return failure.waitSeconds;
  if (failure.kind !== 'provider') return intervalSeconds;
  const backoff = Math.min(intervalSeconds * 2 ** (counted - 1), MOST_BACKOFF_SECONDS);
  const asked = error instanceof AppError ? Math.min(error.retryAfter ?? 0, MOST_WAIT_SECONDS) : 0;
  return Math.max(intervalSeconds, backoff, asked);
}

/** So that instances made together do not stay together. */
function jittered(seconds: number): number {
  return seconds * (1 - JITTER + Math.random() * 2 * JITTER);
}

function messageOf(error: unknown): string {
  if (!(error instanceof AppError)) return 'Something went wrong on our side.';
  return error.message.slice(0, ERROR_CHARACTERS).toWellFormed().replaceAll('\0', '');
}
