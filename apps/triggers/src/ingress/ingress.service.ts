import { Inject, Injectable } from '@nestjs/common';
import { AppError, type InputOf, type OutputOf, type receiveWebhook } from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { counter, LOGGER, type Logger } from '@patchbay/service';
import type {
  InboundRequest,
  ReceivedEvent,
  ReceivedHint,
  Receiver,
  Verdict,
} from '@patchbay/toolkits/webhooks';
import type { EntityManager } from 'typeorm';
import type { TriggersConfig } from '../config.js';
import { EventsService } from '../events/index.js';
import { InstanceStates, type TriggerInstance } from '../registrations/index.js';
import { CONFIG } from '../settings.module.js';
import { IngressTargets, type IngressPlace } from './ingress-targets.js';

type Received = ReturnType<Receiver['parse']>;
type Answer = OutputOf<typeof receiveWebhook>;

const received = counter({
  name: 'patchbay_webhook_requests_total',
  help: 'Requests that came to the addresses of webhooks.',
  labelNames: ['toolkit', 'outcome'],
});

const TAKEN: Answer = { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'ok' };
/** Of what a toolkit's code says: never more than a provider expects. */
const MOST_ANSWER_CHARACTERS = 8_192;

/** What providers send: verified, kept for the instances that it is for, and then answered. */
@Injectable()
export class IngressService {
  constructor(
    private readonly events: EventsService,
    private readonly states: InstanceStates,
    private readonly targets: IngressTargets,
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Pick<TriggersConfig, 'PUBLIC_URL'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws AppError `invalid_request` for whatever cannot be shown to be the provider's, without saying why */
  async receive(input: InputOf<typeof receiveWebhook>): Promise<Answer> {
    const place = await this.targets.find(input.target);
    if (!place) return this.refuse('unknown', 'there is no such address');
    const { receiver, toolkit } = place;
    const request = toInbound(input, this.config.PUBLIC_URL);
    const verdict = receiver.verify(request, place.known());
    if (verdict.outcome === 'refused') return this.refuse(toolkit, verdict.reason);
    if (verdict.outcome === 'answered') return this.answer(place, verdict);
    const found = this.parse(receiver, request, toolkit);
    if (found) await this.keep(place, found);
    received.inc({ toolkit, outcome: found ? 'accepted' : 'unreadable' });
    return TAKEN;
  }

  /** One that teaches a secret is answered once: a forged one could put another secret in its place. */
  private async answer(
    place: IngressPlace,
    { answer, learned }: Extract<Verdict, { outcome: 'answered' }>,
  ): Promise<Answer> {
    if (learned && !(await place.learn(learned))) {
      return this.refuse(place.toolkit, 'its handshake was answered before');
    }
    received.inc({ toolkit: place.toolkit, outcome: 'answered' });
    const { status, headers = {}, body = '' } = answer;
    return {
      status,
      // A browser that is led here must not take what it reads for a page of ours.
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        ...headers,
        'x-content-type-options': 'nosniff',
      },
      body: body.slice(0, MOST_ANSWER_CHARACTERS),
    };
  }

  /** Undefined: it is the provider's, and cannot be read. It is taken all the same, as it would come again as it is. */
  private parse(receiver: Receiver, request: InboundRequest, toolkit: string): Received | undefined {
    try {
      return receiver.parse(request);
    } catch (error) {
      this.logger.warn({ err: error, toolkit }, 'a webhook of a provider cannot be read');
      return undefined;
    }
  }

  /** For all instances in one transaction: the provider is told that it is kept, or that it is not. */
  private async keep(place: IngressPlace, { events, hints }: Received): Promise<void> {
    if (events.length + hints.length === 0) return;
    const slugs = new Set([...events, ...hints].map(({ slug }) => slug));
    const instances = await place.instances([...slugs]);
    const hinted = instances.filter((instance) => hints.some((hint) => isFor(hint, instance)));
    const wanted = instances
      .map((instance) => ({ instance, events: events.filter((event) => isFor(event, instance)) }))
      .filter(({ events: own }) => own.length > 0);
    if (wanted.length + hinted.length === 0) return;
    await this.transactions.run(async (manager) => {
      for (const { instance, events: own } of wanted) await this.accept(manager, instance, own);
      if (hinted.length > 0) {
        await this.states.hint(
          manager,
          hinted.map(({ id }) => id),
        );
      }
    });
  }

  private async accept(
    manager: EntityManager,
    instance: TriggerInstance,
    events: readonly ReceivedEvent[],
  ): Promise<void> {
    const { id, projectId, userId, connectionId, authConfigId, triggerSlug, toolkit } = instance;
    const { accepted } = await this.events.accept({
      instance: { id, projectId, userId, connectionId, authConfigId, triggerSlug, toolkitSlug: toolkit },
      events: events.map(({ id: providerEventId, at, payload }) => ({
        providerEventId,
        at: at === null ? new Date() : new Date(at),
        payload,
      })),
      manager,
    });
    if (accepted.length > 0) {
      await manager.query('UPDATE trigger_instances SET last_event_at = now() WHERE id = $1', [id]);
    }
  }

  private refuse(toolkit: string, reason: string): never {
    received.inc({ toolkit, outcome: 'refused' });
    this.logger.debug({ toolkit, reason }, 'a request to the address of a webhook was refused');
    throw new AppError('invalid_request', 'This address takes nothing but what its provider signs, in time.');
  }
}

function toInbound(
  { method, path, headers, bodyBase64, receivedAt }: InputOf<typeof receiveWebhook>,
  publicUrl: string,
): InboundRequest {
  return {
    method,
    url: `${publicUrl}${path}`,
    headers,
    body: Buffer.from(bodyBase64, 'base64'),
    receivedAt: Date.parse(receivedAt),
  };
}

function isFor(event: ReceivedHint, { triggerSlug, config, data }: TriggerInstance): boolean {
  return event.slug === triggerSlug && event.matches(config, data ?? {});
}
