/** Half of this part of a pause is added or taken away, so that what failed together does not come back together. */
const JITTER = 0.4;
/** An endpoint may ask for a longer pause (`Retry-After`), up to this. */
const MAX_ASKED_MS = 24 * 3_600_000;

/** When a delivery is tried again. */
export class RetrySchedule {
  /** @param pauses seconds after the first, second, … attempt */
  constructor(private readonly pauses: readonly number[]) {}

  /**
   * @param tries attempts so far, at least one
   * @param askedMs what the endpoint asked for
   * @returns milliseconds until the next; undefined when it is given up
   */
  pauseAfter(tries: number, askedMs = 0): number | undefined {
    const seconds = this.pauses[tries - 1];
    if (seconds === undefined) return undefined;
    const own = seconds * 1_000 * (1 + JITTER * (Math.random() - 0.5));
    return Math.round(Math.max(own, Math.min(askedMs, MAX_ASKED_MS)));
  }

  /** After so long it is over however few attempts there were, as behind a dead endpoint many wait for their turn. */
  get lifeSeconds(): number {
    return this.pauses.reduce((sum, pause) => sum + pause, 0) * (1 + JITTER / 2);
  }
}

/** `Retry-After` as milliseconds (RFC 9110, section 10.2.3); undefined for one that is no such. */
export function askedPause(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}
