import { Inject, Injectable } from '@nestjs/common';
import { refusals } from '@patchbay/service';
import { CONFIG } from '../settings.module.js';
import { LimitReached } from './limit-reached.js';
import { LIMIT_NAMES, LIMITS, type LimitName, type LimitSettings } from './limits.table.js';
import { WindowCounter, type LimitState } from './window.counter.js';

/** What was counted here and not yet sent to the other replicas. */
export interface Unshared {
  name: LimitName;
  bucket: string;
  points: number;
}

/** Rate limits. Counts in memory: no request waits for another process because of it. */
@Injectable()
export class RateLimits {
  readonly windowMs: number;
  private readonly counters = new Map<string, WindowCounter>();
  private readonly unshared = new Map<string, Unshared>();
  private window = 0;

  constructor(@Inject(CONFIG) config: LimitSettings) {
    this.windowMs = config.PATCHBAY_LIMIT_WINDOW_SECONDS * 1_000;
    for (const name of LIMIT_NAMES) {
      const most = config[LIMITS[name].setting];
      if (most > 0) this.counters.set(name, new WindowCounter(most, this.windowMs));
    }
  }

  /**
   * @param key whom the limit counts: a project, one of its users, or an address
   * @returns undefined for a limit that is off
   * @throws LimitReached
   */
  async consume(name: LimitName, key: string, points = 1): Promise<LimitState | undefined> {
    const counter = this.counters.get(name);
    if (!counter) return undefined;
    const bucket = counter.bucketOf(key);
    const state = await counter.add(bucket, points);
    // What was refused is shared as well, up to one request over the limit: more would change nothing elsewhere.
    if (state.used - points <= counter.most) this.share({ name, bucket, points });
    if (state.used <= counter.most) return state;
    refusals.inc({ limit: name });
    throw new LimitReached(state);
  }

  /** The state of a key's limit, without counting. */
  async peek(name: LimitName, key: string): Promise<LimitState | undefined> {
    const counter = this.counters.get(name);
    return counter?.peek(counter.bucketOf(key));
  }

  /** Takes the counts to send to the others, those nearest to their limit first. */
  takeUnshared(most: number): { window: number; spent: Unshared[] } {
    this.startWindow();
    const urgency = ({ name, points }: Unshared) => points / (this.counters.get(name)?.most ?? 1);
    const all = [...this.unshared.entries()];
    const chosen =
      all.length > most ? all.toSorted(([, a], [, b]) => urgency(b) - urgency(a)).slice(0, most) : all;
    for (const [key] of chosen) this.unshared.delete(key);
    return { window: this.window, spent: chosen.map(([, one]) => one) };
  }

  /** Adds what another replica counted in the current window. */
  async addFromReplica(window: number, spent: readonly (readonly [string, string, number])[]): Promise<void> {
    if (window !== WindowCounter.windowAt(Date.now(), this.windowMs)) return;
    for (const [name, key, points] of spent) {
      const counter = this.counters.get(name);
      await counter?.add(counter.bucketOf(key), points);
    }
  }

  private share({ name, bucket, points }: Unshared): void {
    this.startWindow();
    const key = `${name} ${bucket}`;
    const waiting = this.unshared.get(key);
    if (waiting) waiting.points += points;
    else this.unshared.set(key, { name, bucket, points });
  }

  /** Counts of a past window are dropped. */
  private startWindow(): void {
    const window = WindowCounter.windowAt(Date.now(), this.windowMs);
    if (window === this.window) return;
    this.window = window;
    this.unshared.clear();
  }
}
