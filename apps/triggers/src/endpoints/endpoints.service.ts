import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  newId,
  type createWebhookEndpoint,
  type InputOf,
  type listWebhookEndpoints,
  type OutputOf,
  type setWebhookEndpointData,
  type WebhookEndpoint as EndpointView,
} from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import type { EntityManager, Repository } from 'typeorm';
import { recordAct } from '../audit.js';
import { Receivers } from '../receivers/index.js';
import { Vault } from '../vault/index.js';
import { maskedData, missingFields, requireFields, type EndpointSecrets } from './endpoint-data.js';
import { WebhookEndpoint } from './webhook-endpoint.entity.js';

const COLUMN = 'webhook_endpoints.sealed_data';

/** Where the OAuth apps of projects post to, and what their requests are verified by. */
@Injectable()
export class EndpointsService {
  constructor(
    @InjectRepository(WebhookEndpoint) private readonly endpoints: Repository<WebhookEndpoint>,
    private readonly receivers: Receivers,
    private readonly transactions: Transactions,
    private readonly vault: Vault,
  ) {}

  async create({
    projectId,
    toolkit,
    clientId,
  }: InputOf<typeof createWebhookEndpoint>): Promise<OutputOf<typeof createWebhookEndpoint>> {
    this.receivers.setupFields(toolkit);
    const now = new Date();
    const row = {
      id: newId('webhookEndpoint'),
      projectId,
      toolkit,
      clientId,
      sealedData: null,
      shakenAt: null,
      createdAt: now,
      updatedAt: now,
    };
    const created = await this.transactions.run(async (manager, emit) => {
      const { raw } = await manager
        .createQueryBuilder()
        .insert()
        .into(WebhookEndpoint)
        .values(row)
        .orIgnore()
        .returning('id')
        .execute();
      if ((raw as unknown[]).length === 0) return false;
      await recordAct(emit, { action: 'webhook_endpoint.created', ...ofEndpoint(row) });
      return true;
    });
    if (created) return { endpoint: this.toView(row), created };
    return {
      endpoint: this.toView(await this.endpoints.findOneByOrFail({ projectId, toolkit, clientId })),
      created,
    };
  }

  async list({
    projectId,
    toolkit,
  }: InputOf<typeof listWebhookEndpoints>): Promise<OutputOf<typeof listWebhookEndpoints>> {
    const rows = await this.endpoints.find({
      where: { projectId, ...(toolkit && { toolkit }) },
      order: { createdAt: 'desc', id: 'asc' },
      take: 1000,
    });
    return { items: rows.map((row) => this.toView(row)) };
  }

  async get(projectId: string, id: string): Promise<EndpointView> {
    return this.toView(await this.row(projectId, id));
  }

  /** What replaces all of it forgets what a handshake taught, too: another app's may come. */
  setData({ projectId, id, data, merge }: InputOf<typeof setWebhookEndpointData>): Promise<EndpointView> {
    return this.transactions.run(async (manager, emit) => {
      const row = await this.locked(manager, { projectId, id });
      const before = this.secretsOf(row);
      const given = merge ? { ...before.given, ...data } : data;
      requireFields(this.receivers.setupFields(row.toolkit), given);
      await this.save(manager, row, { given, learned: merge ? before.learned : {} });
      if (!merge) await manager.update(WebhookEndpoint, { id }, { shakenAt: null });
      const act = { action: 'webhook_endpoint.updated', ...ofEndpoint(row) } as const;
      await recordAct(emit, { ...act, changed: Object.keys(data) });
      return this.toView(row);
    });
  }

  async delete(projectId: string, id: string): Promise<{ id: string }> {
    const row = await this.row(projectId, id);
    await this.transactions.run(async (manager, emit) => {
      await manager.delete(WebhookEndpoint, { id: row.id });
      await recordAct(emit, { action: 'webhook_endpoint.deleted', ...ofEndpoint(row) });
    });
    return { id };
  }

  async deleteAllOf(projectId: string): Promise<void> {
    await this.endpoints.delete({ projectId });
  }

  /** Of a request that came in. @returns undefined for an address that there is not */
  async find(toolkit: string, id: string): Promise<WebhookEndpoint | undefined> {
    return (await this.endpoints.findOneBy({ id, toolkit })) ?? undefined;
  }

