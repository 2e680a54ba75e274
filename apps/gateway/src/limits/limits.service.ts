import { Inject, Injectable } from '@nestjs/common';
import { refusals } from '@patchbay/service';
import { CONFIG } from '../tokens.js';
import { LimitReached } from './limit-reached.js';
import { LIMIT_NAMES, LIMITS, type LimitName, type LimitSettings } from './limits.table.js';
import { WindowCounter, type Standing } from './window.counter.js';

/** What was counted here and not yet told to the other replicas. */
export interface Unshared {
  name: LimitName;
  place: string;
  points: number;
}

/** How much may come in. Counts in memory: no request waits for another process because of it. */
@Injectable()
export class Limits {
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
  async spend(name: LimitName, key: string, points = 1): Promise<Standing | undefined> {
    const counting = this.counters.get(name);
    if (!counting) return undefined;
    const place = counting.placeOf(key);
    const standing = await counting.add(place, points);
    // What was refused is told as well, up to a window's worth: a replica more would add nothing to that.
    if (standing.used - points <= counting.most) this.share({ name, place, points });
    if (standing.used <= counting.most) return standing;
    refusals.inc({ limit: name });
    throw new LimitReached(standing);
  }

  /** How a key stands, without counting. */
  async look(name: LimitName, key: string): Promise<Standing | undefined> {
    const counting = this.counters.get(name);
    return counting?.look(counting.placeOf(key));
  }

  /** Takes what the others are to be told, most urgent first: what is nearest to its limit. */
  takeUnshared(most: number): { window: number; spent: Unshared[] } {
    this.turn();
    const urgency = ({ name, points }: Unshared) => points / (this.counters.get(name)?.most ?? 1);
    const all = [...this.unshared.entries()];
    const chosen =
      all.length > most ? all.toSorted(([, a], [, b]) => urgency(b) - urgency(a)).slice(0, most) : all;
    for (const [key] of chosen) this.unshared.delete(key);
    return { window: this.window, spent: chosen.map(([, one]) => one) };
  }

  /** Adds what another replica counted in the window that is now. */
  async addFromElsewhere(
    window: number,
    spent: readonly (readonly [string, string, number])[],
  ): Promise<void> {
    if (window !== WindowCounter.windowAt(Date.now(), this.windowMs)) return;
    for (const [name, place, points] of spent) {
      const counting = this.counters.get(name);
      await counting?.add(counting.placeOf(place), points);
    }
  }

  private share({ name, place, points }: Unshared): void {
    this.turn();
    const key = `${name} ${place}`;
    const waiting = this.unshared.get(key);
    if (waiting) waiting.points += points;
    else this.unshared.set(key, { name, place, points });
  }

  /** What was counted in a window that is over concerns nobody. */
  private turn(): void {
    const window = WindowCounter.windowAt(Date.now(), this.windowMs);
    if (window === this.window) return;
    this.window = window;
    this.unshared.clear();
  }
}
