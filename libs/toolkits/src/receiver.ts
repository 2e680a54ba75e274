import { createHash } from 'node:crypto';
import type { TriggerHook, WebhookModel, WebhookSetupField } from '@patchbay/contracts';
import type { TriggerSpec } from './trigger.js';
import { momentOf } from './triggers/moment.js';
import type { InboundRequest, Receiving, Verdict, WebhookReceiver } from './webhook.js';

/** What a verified request holds for the instances of one type. */
export interface ReceivedEvent {
  /** Of the type. */
  slug: string;
  /** The same for the same event, however often it is sent. */
  id: string;
  /** ISO 8601; null where the provider does not say. */
  at: string | null;
  payload: Record<string, unknown>;
  /** Whether it is for an instance with these settings and this hook. */
  matches(config: Record<string, unknown>, hook: TriggerHook): boolean;
}

/** That something changed for instances of one type: they are to be polled. */
export type ReceivedHint = Pick<ReceivedEvent, 'slug' | 'matches'>;

/** How the webhooks of one toolkit are taken. Pure: nothing is asked, nothing is kept. */
export class Receiver {
  constructor(
    private readonly receiver: WebhookReceiver,
    private readonly types: readonly TriggerSpec[],
  ) {}

  get model(): WebhookModel {
    return this.receiver.model;
  }

  /** What has to be given before requests can be verified; of model `app` only. */
  get setupFields(): Record<string, WebhookSetupField> {
    return this.receiver.setupFields ?? {};
  }

  verify(request: InboundRequest, known: Receiving): Verdict {
    return this.receiver.verify(request, known);
  }

  /** What a request holds that was verified. */
  parse(request: InboundRequest): { events: ReceivedEvent[]; hints: ReceivedHint[] } {
    const deliveries = this.receiver.open(request);
    const events = deliveries.flatMap((delivery, place) =>
      this.types.flatMap(({ slug, webhook }) =>
        (webhook?.events?.(delivery) ?? []).map(({ id, at, payload, matches = forAll }) => ({
          slug,
          id: id || delivery.id || `${fingerprintOf(request)}:${place}`,
          at: momentOf(at ?? delivery.at),
          payload,
          matches,
        })),
      ),
    );
    const hints = deliveries.flatMap((delivery) =>
      this.types.flatMap(({ slug, webhook }) =>
        (webhook?.hints?.(delivery) ?? []).map(({ matches = forAll }) => ({ slug, matches })),
      ),
    );
    return { events, hints };
  }
}

const forAll = () => true;

/** What stands for the id of an event that came without one: with none, the next one would be taken for its repeat. */
function fingerprintOf({ body }: InboundRequest): string {
  return createHash('sha256').update(body).digest('base64url');
}

/** The receivers of types, by the slug of their toolkit. */
export function receiversOf(types: readonly TriggerSpec[]): ReadonlyMap<string, Receiver> {
  const receivers = new Set(types.flatMap(({ webhook }) => (webhook ? [webhook.receiver] : [])));
  return new Map(
    [...receivers].map((receiver) => [
      receiver.toolkit,
      new Receiver(
        receiver,
        types.filter(({ webhook }) => webhook?.receiver === receiver),
      ),
    ]),
  );
}
