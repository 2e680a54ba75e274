import { OutboundError, type OutboundResponse } from '@patchbay/service';

/** Tries of one request, the first included. */
export const MAX_TRIES = 3;
const FIRST_WAIT_MS = 300;
/** A provider that asks for a longer wait is not waited for: the caller is told. */
const MAX_WAIT_MS = 15_000;

/** What a repeat of a request can do. `safe`: nothing new. `repeatable`: the same once more. `once`: it acts twice. */
export type RetrySafety = 'safe' | 'repeatable' | 'once';

/** RFC 9110, section 9.2; an idempotency key makes any request safe to repeat. */
export function retrySafety(method: string, isKeyed: boolean): RetrySafety {
  if (isKeyed || method === 'GET' || method === 'HEAD') return 'safe';
  return method === 'PUT' || method === 'DELETE' ? 'repeatable' : 'once';
}

/**
 * How long to wait before the request may be sent again, in milliseconds; undefined when it must not be, or
 * the provider asks for more patience than there is.
 */
export function retryDelayMs(
  outcome: OutboundResponse | OutboundError,
  repeat: RetrySafety,
  tries: number,
  remainingMs: number,
): number | undefined {
  if (tries >= MAX_TRIES || !mayRepeat(outcome, repeat)) return undefined;
  const asked = outcome instanceof OutboundError ? undefined : retryAfterMs(outcome);
  // Half of it by chance, so that those who were refused together do not come back together.
  const own = FIRST_WAIT_MS * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
  const wait = asked ?? own;
  return wait <= MAX_WAIT_MS && wait < remainingMs / 2 ? wait : undefined;
}

function mayRepeat(outcome: OutboundResponse | OutboundError, repeat: RetrySafety): boolean {
  if (outcome instanceof OutboundError) {
    return outcome.trouble === 'unreachable' || (outcome.trouble === 'lost' && repeat === 'safe');
  }
  if (repeat === 'safe') return [429, 500, 502, 503, 504].includes(outcome.status);
  // After another 5xx it may have been carried out, and a second DELETE would find nothing.
  return repeat === 'repeatable' && [429, 503].includes(outcome.status);
}

/**
 * `Retry-After` is a number of seconds or a date (RFC 9110, section 10.2.3). Where nothing is left of a limit, some say
 * only when there will be: `X-RateLimit-Reset`, in seconds since the epoch.
 */
export function retryAfterMs({ headers }: OutboundResponse): number | undefined {
  const given = headers['retry-after'];
  const { 'x-ratelimit-remaining': left, 'x-ratelimit-reset': reset } = headers;
  if (!given) {
    return left === '0' && /^\d{10}$/.test(reset ?? '')
      ? Math.max(Number(reset) * 1000 - Date.now(), 0)
      : undefined;
  }
  const wait = /^\d+(\.\d+)?$/.test(given.trim()) ? Number(given) * 1000 : Date.parse(given) - Date.now();
  return Number.isFinite(wait) ? Math.max(wait, 0) : undefined;
}
