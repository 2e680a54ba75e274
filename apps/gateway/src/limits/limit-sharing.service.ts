import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { limitsSpent, MAX_SPENT_ENTRIES, type SignalOf } from '@patchbay/contracts';
import { Bus, NatsClient } from '@patchbay/service';
import { RateLimits } from './rate-limits.service.js';

/**
 * How often a replica shares its counts. All replicas together let through the limit, and at most what reaches the
 * others within this time: at ten times the limit that is about 4 % more.
 */
const INTERVAL_MS = 250;

/**
 * Lets the replicas share their limits without asking one another: each sends its counts, and adds those of the others.
 * Without NATS each counts alone.
 */
@Injectable()
export class LimitSharing implements OnModuleInit, OnModuleDestroy {
  private readonly self = randomUUID();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly limits: RateLimits,
    private readonly bus: Bus,
    private readonly nats: NatsClient,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => this.share(), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  share(): void {
    // Unshared counts are sent when NATS is back, if their window has not ended by then.
    if (!this.nats.connected) return;
    const { window, spent } = this.limits.takeUnshared(MAX_SPENT_ENTRIES);
    if (spent.length === 0) return;
    this.bus.signal(limitsSpent, {
      from: this.self,
      windowSeconds: this.limits.windowMs / 1_000,
      window,
      spent: spent.map(({ name, bucket, points }): [string, string, number] => [name, bucket, points]),
    });
  }

  async onSpent({ from, windowSeconds, window, spent }: SignalOf<typeof limitsSpent>): Promise<void> {
    if (from === this.self || windowSeconds * 1_000 !== this.limits.windowMs) return;
    await this.limits.addFromReplica(window, spent);
  }
}
