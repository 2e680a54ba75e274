import { setTimeout as delay } from 'node:timers/promises';
import { gauge } from '../telemetry/metrics.js';

const handlersInFlight = gauge({
  name: 'patchbay_messages_in_flight',
  help: 'Messages of the bus that are being handled now.',
});

/** Counts the handlers in flight, so that a stop can wait for them. */
export class InFlight {
  private count = 0;
  private onIdle: (() => void) | undefined;

  enter(): void {
    this.count += 1;
    handlersInFlight.inc();
  }

  leave(): void {
    this.count -= 1;
    handlersInFlight.dec();
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
