import { Inject, Injectable } from '@nestjs/common';
import { getTriggerType } from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { Bus, counter, LOGGER, runWithDeadline, Sweep, type Logger } from '@patchbay/service';
import { DataSource } from 'typeorm';
import { columns } from './columns.js';
import { HOOK_LEASE_SECONDS, HooksStore } from './hooks.store.js';
import { InstanceStates } from './instance-states.service.js';
import { isFinal, RegistrationsService } from './registrations.service.js';
import type { TriggerHook } from './trigger-hook.entity.js';
import { TriggerInstance } from './trigger-instance.entity.js';

const EVERY_MS = 5_000;
const BATCH = 20;
/** Ends before the lease does: no hook is worked on by two. */
const LIMIT_MS = (HOOK_LEASE_SECONDS - 10) * 1_000;
const MOST_TRIES = 8;
const FIRST_DELAY_MS = 30_000;
const MAX_DELAY_MS = 3_600_000;

const worked = counter({
  name: 'patchbay_trigger_hooks_total',
  help: 'What was done about hooks at providers in the background.',
  labelNames: ['work', 'outcome'],
});

/** Makes, renews and removes hooks at providers, whatever became of the request that wanted it. */
@Injectable()
export class RegistrationsSweep extends Sweep {
  constructor(
    private readonly bus: Bus,
    private readonly dataSource: DataSource,
    private readonly hooks: HooksStore,
    private readonly registrations: RegistrationsService,
    private readonly states: InstanceStates,
    private readonly transactions: Transactions,
    @Inject(LOGGER) protected readonly logger: Logger,
  ) {
    super('the sweep of hooks at providers', EVERY_MS);
  }

  protected async round(): Promise<void> {
    for (let claimed = BATCH; claimed === BATCH;) {
      const batch = await this.hooks.claim(BATCH);
      claimed = batch.length;
      await runWithDeadline(Date.now() + LIMIT_MS, () => Promise.all(batch.map((hook) => this.work(hook))));
    }
  }

  private async work(hook: TriggerHook): Promise<void> {
    const kind = hook.state;
    try {
      if (kind === 'removing') await this.remove(hook);
      else await this.keepUp(hook);
      worked.inc({ work: kind, outcome: 'done' });
    } catch (error) {
      worked.inc({ work: kind, outcome: 'failed' });
      this.logger.warn(
        { err: error, hookId: hook.id, triggerId: hook.instanceId, work: kind, tries: hook.tries },
        'a hook at a provider could not be seen to',
      );
      if (kind === 'removing') await this.removeLater(hook, error);
      else await this.keepUpLater(hook, error);
    }
  }

  private async remove(hook: TriggerHook): Promise<void> {
    await this.registrations.remove(hook);
    await this.hooks.forget(hook.id);
  }

  /** Best effort: what the provider will not have removed stays there, and what it sends is refused. */
  private async removeLater(hook: TriggerHook, error: unknown): Promise<void> {
    if (isFinal(error) || hook.tries >= MOST_TRIES) await this.hooks.forget(hook.id);
    else await this.hooks.later(hook.id, { nextTryAt: nextTry(hook) });
  }

  private async keepUp(hook: TriggerHook): Promise<void> {
    const instance = await this.instanceOf(hook);
    if (!instance) return this.hooks.later(hook.id, { state: 'removing', nextTryAt: new Date() });
    // Enabled again it gets another one, if this one has ended by then.
    if (instance.disabledAt) return this.hooks.later(hook.id, { nextTryAt: null, tries: 0 });
    const isOver = hook.expiresAt !== null && hook.expiresAt.getTime() <= Date.now();
    const { hook: data } =
      hook.state === 'active' && !isOver
        ? await this.registrations.renew(hook)
        : await this.registrations.register(hook);
    await this.dataSource
      .getRepository(TriggerInstance)
      .update({ id: instance.id }, columns<TriggerInstance>({ data, lastError: null }));
  }

  private async keepUpLater(hook: TriggerHook, error: unknown): Promise<void> {
    if (!isFinal(error) && hook.tries < MOST_TRIES) {
      return this.hooks.later(hook.id, { nextTryAt: nextTry(hook) });
    }
    const instance = await this.instanceOf(hook);
    if (!instance) return this.hooks.later(hook.id, { state: 'removing', nextTryAt: new Date(), tries: 0 });
    const canPoll = isFinal(error) && error.code === 'provider_refused' && (await this.canPoll(instance));
    await this.transactions.run(async (manager) => {
      if (canPoll) return this.states.pollInstead(manager, instance);
      const [row] = await this.states.disable(manager, [instance], 'webhook_refresh_failed');
      if (row) await manager.update(TriggerInstance, { id: row.id }, { lastError: messageOf(error) });
    });
  }

  private instanceOf({ instanceId }: TriggerHook): Promise<TriggerInstance | null> {
    return this.dataSource.getRepository(TriggerInstance).findOneBy({ id: instanceId });
  }

  private async canPoll({ projectId, triggerSlug }: TriggerInstance): Promise<boolean> {
    const { mechanisms } = await this.bus.request(getTriggerType, { projectId, slug: triggerSlug });
    return mechanisms.includes('poll');
  }
}

function nextTry({ tries }: TriggerHook): Date {
  const delay = Math.min(FIRST_DELAY_MS * 2 ** (tries - 1), MAX_DELAY_MS);
  return new Date(Date.now() + delay * (0.9 + Math.random() * 0.2));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 1_000) : 'It failed.';
}
