import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/**
 * The first half of a stop: nothing new is taken, and what is under way is finished while everything that it
 * needs is still there. Only then is the service taken apart.
 */
@Injectable()
export class Drain {
  private begun = false;
  private readonly steps: ((limitMs: number) => Promise<void>)[] = [];

  get isDraining(): boolean {
    return this.begun;
  }

  /** @param step resolves when what it looks after is finished; it is told how long it is waited for */
  onDrain(step: (limitMs: number) => Promise<void>): void {
    this.steps.push(step);
  }

  /** Resolves when all is finished, or the time limit is reached. */
  async run(limitMs: number): Promise<void> {
    this.begun = true;
    const limit = new AbortController();
    await Promise.race([
      Promise.allSettled(this.steps.map((step) => step(limitMs))),
      delay(limitMs, undefined, { signal: limit.signal }).catch(() => undefined),
    ]);
    limit.abort();
  }
}
