import { Inject, Injectable } from '@nestjs/common';
import {
  AppError,
  endpointPath,
  registerTrigger,
  type TriggerConfig,
  type TriggerType,
} from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { Bus } from '@patchbay/service';
import { newSecretToken } from '@patchbay/vault';
import type { TriggersConfig } from '../config.js';
import { EndpointsService } from '../endpoints/index.js';
import { columns, RegistrationsService, TriggerInstance, type TriggerHook } from '../registrations/index.js';
import { CONFIG } from '../settings.module.js';
import { TriggerAccounts } from './trigger-accounts.service.js';

/** How the events of an instance come in. */
export type InstanceSetup = Pick<TriggerInstance, 'mechanism' | 'isHinted' | 'appClientId' | 'data'>;

interface ForWhom {
  triggerId: string;
  userId: string;
  connectionId: string;
  authConfigId: string;
  config: TriggerConfig;
}

/** Decides by which way events come to an instance, and prepares it: an endpoint of its app, or a hook of its own. */
@Injectable()
export class WebhookSetups {
  constructor(
    private readonly accounts: TriggerAccounts,
    private readonly bus: Bus,
    private readonly endpoints: EndpointsService,
    private readonly registrations: RegistrationsService,
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Pick<TriggersConfig, 'PUBLIC_URL'>,
  ) {}

  /** @throws AppError `invalid_request` where the app's endpoint is missing and the type cannot be polled */
  async of(projectId: string, type: TriggerType, whom: ForWhom): Promise<InstanceSetup> {
    if (type.mechanism === 'poll') return POLLED;
    if (type.webhookModel !== 'app') {
      return { mechanism: 'webhook', isHinted: type.hinted ?? false, appClientId: null, data: null };
    }
    try {
      return await this.ofApp(projectId, type, whom);
    } catch (error) {
      const isMissing = error instanceof AppError && error.code === 'invalid_request';
      if (isMissing && type.mechanisms.includes('poll')) return POLLED;
      throw error;
    }
  }

  /** @throws AppError as the provider's answer says */
  async register(row: TriggerInstance, hook: TriggerHook): Promise<void> {
    const { hook: data } = await this.registrations.register(hook);
    await this.transactions.run((manager) =>
      manager.update(TriggerInstance, { id: row.id }, columns<TriggerInstance>({ data })),
    );
    Object.assign(row, { data });
  }

  /** All events of an app come to one address: who the account is at the provider tells them apart. */
  private async ofApp(projectId: string, type: TriggerType, whom: ForWhom): Promise<InstanceSetup> {
    const clientId = await this.accounts.clientIdOf(projectId, whom.authConfigId);
    const endpoint = await this.endpoints.requireReady(projectId, type.toolkit.slug, clientId);
    const { userId, connectionId, config, triggerId } = whom;
    const { hook: data, secret } = await this.bus.request(registerTrigger, {
      projectId,
      userId,
      connectionId,
      slug: type.slug,
      triggerId,
      config,
      url: `${this.config.PUBLIC_URL}${endpointPath(endpoint.toolkit, endpoint.id)}`,
      secret: newSecretToken(),
    });
    if (secret) await this.endpoints.learnAppSecret(endpoint, secret);
    return { mechanism: 'webhook', isHinted: type.hinted ?? false, appClientId: endpoint.clientId, data };
  }
}

const POLLED: InstanceSetup = { mechanism: 'poll', isHinted: false, appClientId: null, data: null };
