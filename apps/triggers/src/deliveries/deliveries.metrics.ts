import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { withinTime } from '@patchbay/database';
import { beforeScrape, gauge } from '@patchbay/service';
import { DataSource } from 'typeorm';

/** An endpoint that took nothing for so long does not come back by itself, as a rule. */
const LONG_MINUTES = 60;
/** Who reads metrics waits for it. */
const COUNT_LIMIT_MS = 500;

type Found = Record<'failing' | 'stopped' | 'now' | 'later' | 'lag', string>;

const failing = gauge({
  name: 'patchbay_webhook_subscriptions_failing',
  help: 'Webhook subscriptions to which nothing could be delivered for an hour, and those that were stopped as their endpoint is gone.',
  labelNames: ['state'],
});
const waiting = gauge({
  name: 'patchbay_webhook_deliveries_waiting',
  help: 'Deliveries that are due now, and those that wait for a later attempt.',
  labelNames: ['due'],
});
const lag = gauge({
  name: 'patchbay_webhook_delivery_lag_seconds',
  help: 'How long the delivery that is due longest has been due, of subscriptions that are not failing.',
});

/** What Prometheus is told of deliveries, asked of the database when it asks. */
@Injectable()
export class DeliveriesMetrics implements OnModuleInit, OnModuleDestroy {
  private probe: { forget(): void } | undefined;

  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): void {
    this.probe = beforeScrape(() => this.read());
  }

  onModuleDestroy(): void {
    this.probe?.forget();
  }

  private async read(): Promise<void> {
    const rows = await withinTime(this.dataSource, COUNT_LIMIT_MS, (manager) =>
      manager.query<Found[]>(
        `SELECT count(*) FILTER (WHERE stopped_at IS NULL AND failing_since < now() - interval '${LONG_MINUTES} minutes') AS failing,
         count(*) FILTER (WHERE stopped_at IS NOT NULL) AS stopped,
         coalesce(sum(queue.now), 0) AS now, coalesce(sum(queue.later), 0) AS later,
         coalesce(max(extract(epoch FROM now() - queue.oldest)) FILTER (WHERE failing_since IS NULL), 0) AS lag
       FROM webhook_subscriptions subscription CROSS JOIN LATERAL (
         SELECT count(*) FILTER (WHERE next_at <= now()) AS now, count(*) FILTER (WHERE next_at > now()) AS later,
           min(next_at) FILTER (WHERE next_at <= now()) AS oldest
         FROM deliveries WHERE subscription_id = subscription.id AND state = 'waiting') queue`,
      ),
    );
    const found = rows?.[0];
    if (!found) return;
    failing.set({ state: 'failing' }, Number(found.failing));
    failing.set({ state: 'stopped' }, Number(found.stopped));
    waiting.set({ due: 'now' }, Number(found.now));
    waiting.set({ due: 'later' }, Number(found.later));
    lag.set(Number(found.lag));
  }
}
