import { z } from 'zod';
import { defineRequest, defineSignal } from './define.js';
import { idSchema } from './ids.js';
import { Moment } from './moment.js';
import { PageRequest } from './page.js';
import { WebhookEventType, WebhookVersion } from './webhook-event-types.js';

/** `waiting`: for its first or next attempt. `failed`: given up, for the reason that `error` says. */
export const DeliveryState = z.enum(['waiting', 'delivered', 'failed']);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** One event on its way to the project's webhook. */
export const Delivery = z.object({
  /** `msg_…`: the same over all attempts. */
  id: z.string(),
  /** `log_…` */
  eventId: z.string(),
  eventType: WebhookEventType,
  subscriptionId: z.string(),
  triggerSlug: z.string().nullable(),
  instanceId: z.string().nullable(),
  userId: z.string().nullable(),
  state: DeliveryState,
  attempts: z.int(),
  /** Of the last attempt, where the endpoint answered. */
  status: z.int().nullable(),
  /** What was wrong with the last attempt. */
  error: z.string().nullable(),
  /** Null once it is over. */
  nextAttemptAt: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

export const DeliveryAttempt = z.object({
  number: z.int(),
  at: z.string(),
  durationMs: z.int(),
  url: z.string(),
  version: WebhookVersion,
  /** As they were sent. */
  requestHeaders: z.record(z.string(), z.string()),
  status: z.int().nullable(),
  responseHeaders: z.record(z.string(), z.string()).nullable(),
  /** The beginning of it. */
  responseBody: z.string().nullable(),
  error: z.string().nullable(),
});
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>;

export const DeliveryDetail = Delivery.extend({
  /** The newest fifty, oldest first. */
  attemptList: z.array(DeliveryAttempt),
  /** The beginning of the body, as it is sent in the subscription's version. */
  body: z.string(),
});
export type DeliveryDetail = z.infer<typeof DeliveryDetail>;

const Project = { projectId: idSchema('project') };

/** Newest first. */
export const listDeliveries = defineRequest(
  'triggers.deliveries.list',
  z.strictObject({
    ...Project,
    states: z.array(DeliveryState).optional(),
    eventIds: z.array(z.string().max(100)).max(100).optional(),
    eventTypes: z.array(WebhookEventType).max(50).optional(),
    instanceIds: z.array(z.string().max(100)).max(100).optional(),
    triggerSlugs: z.array(z.string().max(200)).max(100).optional(),
    userIds: z.array(z.string().max(256)).max(100).optional(),
    from: Moment.optional(),
    to: Moment.optional(),
    ...PageRequest,
    limit: z.int().min(1).max(100).default(20),
  }),
  z.object({ items: z.array(Delivery), nextCursor: z.string().nullable() }),
);

export const getDelivery = defineRequest(
  'triggers.deliveries.get',
  z.strictObject({ ...Project, id: idSchema('message') }),
  DeliveryDetail,
);

/**
 * Sends an event once more, at once, under the same id: one that was delivered, was given up, or waits; or that no
 * webhook wanted when it happened.
 */
export const resendDelivery = defineRequest(
  'triggers.deliveries.resend',
  z.strictObject({
    ...Project,
    /** Of the delivery, or of the event. */
    id: z.union([idSchema('message'), idSchema('log')]),
  }),
  Delivery,
);

/** There is something to deliver now: to every replica of triggers, after it was stored. */
export const deliveriesDue = defineSignal(
  'signals.triggers.deliveries.due',
  z.object({ subscriptionIds: z.array(z.string()) }),
);
