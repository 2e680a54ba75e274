import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { inBackground } from './context.js';
import type { Logger } from './logger.js';

/** Periodic work, one run at a time. A stop waits for the current run. */
export abstract class Sweep implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;
  protected abstract readonly logger: Logger;

  protected constructor(
    /** What it does, for the log: "the sweep for old files". */
    private readonly title: string,
    private readonly everyMs: number,
  ) {}

  /** One round of it. */
  protected abstract round(): Promise<void>;

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweeping ??= inBackground(this.everyMs, () => this.sweep()).finally(() => {
        this.sweeping = undefined;
      });
    }, this.everyMs);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** A round that fails is told to the log; the next one comes all the same. */
  async sweep(): Promise<void> {
    try {
      await this.round();
    } catch (error) {
      this.logger.warn({ err: error }, `${this.title} failed; it will run again`);
    }
  }
}
