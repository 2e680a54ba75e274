import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { IngressTarget } from '@patchbay/contracts';
import type { Receiver, Receiving } from '@patchbay/toolkits/webhooks';
import { In, IsNull, type Repository } from 'typeorm';
import { EndpointsService, type WebhookEndpoint } from '../endpoints/index.js';
import { Receivers } from '../receivers/index.js';
import { HooksStore, TriggerInstance, type TriggerHook } from '../registrations/index.js';

/** Where a request came to: what it is verified by, and for whom its events are. */
export interface IngressPlace {
  toolkit: string;
  receiver: Receiver;
  known(): Receiving;
  /** Keeps what a handshake taught. @returns false when one was answered before */
  learn(learned: Record<string, string>): Promise<boolean>;
  /** The enabled instances of these types that events which come here may be for. */
  instances(slugs: readonly string[]): Promise<TriggerInstance[]>;
}

/** The addresses that providers send to. */
@Injectable()
export class IngressTargets {
  constructor(
    private readonly endpoints: EndpointsService,
    private readonly hooks: HooksStore,
    private readonly receivers: Receivers,
    @InjectRepository(TriggerInstance) private readonly instances: Repository<TriggerInstance>,
  ) {}

  async find(target: IngressTarget): Promise<IngressPlace | undefined> {
    if ('hookToken' in target) {
      const hook = await this.hooks.find(target.hookToken);
      return hook && hook.state !== 'removing' ? this.ofHook(hook) : undefined;
    }
    const endpoint = await this.endpoints.find(target.toolkit, target.endpointId);
    return endpoint && this.ofEndpoint(endpoint);
  }

  /** Of one instance, and of nobody else's. */
  private ofHook(hook: TriggerHook): IngressPlace | undefined {
    const receiver = this.receivers.get(hook.toolkit);
    if (receiver?.model !== 'user') return undefined;
    const { toolkit, data, instanceId: id } = hook;
    return {
      toolkit,
      receiver,
      known: () => ({ secrets: this.hooks.verifiedBy(hook), ...(data && { hook: data }) }),
      learn: (learned) => this.hooks.learn(hook, learned),
      instances: (slugs) => this.instances.findBy({ id, triggerSlug: In([...slugs]), disabledAt: IsNull() }),
    };
  }

  /** Of all instances of the project whose accounts were connected by the app. */
  private ofEndpoint(endpoint: WebhookEndpoint): IngressPlace | undefined {
    const receiver = this.receivers.get(endpoint.toolkit);
    if (receiver?.model !== 'app') return undefined;
    const { toolkit, projectId, clientId: appClientId } = endpoint;
    return {
      toolkit,
      receiver,
      known: () => ({ secrets: this.endpoints.verifiedBy(endpoint) }),
      learn: (learned) => this.endpoints.learn(endpoint, learned),
      instances: (slugs) =>
        this.instances.findBy({
          projectId,
          toolkit,
          appClientId,
          mechanism: 'webhook',
          triggerSlug: In([...slugs]),
          disabledAt: IsNull(),
        }),
    };
  }
}
