import { Inject, Injectable } from '@nestjs/common';
import {
  AppError,
  checkTriggerConfig,
  getTriggerType,
  newId,
  type InputOf,
  type OutputOf,
  type setTriggerEnabled,
  type TriggerInstance as InstanceView,
  type TriggerType,
  type upsertTrigger,
} from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { Bus, fieldsGiven } from '@patchbay/service';
import type { EntityManager } from 'typeorm';
import { recordAct } from '../audit.js';
import type { TriggersConfig } from '../config.js';
import {
  columns,
  HooksStore,
  InstanceStates,
  TriggerInstance,
  type TriggerHook,
} from '../registrations/index.js';
import { CONFIG } from '../settings.module.js';
import { configHash } from './canonical-config.js';
import { InstanceListService } from './instance-list.service.js';
import { ofInstance, toInstance } from './instance.view.js';
import { TriggerAccounts, type TriggerAccount } from './trigger-accounts.service.js';
import { WebhookSetups } from './webhook-setups.service.js';

type Checked = OutputOf<typeof checkTriggerConfig>;
type Settings = Pick<
  TriggersConfig,
  'PATCHBAY_TRIGGER_INSTANCES' | 'PATCHBAY_TRIGGER_INTERVAL_FLOOR_SECONDS'
>;

/** Instances as developers make, switch and delete them. */
@Injectable()
export class InstancesService {
  constructor(
    private readonly accounts: TriggerAccounts,
    private readonly bus: Bus,
    private readonly hooks: HooksStore,
    private readonly lists: InstanceListService,
    private readonly setups: WebhookSetups,
    private readonly states: InstanceStates,
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Settings,
  ) {}

  async upsert(input: InputOf<typeof upsertTrigger>): Promise<OutputOf<typeof upsertTrigger>> {
    const { projectId, triggerSlug: slug, versions, config } = input;
    const checked = await this.bus.request(checkTriggerConfig, { projectId, slug, versions, config });
    requireServable(checked.type);
    const account = await this.accounts.choose(input, checked.type);
    const wanted = await this.wanted(projectId, checked, account);
    const made = await this.transactions.run(async (manager, emit) => {
      await this.requireRoom(manager, projectId);
      if (!(await insertNew(manager, wanted))) return undefined;
      await recordAct(emit, {
        action: 'trigger.created',
        ...ofInstance(wanted),
        changed: fieldsGiven(input),
      });
      return { hook: needsHook(wanted) ? await this.hooks.begin(manager, wanted, true) : undefined };
    });
    if (made) {
      await this.register(wanted, checked.type, made.hook, () => this.drop(wanted));
      return { instance: toInstance(wanted), created: true };
    }
    const row = await this.same(wanted);
    if (!row.disabledAt) return { instance: toInstance(row), created: false };
    return { instance: await this.enable(row, checked.type), created: false };
  }

  async setEnabled({ projectId, id, enabled }: InputOf<typeof setTriggerEnabled>): Promise<InstanceView> {
    const row = await this.lists.row(projectId, id);
    if (enabled === !row.disabledAt) return toInstance(row);
    if (enabled) {
      const { triggerSlug: slug, connectionId } = row;
      await this.accounts.requireActive(projectId, connectionId);
      const type = await this.bus.request(getTriggerType, { projectId, slug });
      requireServable(type);
      return this.enable(row, type);
    }
    await this.transactions.run(async (manager, emit) => {
      await this.states.disable(manager, [row], 'by_developer');
      await recordAct(emit, { action: 'trigger.disabled', ...ofInstance(row) });
    });
    return toInstance(row);
  }

  async delete(projectId: string, id: string): Promise<{ id: string }> {
    const row = await this.lists.row(projectId, id);
    await this.transactions.run(async (manager, emit) => {
      await this.states.remove(manager, [id]);
      await recordAct(emit, { action: 'trigger.deleted', ...ofInstance(row) });
    });
    return { id };
  }

