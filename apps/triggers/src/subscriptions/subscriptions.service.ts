import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  newId,
  pageOfList,
  untold,
  type createWebhookSubscription,
  type deleteWebhookSubscription,
  type getWebhookSubscription,
  type InputOf,
  type listWebhookSubscriptions,
  type OutputOf,
  type rotateWebhookSecret,
  type updateWebhookSubscription,
  type WebhookEventType,
  type WebhookSubscription as SubscriptionView,
  type WebhookVersion,
} from '@patchbay/contracts';
import { Transactions, violatedIndex } from '@patchbay/database';
import { fieldsGiven, OutboundClient } from '@patchbay/service';
import { newSecretToken } from '@patchbay/vault';
import type { EntityManager, Repository } from 'typeorm';
import { recordAct } from '../audit.js';
import { Vault } from '../vault/index.js';
import { WebhookSubscription } from './webhook-subscription.entity.js';
import { WEBHOOKS } from './webhook-purpose.js';

const SECRET_COLUMN = 'webhook_subscriptions.sealed_secret';

type Key = InputOf<typeof getWebhookSubscription>;

/** A project's subscription: where its events go, and the secret that signs them. */
@Injectable()
export class SubscriptionsService {
  constructor(
    @InjectRepository(WebhookSubscription) private readonly subscriptions: Repository<WebhookSubscription>,
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly http: OutboundClient,
  ) {}

  async create({
    projectId,
    url,
    version,
    enabledEvents,
  }: InputOf<typeof createWebhookSubscription>): Promise<SubscriptionView> {
    this.requireReachable(url);
    requireTold(version, enabledEvents);
    const id = newId('webhookSubscription');
    try {
      return await this.transactions.run(async (manager, emit) => {
        await manager.insert(WebhookSubscription, {
          id,
          projectId,
          url,
          version,
          enabledEvents: [...new Set(enabledEvents)],
          sealedSecret: this.sealed({ projectId, id }).text,
        });
        await recordAct(emit, {
          action: 'webhook_subscription.created',
          projectId,
          target: { type: 'webhook_subscription', id },
          changed: ['url', 'version', 'enabledEvents'],
        });
        return this.view(await find(manager, { projectId, id }));
      });
    } catch (error) {
      if (violatedIndex(error) === 'webhook_subscriptions_project') throw new SecondSubscription();
      throw error;
    }
  }

  async list({
    projectId,
    ...page
  }: InputOf<typeof listWebhookSubscriptions>): Promise<OutputOf<typeof listWebhookSubscriptions>> {
    const rows = await this.subscriptions.findBy({ projectId });
    return pageOfList(
      rows.map((row) => this.view(row)),
      page,
    );
  }

  async get(key: Key): Promise<SubscriptionView> {
    return this.view(await find(this.subscriptions.manager, key));
  }

  async update({
    projectId,
    id,
    changes,
  }: InputOf<typeof updateWebhookSubscription>): Promise<SubscriptionView> {
    if (changes.url) this.requireReachable(changes.url);
    return this.transactions.run(async (manager, emit) => {
      const row = await find(manager, { projectId, id }, { lock: true });
      requireTold(changes.version ?? row.version, changes.enabledEvents ?? row.enabledEvents);
      await manager.update(
        WebhookSubscription,
        { id },
        {
          ...changes,
          ...(changes.enabledEvents && { enabledEvents: [...new Set(changes.enabledEvents)] }),
          // It is another try: what was wrong with the old one says nothing.
          failingSince: null,
          stoppedAt: null,
          lastError: null,
          updatedAt: new Date(),
        },
      );
      await recordAct(emit, {
        action: 'webhook_subscription.updated',
        projectId,
        target: { type: 'webhook_subscription', id },
        changed: fieldsGiven(changes),
      });
      return this.view(await find(manager, { projectId, id }));
    });
  }

  async delete({
    projectId,
    id,
  }: InputOf<typeof deleteWebhookSubscription>): Promise<OutputOf<typeof deleteWebhookSubscription>> {
    return this.transactions.run(async (manager, emit) => {
      await find(manager, { projectId, id }, { lock: true });
      await manager.delete(WebhookSubscription, { id });
      await recordAct(emit, {
        action: 'webhook_subscription.deleted',
        projectId,
        target: { type: 'webhook_subscription', id },
      });
      return { id };
    });
  }

  async rotateSecret({
    projectId,
    id,
  }: InputOf<typeof rotateWebhookSecret>): Promise<OutputOf<typeof rotateWebhookSecret>> {
    return this.transactions.run(async (manager, emit) => {
      await find(manager, { projectId, id }, { lock: true });
      const { secret, text } = this.sealed({ projectId, id });
      await manager.update(WebhookSubscription, { id }, { sealedSecret: text, updatedAt: new Date() });
      await recordAct(emit, {
        action: 'webhook_subscription.secret_rotated',
        projectId,
        target: { type: 'webhook_subscription', id },
      });
      return { id, secret };
    });
  }

  /** The project is gone. */
  async deleteAllOf(projectId: string): Promise<void> {
    await this.subscriptions.delete({ projectId });
  }

  private sealed(owner: { projectId: string; id: string }): { secret: string; text: string } {
    const secret = newSecretToken('whsec_');
    return { secret, text: this.vault.seal(SECRET_COLUMN, owner, secret) };
  }

  /** @throws AppError `invalid_request` for an address that could never be delivered to */
  private requireReachable(url: string): void {
    const isPrivate = this.http.mayBePrivate(new URL(url), WEBHOOKS);
    if (!isPrivate && new URL(url).protocol !== 'https:') {
      throw new AppError('invalid_request', 'A webhook must have an https address.', {
        issues: ['webhook_url: must begin with https://'],
        suggestion:
          'Plain http is for hosts that the operator lists as host:port=webhooks in PATCHBAY_ALLOWED_PRIVATE_HOSTS.',
      });
    }
  }

  private view(row: WebhookSubscription): SubscriptionView {
    return {
      id: row.id,
      url: row.url,
      version: row.version,
      enabledEvents: row.enabledEvents,
      secret: String(this.vault.open(SECRET_COLUMN, row, row.sealedSecret)),
      state: row.stoppedAt ? 'stopped' : row.failingSince ? 'failing' : 'active',
      failingSince: row.failingSince?.toISOString() ?? null,
      lastError: row.lastError,
      lastDeliveredAt: row.lastDeliveredAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  }
}

class SecondSubscription extends AppError {
  constructor() {
    super('conflict', 'The project has a webhook subscription already.', {
      suggestion: 'Change that one with PATCH /webhook_subscriptions/{id}, or delete it first.',
    });
  }
}

/** @throws AppError `not_found` */
async function find(
  manager: EntityManager,
  { projectId, id }: Key,
  { lock = false } = {},
): Promise<WebhookSubscription> {
  const row = await manager.findOne(WebhookSubscription, {
    where: { projectId, id },
    ...(lock && { lock: { mode: 'pessimistic_write' } }),
  });
  if (!row) throw new AppError('not_found', `There is no webhook subscription ${id}.`);
  return row;
}

function requireTold(version: WebhookVersion, events: readonly WebhookEventType[]): void {
  const missing = untold(version, events);
  if (missing.length === 0) return;
  throw new AppError('invalid_request', `Version ${version} has no form for ${missing.join(', ')}.`, {
    issues: [`enabled_events: ${missing.join(', ')} can only be told in V3`],
    suggestion:
      'Set version to V3, or leave these events out. GET /webhook_subscriptions/event_types has them all.',
  });
}
