import { setTimeout as delay } from 'node:timers/promises';

/** Limits a rate, with a burst that is allowed at once. A caller above it waits. */
export class TokenBucket {
  private left: number;
  private countedAt = performance.now();

  /** @param perSecond Infinity for no limit */
  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {
    this.left = burst;
  }

  async take(amount: number): Promise<void> {
    if (this.perSecond === Infinity) return;
    const now = performance.now();
    const earned = ((now - this.countedAt) / 1_000) * this.perSecond;
    this.left = Math.min(this.burst, this.left + earned) - amount;
    this.countedAt = now;
    if (this.left < 0) await delay((-this.left / this.perSecond) * 1_000, undefined, { ref: false });
  }
}
