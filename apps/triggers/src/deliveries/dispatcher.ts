import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Bulkhead, Drain, LOGGER, type Logger } from '@patchbay/service';
import type { TriggersConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { OutcomesWriter } from './outcomes.writer.js';
import { QueueLeases } from './queue.leases.js';
import { SubscriptionRunner, type RunnerParts } from './subscription.runner.js';
import { WebhookClient } from './webhook.client.js';

/** How often it is looked for what has become due, beside what is told. */
const LOOK_MS = 1_000;
const RENEW_MS = 4_000;
/** Leases that could not be renewed for so long may be another's: less than they last. */
const LOST_MS = 11_000;
const MAX_RUNNERS = 1_000;

type Limits = Pick<TriggersConfig, 'PATCHBAY_WEBHOOK_CONCURRENCY' | 'PATCHBAY_WEBHOOK_ENDPOINT_CONCURRENCY'>;

/** Sees to it that what is due is delivered: takes leases, runs them, and gives them back. */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap {
  private readonly runners = new Map<string, SubscriptionRunner>();
  private readonly runs = new Set<Promise<void>>();
  private readonly parts: RunnerParts;
  private looking: Promise<void> | undefined;
  private renewedAt = Date.now();
  private isStopped = false;

  constructor(
    private readonly leases: QueueLeases,
    client: WebhookClient,
    outcomes: OutcomesWriter,
    private readonly drain: Drain,
    @Inject(CONFIG) limits: Limits,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const ofOne = limits.PATCHBAY_WEBHOOK_ENDPOINT_CONCURRENCY;
    const places = new Bulkhead({ all: limits.PATCHBAY_WEBHOOK_CONCURRENCY, ofOne: 0 });
    this.parts = {
      leases,
      client,
      outcomes,
      logger,
      maxWindow: ofOne,
      enter: () => {
        const leave = places.enter('');
        return typeof leave === 'string' ? undefined : leave;
      },
    };
  }

  onApplicationBootstrap(): void {
    const looks = setInterval(() => void this.look(), LOOK_MS);
    const renewals = setInterval(() => void this.renew(), RENEW_MS);
    this.drain.onDrain(async () => {
      clearInterval(looks);
      clearInterval(renewals);
      await this.stop();
    });
  }

  /** Told that these have something due: at work already, or to be taken. */
  async wake(subscriptionIds: readonly string[]): Promise<void> {
    for (const id of subscriptionIds) this.runners.get(id)?.wake();
    const others = subscriptionIds.filter((id) => !this.runners.has(id));
    if (others.length > 0) await this.take(others);
  }

  private look(): Promise<void> {
    for (const runner of this.runners.values()) runner.wake();
    this.looking ??= this.take().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async take(ids?: readonly string[]): Promise<void> {
    const room = MAX_RUNNERS - this.runners.size;
    if (this.isStopped || room <= 0) return;
    try {
      for (const { id } of await this.leases.take(room, ids)) this.start(id);
    } catch (error) {
      this.logger.warn({ err: error }, 'it could not be looked for what is due; it will be again');
    }
  }

  private start(id: string): void {
    if (this.runners.has(id)) return;
    const runner = new SubscriptionRunner(id, this.parts);
    this.runners.set(id, runner);
    if (this.isStopped) runner.stop();
    const run = runner
      .run()
      .catch((error: unknown) => this.logger.error({ err: error, subscriptionId: id }, 'a queue broke off'))
      .then(() => this.end(id))
      .finally(() => this.runs.delete(run));
    this.runs.add(run);
  }

  private async end(id: string): Promise<void> {
    try {
      await this.leases.release([id]);
    } catch (error) {
      // It ends by itself.
      this.logger.debug({ err: error, subscriptionId: id }, 'a lease could not be given back');
    }
    const wasWoken = this.runners.get(id)?.wasWoken;
    this.runners.delete(id);
    // Something came while it ended.
    if (wasWoken) await this.take([id]);
  }

  private async renew(): Promise<void> {
    const ids = [...this.runners.keys()];
    try {
      const ours = await this.leases.renew(ids);
      this.renewedAt = Date.now();
      for (const id of ids) if (!ours.has(id)) this.runners.get(id)?.stop();
    } catch (error) {
      this.logger.warn({ err: error }, 'the leases could not be renewed');
      if (Date.now() - this.renewedAt > LOST_MS) for (const runner of this.runners.values()) runner.stop();
    }
  }

  /** What is on its way ends; what waits is left to others. */
  private async stop(): Promise<void> {
    this.isStopped = true;
    for (const runner of this.runners.values()) runner.stop();
    await Promise.allSettled(this.runs);
  }
}
