import { Inject, Injectable } from '@nestjs/common';
import { pollTrigger, type OutputOf } from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { Bus, histogram, inBackground, LOGGER, type Logger } from '@patchbay/service';
import type { EntityManager } from 'typeorm';
import type { TriggersConfig } from '../config.js';
import { EventsService, type ProviderEvent } from '../events/index.js';
import { InstanceStates, TriggerInstance } from '../registrations/index.js';
import { CONFIG } from '../settings.module.js';
import { LeaseLost, LeasesStore, POLL_LIMIT_MS, type Lease } from './leases.store.js';
import { PlanBatches } from './plan.batches.js';
import { afterFailure, afterSuccess, failureOf, type Failure, type PollPlan } from './poll-plan.js';

const durations = histogram({
  name: 'patchbay_trigger_poll_duration_seconds',
  help: 'Polls of trigger instances, until what they found was stored.',
  labelNames: ['toolkit', 'outcome'],
});

const EVENTS_A_POLL = 100;

/** Polls one instance that is held, and keeps what was found together with where it stands. */
@Injectable()
export class PollService {
  constructor(
    private readonly batches: PlanBatches,
    private readonly bus: Bus,
    private readonly events: EventsService,
    private readonly leases: LeasesStore,
    private readonly states: InstanceStates,
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Pick<TriggersConfig, 'PATCHBAY_TRIGGER_FAILURES'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Never throws: an instance whose result could not be kept is due again when its lease ends. */
  async poll(lease: Lease): Promise<void> {
    const stopTimer = durations.startTimer();
    const { toolkit } = lease;
    try {
      const outcome = await inBackground(POLL_LIMIT_MS, () => this.pollHeld(lease));
      stopTimer({ toolkit, outcome });
    } catch (error) {
      stopTimer({ toolkit, outcome: error instanceof LeaseLost ? 'lost' : 'error' });
      const about = { err: error, triggerId: lease.id };
      if (!(error instanceof LeaseLost)) this.logger.warn(about, 'what a poll found could not be stored');
    }
  }

  private async pollHeld(lease: Lease): Promise<string> {
    let found: OutputOf<typeof pollTrigger>;
    try {
      found = await this.ask(lease);
    } catch (error) {
      const failure = failureOf(error);
      await this.keepFailure(lease, failure, error);
      return failure.kind;
    }
    const plan = afterSuccess(lease, found, Date.now());
    const events = found.events.map(toProviderEvent);
    // Where it begins is found out by the first poll: what was there before is no news.
    if (events.length === 0 || lease.cursor === null) await this.batches.add(lease, plan);
    else await this.keepEvents(lease, plan, events);
    return 'ok';
  }

  private ask({ id, projectId, userId, connectionId, triggerSlug, config, cursor }: Lease) {
    const whose = { projectId, userId, connectionId, slug: triggerSlug, triggerId: id };
    return this.bus.request(pollTrigger, { ...whose, config, cursor, limit: EVENTS_A_POLL });
  }

  private async keepEvents(lease: Lease, plan: PollPlan, events: ProviderEvent[]): Promise<void> {
    await this.whileHeld(lease, async (manager) => {
      const { toolkit: toolkitSlug, ...instance } = lease;
      const { accepted } = await this.events.accept({
        instance: { ...instance, toolkitSlug },
        events,
        manager,
      });
      if (accepted.length > 0) await this.leases.noteEvent(manager, lease.id);
      await this.leases.keep([{ lease, plan }], manager);
    });
  }

  private async keepFailure(lease: Lease, failure: Failure, error: unknown): Promise<void> {
    const plan = afterFailure(lease, failure, error, Date.now());
    if (failure.kind === 'limited') await this.leases.holdBack(lease, plan.nextPollAt);
    const isTooMuch = plan.failures >= this.config.PATCHBAY_TRIGGER_FAILURES;
    const reason =
      failure.kind === 'account' ? 'connection_expired' : isTooMuch ? 'unhealthy_polling' : undefined;
    if (!reason) return this.batches.add(lease, plan);
    await this.whileHeld(lease, async (manager) => {
      await this.leases.keep([{ lease, plan }], manager);
      const row = await manager.findOneByOrFail(TriggerInstance, { id: lease.id });
      await this.states.disable(manager, [row], reason);
    });
  }

  private whileHeld(lease: Lease, work: (manager: EntityManager) => Promise<void>): Promise<void> {
    return this.transactions.run(async (manager) => {
      await this.leases.requireHeld(manager, lease);
      await work(manager);
    });
  }
}

function toProviderEvent({ id, at, payload }: OutputOf<typeof pollTrigger>['events'][number]): ProviderEvent {
  return { providerEventId: id, at: at === null ? new Date() : new Date(at), payload };
}
