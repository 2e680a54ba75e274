import { idSchema, listDeliveries, WebhookEventType, WebhookUrl, WebhookVersion } from '@patchbay/contracts';
import { z } from 'zod';
import { pageQuery, queryListOf, queryMoment } from '../http/index.js';

/* Webhooks on the wire (docs/webhooks.md). */

const url = WebhookUrl.describe('Where events are posted to: https.');
const events = z
  .array(WebhookEventType)
  .min(1)
  .max(100)
  .describe('Which events are told. GET /webhook_subscriptions/event_types has them all.');
const version = WebhookVersion.describe('The form of what is posted.');

export const NewSubscriptionBody = z
  .strictObject({ webhook_url: url, enabled_events: events, version: version.default('V3') })
  .transform(({ webhook_url, enabled_events, version: form }) => ({
    url: webhook_url,
    enabledEvents: enabled_events,
    version: form,
  }));
export type NewSubscriptionBody = z.output<typeof NewSubscriptionBody>;

export const SubscriptionChangesBody = z
  .strictObject({
    webhook_url: url.optional(),
    enabled_events: events.optional(),
    version: version.optional(),
  })
  .transform(({ webhook_url, enabled_events, version: form }) => ({
    ...(webhook_url && { url: webhook_url }),
    ...(enabled_events && { enabledEvents: enabled_events }),
    ...(form && { version: form }),
  }));
export type SubscriptionChangesBody = z.output<typeof SubscriptionChangesBody>;

export const SubscriptionsQuery = z.object(pageQuery(50));
export type SubscriptionsQuery = z.output<typeof SubscriptionsQuery>;

const asked = listDeliveries.input.shape;
export const DeliveriesQuery = z
  .object({
    ...pageQuery(100),
    status: queryListOf(asked.states.unwrap()),
    event_ids: queryListOf(asked.eventIds.unwrap()),
    event_types: queryListOf(asked.eventTypes.unwrap()),
    trigger_ids: queryListOf(asked.instanceIds.unwrap()),
    trigger_slugs: queryListOf(asked.triggerSlugs.unwrap()),
    user_ids: queryListOf(asked.userIds.unwrap()),
    from: queryMoment.describe('Epoch milliseconds: only those that were made from then on.'),
    to: queryMoment.describe('Epoch milliseconds: only those that were made before.'),
  })
  .transform(({ limit, cursor, from, to, ...given }) => ({
    limit,
    cursor,
    from,
    to,
    states: given.status,
    eventIds: given.event_ids,
    eventTypes: given.event_types,
    instanceIds: given.trigger_ids,
    triggerSlugs: given.trigger_slugs?.map((slug) => slug.toUpperCase()),
    userIds: given.user_ids,
  }));
export type DeliveriesQuery = z.output<typeof DeliveriesQuery>;

/** A delivery's own id, or that of its event. */
export const DeliveryOrEventId = z.union([idSchema('message'), idSchema('log')]);
