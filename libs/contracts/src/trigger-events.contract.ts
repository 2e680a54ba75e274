import { z } from 'zod';
import { defineRequest, defineSignal } from './define.js';
import { idSchema } from './ids.js';
import { Moment } from './moment.js';
import { PageRequest } from './page.js';
import { WebhookEventType } from './webhook-event-types.js';

/** Bytes of JSON that an event's data has at most; of longer data the texts are cut, and `isClipped` says so. */
export const MAX_EVENT_DATA_BYTES = 256 * 1024;
/** A page of events never has more, so that it fits into a message. */
export const MAX_EVENTS = 20;

/** Of an event of a trigger instance: whose it is, as it was when it happened. */
export const EventOrigin = z.object({
  instanceId: z.string(),
  triggerSlug: z.string(),
  toolkit: z.string(),
  connectionId: z.string(),
  authConfigId: z.string(),
  userId: z.string(),
});
export type EventOrigin = z.infer<typeof EventOrigin>;

/** Something that happened, at a provider or in the platform, as it is told to the project's webhook and subscribers. */
export const TriggerEvent = z.object({
  /** `log_…` */
  id: z.string(),
  projectId: z.string(),
  type: WebhookEventType,
  /** When it happened, ISO 8601 UTC: by the provider's clock, where it says. */
  at: z.string(),
  /** When it was stored. */
  storedAt: z.string(),
  /** Null for what is not of a trigger. */
  origin: EventOrigin.nullable(),
  /** What V3 tells as `metadata` of an event that is not of a trigger. */
  metadata: z.record(z.string(), z.unknown()),
  data: z.record(z.string(), z.unknown()),
  /** Texts in `data` were cut, as it was too large. */
  isClipped: z.boolean(),
});
export type TriggerEvent = z.infer<typeof TriggerEvent>;

const Project = { projectId: idSchema('project') };

/**
 * A project's events in the order in which they were stored, oldest first, none of them left out: for readers who go on
 * from where they were. Without `after` there are no items: `last` is where to go on from now.
 */
export const listTriggerEvents = defineRequest(
  'triggers.events.list',
  z.strictObject({
    ...Project,
    /** The `last` of the answer before, or the id of an event. */
    after: idSchema('log').optional(),
    limit: z.int().min(1).max(MAX_EVENTS).default(MAX_EVENTS),
  }),
  z.object({
    items: z.array(TriggerEvent),
    /** The id of the newest event that was read; null while there has been none. */
    last: z.string().nullable(),
    /** There is more to read at once. */
    hasMore: z.boolean(),
    /** The event `after` is not kept any more: the items begin with the oldest one that is. */
    isGap: z.boolean(),
  }),
);

/** Newest first, for people. Their `data` is left out unless it is wanted. */
export const searchTriggerEvents = defineRequest(
  'triggers.events.search',
  z
    .strictObject({
      ...Project,
      types: z.array(WebhookEventType).max(50).optional(),
      instanceIds: z.array(z.string().max(100)).max(100).optional(),
      triggerSlugs: z.array(z.string().max(200)).max(100).optional(),
      userIds: z.array(z.string().max(256)).max(100).optional(),
      connectionIds: z.array(z.string().max(100)).max(100).optional(),
      /** A part of the data or the metadata, in any case. */
      search: z.string().max(200).optional(),
      from: Moment.optional(),
      to: Moment.optional(),
      withData: z.boolean().default(false),
      ...PageRequest,
      limit: z.int().min(1).max(100).default(20),
    })
    .refine(({ limit, withData }) => !withData || limit <= MAX_EVENTS, {
      path: ['limit'],
      message: `may be ${MAX_EVENTS} with data`,
    }),
  z.object({ items: z.array(TriggerEvent), nextCursor: z.string().nullable() }),
);

export const getTriggerEvent = defineRequest(
  'triggers.events.get',
  z.strictObject({ ...Project, id: idSchema('log') }),
  TriggerEvent,
);

/** There are new events to read: to every gateway, after they were stored. */
export const triggerEventsStored = defineSignal(
  'signals.gateway.triggerEvents.stored',
  z.object({ projectId: z.string(), ids: z.array(z.string()) }),
);
