import { z } from 'zod';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { PageRequest, pageOf } from './page.js';
import { isToldBy, WebhookEventType, WebhookVersion } from './webhook-event-types.js';

/** Where a project's events are posted to. Whether that address may be reached is checked where it is kept. */
export const WebhookUrl = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine((url) => !URL.canParse(url) || (!new URL(url).username && !new URL(url).password), {
    message: 'must not carry credentials',
  });

/**
 * `active`: what was sent last arrived, or nothing was sent yet. `failing`: nothing has arrived since `failingSince`.
 * `stopped`: the endpoint answered 410, so nothing is sent until the subscription is changed.
 */
export const WebhookState = z.enum(['active', 'failing', 'stopped']);
export type WebhookState = z.infer<typeof WebhookState>;

export const WebhookSubscription = z.object({
  /** `whs_…` */
  id: z.string(),
  url: z.string(),
  version: WebhookVersion,
  enabledEvents: z.array(WebhookEventType),
  /** `whsec_…`: the whole text, as UTF-8, is the key of the signatures. */
  secret: z.string(),
  state: WebhookState,
  failingSince: z.string().nullable(),
  /** What was wrong with the last attempt that failed, while it is failing or stopped. */
  lastError: z.string().nullable(),
  lastDeliveredAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type WebhookSubscription = z.infer<typeof WebhookSubscription>;

const Key = { projectId: idSchema('project'), id: idSchema('webhookSubscription') };

const Fields = {
  url: WebhookUrl,
  version: WebhookVersion,
  enabledEvents: z.array(WebhookEventType).min(1).max(100),
};

/** Of the events, those that the version has no form for. */
export function untold(version: WebhookVersion, events: readonly WebhookEventType[]): WebhookEventType[] {
  return events.filter((type) => !isToldBy(version, type));
}

/** A project has one: with a second, `conflict`. */
export const createWebhookSubscription = defineRequest(
  'triggers.subscriptions.create',
  z.strictObject({
    projectId: idSchema('project'),
    ...Fields,
    version: WebhookVersion.default('V3'),
  }),
  WebhookSubscription,
);
export const listWebhookSubscriptions = defineRequest(
  'triggers.subscriptions.list',
  z.strictObject({ projectId: idSchema('project'), ...PageRequest }),
  pageOf(WebhookSubscription),
);
export const getWebhookSubscription = defineRequest(
  'triggers.subscriptions.get',
  z.strictObject(Key),
  WebhookSubscription,
);
/** Whatever is changed, one that was stopped is active again. */
export const updateWebhookSubscription = defineRequest(
  'triggers.subscriptions.update',
  z.strictObject({ ...Key, changes: z.strictObject(Fields).partial() }),
  WebhookSubscription,
);
/** What waits to be delivered goes with it. */
export const deleteWebhookSubscription = defineRequest(
  'triggers.subscriptions.delete',
  z.strictObject(Key),
  z.object({ id: z.string() }),
);
/** A new secret in the place of the old one, which signs nothing any more. */
export const rotateWebhookSecret = defineRequest(
  'triggers.subscriptions.rotateSecret',
  z.strictObject(Key),
  z.object({ id: z.string(), secret: z.string() }),
);
