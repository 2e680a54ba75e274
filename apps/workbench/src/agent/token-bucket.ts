import { setTimeout as delay } from 'node:timers/promises';

/** Limits a rate, with a burst that is allowed at once. A caller above it waits. */
export class TokenBucket {
  private left: number;
  private countedAt = performance.now();

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {
    this.left = burst;
  }

  async take(amount: number): Promise<void> {
    const now = performance.now();
    this.left = Math.min(this.burst, this.left + ((now - this.countedAt) / 1000) * this.perSecond) - amount;
    this.countedAt = now;
    if (this.left < 0) await delay((-this.left / this.perSecond) * 1000, undefined, { ref: false });
  }
}