  /**
   * The endpoint through which an app's events come.
   * @param clientId null for the operator's app, which does not say: then the project has one endpoint of the toolkit
   * @throws AppError `invalid_request` that says how to make it
   */
  async requireReady(projectId: string, toolkit: string, clientId: string | null): Promise<WebhookEndpoint> {
    const rows = await this.endpoints.findBy({ projectId, toolkit, ...(clientId && { clientId }) });
    const [row, another] = rows;
    if (!row || another) {
      throw new AppError('invalid_request', `The ${toolkit} app of this account has no webhook endpoint.`, {
        suggestion: another
          ? `The project has ${rows.length} endpoints of ${toolkit}: make an auth config with the client id of one of them, and connect the account by it.`
          : `Make one with POST /api/v3.1/webhook_endpoints for ${clientId ? `the client id ${clientId}` : 'your OAuth app'}, and enter its webhook_url at the provider.`,
      });
    }
    const missing = this.missingOf(row);
    if (missing.length === 0) return row;
    throw new AppError('invalid_request', `The webhook endpoint ${row.id} cannot verify anything yet.`, {
      suggestion: `Give it its fields with POST /api/v3.1/webhook_endpoints/${row.id}: ${missing.join(', ')}.`,
    });
  }

  /** All that its requests may be verified by. */
  verifiedBy(row: WebhookEndpoint): Record<string, string> {
    const { given, learned } = this.secretsOf(row);
    return { ...learned, ...given };
  }

  /** Keeps what a handshake taught. @returns false when one was answered before */
  async learn(row: WebhookEndpoint, learned: Record<string, string>): Promise<boolean> {
    return this.transactions.run(async (manager) => {
      const current = await this.locked(manager, row);
      if (current.shakenAt) return false;
      const { given, learned: before } = this.secretsOf(current);
      await this.save(manager, current, { given, learned: { ...before, ...learned } });
      await manager.update(WebhookEndpoint, { id: row.id }, { shakenAt: new Date() });
      return true;
    });
  }

  /** Keeps the app's own secret, which is known once one of its accounts was asked. */
  async learnAppSecret({ projectId, id }: WebhookEndpoint, secret: string): Promise<void> {
    await this.transactions.run(async (manager) => {
      const row = await this.locked(manager, { projectId, id });
      const { given, learned } = this.secretsOf(row);
      await this.save(manager, row, { given, learned: { ...learned, secret } });
    });
  }

  private async save(manager: EntityManager, row: WebhookEndpoint, secrets: EndpointSecrets): Promise<void> {
    const changes = { sealedData: this.vault.seal(COLUMN, row, secrets), updatedAt: new Date() };
    await manager.update(WebhookEndpoint, { id: row.id }, changes);
    Object.assign(row, changes);
  }

  private secretsOf(row: WebhookEndpoint): EndpointSecrets {
    if (!row.sealedData) return { given: {}, learned: {} };
    return this.vault.open(COLUMN, row, row.sealedData) as EndpointSecrets;
  }

  private missingOf(row: WebhookEndpoint): string[] {
    return missingFields(this.receivers.setupFields(row.toolkit), this.secretsOf(row).given);
  }

  private async row(projectId: string, id: string): Promise<WebhookEndpoint> {
    return required(await this.endpoints.findOneBy({ projectId, id }), id);
  }

  private async locked(
    manager: EntityManager,
    { projectId, id }: { projectId: string; id: string },
  ): Promise<WebhookEndpoint> {
    const lock = { mode: 'pessimistic_write' } as const;
    return required(await manager.findOne(WebhookEndpoint, { where: { projectId, id }, lock }), id);
  }

  private toView(row: WebhookEndpoint): EndpointView {
    const { given } = this.secretsOf(row);
    const fields = this.receivers.get(row.toolkit)?.setupFields ?? {};
    return {
      id: row.id,
      toolkit: row.toolkit,
      clientId: row.clientId,
      data: Object.keys(given).length > 0 ? maskedData(fields, given) : null,
      missing: missingFields(fields, given),
      createdAt: row.createdAt.toISOString(),
    };
  }
}

function required(row: WebhookEndpoint | null, id: string): WebhookEndpoint {
  if (row) return row;
  throw new AppError('not_found', `There is no webhook endpoint ${id}.`, {
    suggestion: 'GET /api/v3.1/webhook_endpoints lists those of the project.',
  });
}

function ofEndpoint({ id, projectId }: Pick<WebhookEndpoint, 'id' | 'projectId'>) {
  return { projectId, target: { type: 'webhook_endpoint', id } } as const;
}
