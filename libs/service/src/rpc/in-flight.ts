import { setTimeout as delay } from 'node:timers/promises';

/** Counts the handlers at work, so that a stop can wait for them. */
export class InFlight {
  private count = 0;
  private onIdle: (() => void) | undefined;

  enter(): void {
    this.count += 1;
  }

  leave(): void {
    this.count -= 1;
    if (this.count === 0) this.onIdle?.();
  }

  async untilIdle(limitMs: number): Promise<void> {
    if (this.count === 0) return;
    const limit = new AbortController();
    const idle = new Promise<void>((resolve) => (this.onIdle = resolve));
    await Promise.race([idle, delay(limitMs, undefined, { signal: limit.signal }).catch(() => undefined)]);
    limit.abort();
  }
}
