import { createHash } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Keys with a bucket of their own in one window. Further ones share buckets, so that memory stays bounded. */
const MAX_KEYS = 50_000;
const SHARED_BUCKETS = 1_024;
/** As they travel between replicas; a user's id may be longer than that. */
const MAX_KEY_LENGTH = 100;

/** The state of one key in the window. */
export interface LimitState {
  most: number;
  used: number;
  /** Until the window ends, in milliseconds. */
  resetMs: number;
}

/**
 * Counts by key in fixed windows that begin at the same moments on every replica: what another one counted can be
 * added as it is.
 */
export class WindowCounter {
  private readonly memory: RateLimiterMemory;
  private readonly keys = new Set<string>();
  private window = 0;

  constructor(
    readonly most: number,
    readonly windowMs: number,
  ) {
    this.memory = new RateLimiterMemory({ points: most, duration: windowMs / 1_000 });
  }

  /** The number of the current window. */
  static windowAt(now: number, windowMs: number): number {
    return Math.floor(now / windowMs);
  }

  async add(bucket: string, points: number): Promise<LimitState> {
    const now = Date.now();
    const resetMs = (WindowCounter.windowAt(now, this.windowMs) + 1) * this.windowMs - now;
    // A count ends with the window and not a minute after it began.
    const { consumedPoints } = await this.memory.penalty(bucket, points, { customDuration: resetMs / 1_000 });
    return { most: this.most, used: consumedPoints, resetMs };
  }

  /** Without counting. */
  async peek(bucket: string): Promise<LimitState> {
    const now = Date.now();
    const resetMs = (WindowCounter.windowAt(now, this.windowMs) + 1) * this.windowMs - now;
    const found = await this.memory.get(bucket);
    // An expired count may be there until its timer runs.
    const used = found && found.msBeforeNext > 0 ? found.consumedPoints : 0;
    return { most: this.most, used, resetMs };
  }

  /** The bucket that a key is counted in: its own, or one shared with others when there are too many keys. */
  bucketOf(key: string): string {
    const window = WindowCounter.windowAt(Date.now(), this.windowMs);
    if (window !== this.window) {
      this.window = window;
      this.keys.clear();
    }
    const short = key.length > MAX_KEY_LENGTH ? digest(key).toString('base64url') : key;
    if (this.keys.has(short)) return short;
    if (this.keys.size >= MAX_KEYS) return `shared ${digest(short).readUInt32BE() % SHARED_BUCKETS}`;
    this.keys.add(short);
    return short;
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
