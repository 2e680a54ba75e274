import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { SandboxSize } from '@patchbay/contracts';
import { beforeScrape, LOGGER, type Logger } from '@patchbay/service';
import type { AgentClient } from '../agent/index.js';
import type { WorkbenchConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { StatusService } from '../status/index.js';
import { sandboxes } from './sandbox.metrics.js';
import { SandboxStarter } from './sandbox.starter.js';

/** Sandboxes of the standard size that are started ahead of time, so that a session's first call need not wait. */
@Injectable()
export class WarmPool implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly ready = new Set<AgentClient>();
  private starting = 0;
  private stopped = false;

  constructor(
    private readonly starter: SandboxStarter,
    private readonly status: StatusService,
    @Inject(CONFIG) private readonly config: WorkbenchConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    beforeScrape(() => sandboxes.set({ state: 'warm' }, this.ready.size));
  }

  onApplicationBootstrap(): void {
    void this.refill();
  }

  /** @param mayBeWarm whether it may come from the pool, or has to be started now */
  async take(size: SandboxSize, mayBeWarm: boolean): Promise<AgentClient> {
    const [agent] = size === 'standard' && mayBeWarm ? [...this.ready].filter(({ isGone }) => !isGone) : [];
    if (!agent) return this.starter.start(size);
    this.ready.delete(agent);
    void this.refill();
    return agent;
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.ready].map((agent) => agent.sandbox.stop()));
  }

  private async refill(): Promise<void> {
    if ((await this.status.get()).reason !== null) return;
    while (!this.stopped && this.ready.size + this.starting < this.config.PATCHBAY_WORKBENCH_WARM) {
      this.starting += 1;
      try {
        this.keep(await this.starter.start('standard'));
      } catch (error) {
        // The next call starts its own, and tells its caller what is wrong.
        this.logger.warn({ err: error }, 'no sandbox could be started ahead of time');
        return;
      } finally {
        this.starting -= 1;
      }
    }
  }

  private keep(agent: AgentClient): void {
    if (this.stopped) return void agent.sandbox.stop();
    this.ready.add(agent);
    void agent.gone.then(() => this.ready.delete(agent));
  }
}