  /** Of a type that has another way by now, or another app, it takes what it has now. */
  private async enable(row: TriggerInstance, type: TriggerType): Promise<InstanceView> {
    const { id: triggerId, projectId, userId, connectionId, authConfigId, config } = row;
    const whom = { triggerId, userId, connectionId, authConfigId, config };
    const setup = await this.setups.of(projectId, type, whom);
    const [hook] = await this.transactions.run(async (manager, emit) => {
      await manager.update(TriggerInstance, { id: row.id }, columns<TriggerInstance>(setup));
      Object.assign(row, setup);
      await recordAct(emit, { action: 'trigger.enabled', ...ofInstance(row) });
      return this.states.enable(manager, [row], true);
    });
    await this.register(row, type, hook, async () => {
      await this.transactions.run((manager) => this.states.disable(manager, [row], 'by_developer'));
    });
    return toInstance(row);
  }

  /** Asks the provider for its hook; an account that may make none is polled, where its type can be. */
  private async register(
    row: TriggerInstance,
    type: TriggerType,
    hook: TriggerHook | undefined,
    undo: () => Promise<void>,
  ): Promise<void> {
    if (!hook) return;
    try {
      await this.setups.register(row, hook);
    } catch (error) {
      if (
        !(error instanceof AppError && error.code === 'provider_refused' && type.mechanisms.includes('poll'))
      ) {
        await undo();
        throw error;
      }
      await this.transactions.run((manager) => this.states.pollInstead(manager, row));
    }
  }

  private async drop({ id }: TriggerInstance): Promise<void> {
    await this.transactions.run((manager) => this.states.remove(manager, [id]));
  }

  private async wanted(
    projectId: string,
    checked: Checked,
    account: TriggerAccount,
  ): Promise<TriggerInstance> {
    const { type, config, interval = 0 } = checked;
    const id = newId('triggerInstance');
    const setup = await this.setups.of(projectId, type, { ...account, config, triggerId: id });
    const now = new Date();
    return {
      id,
      projectId,
      ...account,
      toolkit: type.toolkit.slug,
      triggerSlug: type.slug,
      version: type.version,
      config,
      configSha256: configHash(config),
      ...setup,
      disabledAt: null,
      disabledReason: null,
      intervalSeconds: Math.round(
        Math.max(interval * 60, this.config.PATCHBAY_TRIGGER_INTERVAL_FLOOR_SECONDS),
      ),
      cursor: null,
      nextPollAt: setup.mechanism === 'poll' || setup.isHinted ? now : null,
      hintedAt: null,
      heldUntil: null,
      leaseToken: null,
      failures: 0,
      lastError: null,
      lastPolledAt: null,
      lastEventAt: null,
      enabledAt: now,
      createdAt: now,
      updatedAt: now,
    };
  }

  private async requireRoom(manager: EntityManager, projectId: string): Promise<void> {
    const most = this.config.PATCHBAY_TRIGGER_INSTANCES;
    if (most === 0 || (await manager.countBy(TriggerInstance, { projectId })) < most) return;
    throw new AppError('conflict', `The project has ${most} trigger instances, and may have no more.`, {
      suggestion: 'Delete some, or have the operator raise PATCHBAY_TRIGGER_INSTANCES.',
    });
  }

  private async same({ projectId, connectionId, triggerSlug, configSha256 }: TriggerInstance) {
    const row = await this.lists.same({ projectId, connectionId, triggerSlug, configSha256 });
    if (row) return row;
    throw new AppError('unavailable', 'The instance was deleted meanwhile.');
  }
}

/** A hook of its own: the events of an app's come by the app's endpoint. */
function needsHook({ mechanism, appClientId }: TriggerInstance): boolean {
  return mechanism === 'webhook' && appClientId === null;
}

/** @returns false when there is one of the same type, account and config */
async function insertNew(manager: EntityManager, row: TriggerInstance): Promise<boolean> {
  const { raw } = await manager
    .createQueryBuilder()
    .insert()
    .into(TriggerInstance)
    .values(columns<TriggerInstance>(row))
    .orIgnore()
    .returning('id')
    .execute();
  return (raw as unknown[]).length > 0;
}

function requireServable({ slug, servable }: TriggerType): void {
  if (servable) return;
  throw new AppError(
    'invalid_request',
    `${slug} comes by webhooks alone, and no provider reaches this installation.`,
    {
      suggestion: 'The operator sets PUBLIC_URL to a public https address (docs/triggers.md).',
    },
  );
}
