import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { beforeScrape, gauge, LOGGER, type Logger } from '@patchbay/service';
import type { TriggersConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { LeasesStore } from './leases.store.js';
import { PollService } from './poll.service.js';

/** How soon after it is due an instance is found, at most. */
const LOOK_MS = 500;
/** While a project that has all of its places may have more that is due. */
const LOOK_AGAIN_MS = 50;
const AGAIN_MS = 2_000;
/** Of the places one project may have this part, so that one whose provider hangs leaves the others theirs. */
const SHARE = 0.5;
const BATCH = 100;
/** What is under way at a stop has this long: less than a service has. */
const STOP_MS = 8_000;

const late = gauge({
  name: 'patchbay_trigger_instances_late',
  help: 'Instances that are enabled and were not polled for three of their intervals.',
  labelNames: [],
});
const underWay = gauge({
  name: 'patchbay_trigger_polls_under_way',
  help: 'Polls under way in this process.',
  labelNames: [],
});

/** Polls what is due, in as many places as there are; any number of replicas do so side by side. */
@Injectable()
export class Poller implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly held = new Map<string, number>();
  private readonly polls = new Set<Promise<void>>();
  private running: Promise<void> = Promise.resolve();
  private probe: { forget(): void } | undefined;
  /** Ends a wait for a place. */
  private onPlace: (() => void) | undefined;

  constructor(
    private readonly leases: LeasesStore,
    private readonly service: PollService,
    @Inject(CONFIG) private readonly config: Pick<TriggersConfig, 'PATCHBAY_TRIGGER_POLLS'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
    this.probe = beforeScrape(async () => {
      underWay.set(this.polls.size);
      const count = await this.leases.countLate();
      if (count !== undefined) late.set(count);
    });
  }

  /** What is under way is waited for; what hangs is another replica's when its lease ends. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    this.onPlace?.();
    this.probe?.forget();
    await this.running;
    await Promise.race([Promise.all(this.polls), delay(STOP_MS, undefined, { ref: false })]);
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.rest(await this.fill());
      } catch (error) {
        this.logger.warn({ err: error }, 'due trigger instances could not be taken; it will be tried again');
        await this.rest(AGAIN_MS);
      }
    }
  }

  /** @returns for how long there is nothing to look for */
  private async fill(): Promise<number> {
    const { PATCHBAY_TRIGGER_POLLS: places } = this.config;
    const free = places - this.polls.size;
    if (free === 0) {
      await new Promise<void>((resolve) => (this.onPlace = resolve));
      return 0;
    }
    const wanted = Math.min(free, BATCH);
    const share = Math.max(1, Math.ceil(places * SHARE));
    const leases = await this.leases.claim(wanted, share, this.held);
    for (const lease of leases) this.begin(lease.projectId, this.service.poll(lease));
    if (leases.length === wanted) return 0;
    const isLimited = [...this.held.values()].some((count) => count >= share);
    return isLimited ? LOOK_AGAIN_MS : LOOK_MS * (0.75 + Math.random() * 0.5);
  }

  private begin(projectId: string, poll: Promise<void>): void {
    this.held.set(projectId, (this.held.get(projectId) ?? 0) + 1);
    const ended = poll.finally(() => {
      const left = (this.held.get(projectId) ?? 1) - 1;
      if (left > 0) this.held.set(projectId, left);
      else this.held.delete(projectId);
      this.polls.delete(ended);
      this.onPlace?.();
    });
    this.polls.add(ended);
  }

  private async rest(ms: number): Promise<void> {
    if (ms === 0) return;
    await delay(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
