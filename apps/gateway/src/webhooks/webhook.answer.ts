import { DeliveryState, WebhookState, WebhookVersion } from '@patchbay/contracts';
import { z } from 'zod';

/* What the routes of webhooks answer (docs/webhooks.md). */

export const SubscriptionAnswer = z
  .object({
    id: z.string(),
    webhook_url: z.string(),
    version: WebhookVersion,
    enabled_events: z.array(z.string()),
    secret: z
      .string()
      .optional()
      .describe(
        'The whole text, as UTF-8, is the key of the signatures. Left out for a key that may only read, and for viewers.',
      ),
    status: WebhookState.describe(
      'failing: nothing has arrived since failing_since. stopped: the endpoint answered 410, and nothing is sent until the subscription is changed.',
    ),
    failing_since: z.string().nullable(),
    last_error: z.string().nullable(),
    last_delivered_at: z.string().nullable(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'WebhookSubscription', description: 'Where a project’s events are posted to.' });

export const DeletedSubscriptionAnswer = z.object({ success: z.boolean() });
export const RotatedSecretAnswer = z.object({ id: z.string(), secret: z.string() });

export const EventTypesAnswer = z.object({
  items: z.array(
    z.object({
      event_type: z.string(),
      description: z.string(),
      supported_versions: z.array(WebhookVersion),
    }),
  ),
});

const delivery = {
  id: z.string().describe('The same over all attempts: the header webhook-id.'),
  event_id: z.string(),
  event_type: z.string(),
  subscription_id: z.string(),
  trigger_slug: z.string().nullable(),
  trigger_id: z.string().nullable(),
  user_id: z.string().nullable(),
  status: DeliveryState,
  attempts: z.int(),
  response_status: z.int().nullable().describe('Of the last attempt.'),
  error: z.string().nullable().describe('What was wrong with the last attempt.'),
  next_attempt_at: z.string().nullable(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
};
const headers = z.record(z.string(), z.string());

export const DeliveryAnswer = z
  .object(delivery)
  .meta({ id: 'WebhookDelivery', description: 'One event on its way to the project’s webhook.' });

export const DeliveriesAnswer = z.object({
  items: z.array(DeliveryAnswer),
  next_cursor: z.string().nullable().describe('The `cursor` of the next page; null on the last one.'),
});

export const DeliveryDetailAnswer = z
  .object({
    ...delivery,
    body: z.string().describe('The beginning of what is posted, in the subscription’s version.'),
    attempt_list: z
      .array(
        z.object({
          number: z.int(),
          at: z.string(),
          duration_ms: z.int(),
          url: z.string(),
          version: WebhookVersion,
          request_headers: headers,
          response_status: z.int().nullable(),
          response_headers: headers.nullable(),
          response_body: z.string().nullable().describe('The beginning of it.'),
          error: z.string().nullable(),
        }),
      )
      .describe('The newest fifty, oldest first.'),
  })
  .meta({ id: 'WebhookDeliveryDetail', description: 'A delivery with its attempts.' });
