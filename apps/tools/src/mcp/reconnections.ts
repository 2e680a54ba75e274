const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * When a stream that ended is opened again. The server may name the time (`retry`), and one that names none and
 * closes each stream at once would otherwise be asked without a pause: each time in a row waits twice as long.
 */
export class Reconnections {
  private pauseMs = FIRST_PAUSE_MS;
  private lastAt = 0;

  /** As the MCP client library's transport takes it. @returns what takes it back */
  readonly schedule = (reconnect: () => void, askedMs: number): (() => void) => {
    const now = Date.now();
    // What went well for so long has nothing to do with what came before.
    if (now - this.lastAt > 2 * LONGEST_PAUSE_MS) this.pauseMs = FIRST_PAUSE_MS;
    const wait = pauseFor(askedMs, this.pauseMs);
    this.lastAt = now + wait;
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    const timer = setTimeout(reconnect, wait).unref();
    return () => clearTimeout(timer);
  };
}

/** Within what is sane, whatever the server asks for: a timer with a time that is none fires at once. */
export function pauseFor(askedMs: number, leastMs: number): number {
  const asked = Number.isFinite(askedMs) ? askedMs : LONGEST_PAUSE_MS;
  return Math.min(Math.max(asked, leastMs), LONGEST_PAUSE_MS);
}
