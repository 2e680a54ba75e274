import { setTimeout as delay } from 'node:timers/promises';

/** So much a second and no more, with a reserve for what comes at once: a token bucket. Whoever is over it waits. */
export class Pace {
  private left: number;
  private countedAt = performance.now();

  constructor(
    private readonly perSecond: number,
    private readonly reserve: number,
  ) {
    this.left = reserve;
  }

  async spend(amount: number): Promise<void> {
    const now = performance.now();
    this.left = Math.min(this.reserve, this.left + ((now - this.countedAt) / 1000) * this.perSecond) - amount;
    this.countedAt = now;
    if (this.left < 0) await delay((-this.left / this.perSecond) * 1000, undefined, { ref: false });
  }
}
