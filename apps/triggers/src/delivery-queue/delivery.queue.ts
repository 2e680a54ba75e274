import { Inject, Injectable } from '@nestjs/common';
import { deliveriesDue, messageIdOf, type WebhookEventType } from '@patchbay/contracts';
import { AfterCommit } from '@patchbay/database';
import { Bus, LOGGER, type Logger } from '@patchbay/service';
import type { EntityManager } from 'typeorm';

/** Subscriptions that get something to do so soon after another are told together. */
const GATHER_MS = 5;

/** Puts events into the queue of the project's subscription, in the transaction that stores them. */
@Injectable()
export class DeliveryQueue {
  private gathered: Set<string> | undefined;

  constructor(
    private readonly afterCommit: AfterCommit,
    private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Nothing happens where the project has no subscription that wants such events. */
  async enqueue(
    manager: EntityManager,
    projectId: string,
    type: WebhookEventType,
    eventIds: readonly string[],
  ): Promise<void> {
    const [queued] = await manager.query<{ id: string }[]>(
      `WITH queued AS (
         INSERT INTO deliveries (id, event_id, project_id, subscription_id)
         SELECT given.id, given.event_id, $1, subscription.id
           FROM webhook_subscriptions subscription, unnest($3::text[], $4::text[]) AS given (id, event_id)
          WHERE subscription.project_id = $1 AND $2 = ANY(subscription.enabled_events)
            AND subscription.stopped_at IS NULL
         RETURNING subscription_id)
       SELECT subscription_id AS id FROM queued LIMIT 1`,
      [projectId, type, eventIds.map(messageIdOf), eventIds],
    );
    if (queued) this.afterCommit.do(manager, () => this.wake(queued.id));
  }

  /** Tells every replica that a subscription has something to deliver now. Without it they notice within a second or so. */
  wake(subscriptionId: string): void {
    if (this.gathered) {
      this.gathered.add(subscriptionId);
      return;
    }
    this.gathered = new Set([subscriptionId]);
    setTimeout(() => this.tell(), GATHER_MS);
  }

  private tell(): void {
    const subscriptionIds = [...(this.gathered ?? [])];
    this.gathered = undefined;
    try {
      this.bus.signal(deliveriesDue, { subscriptionIds });
    } catch (error) {
      this.logger.debug({ err: error }, 'the replicas could not be told what is due');
    }
  }
}
