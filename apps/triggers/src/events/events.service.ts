import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId, TRIGGER_MESSAGE, writeJson, type WebhookEventType } from '@patchbay/contracts';
import { counter } from '@patchbay/service';
import { DataSource, type EntityManager } from 'typeorm';
import { DeliveryQueue } from '../delivery-queue/index.js';
import { EventAnnouncer } from './event.announcer.js';
import { sharedOrder } from './event-order.js';
import { fitData } from './fit-data.js';

const stored = counter({
  name: 'patchbay_trigger_events_total',
  help: 'Events that were stored, and those that were known already.',
  labelNames: ['type', 'outcome'],
});

/** A longer one is known by its hash. */
const MAX_KEY_CHARACTERS = 200;

/** An enabled trigger instance, as its events tell of it. */
export interface EventSource {
  id: string;
  projectId: string;
  userId: string;
  connectionId: string;
  authConfigId: string;
  triggerSlug: string;
  toolkitSlug: string;
}

export interface ProviderEvent {
  /** What makes it the same event when it comes again: the provider's id of it, or of what changed and when. */
  providerEventId: string;
  /** When it happened. */
  at: Date;
  /** As the trigger type's payload says. Longer data than MAX_EVENT_DATA_BYTES is clipped. */
  payload: Record<string, unknown>;
}

export interface Accepted {
  /** Ids of the events that were new, in their order. */
  accepted: string[];
  /** How many were known already. */
  repeated: number;
}

interface NewEvent {
  id: string;
  projectId: string;
  type: WebhookEventType;
  source: string;
  key: string;
  at: Date;
  origin: Omit<EventSource, 'projectId'> | null;
  metadata: Record<string, unknown>;
  data: Record<string, unknown>;
}

/** The one way in for events: stored once, with their deliveries, in one transaction. */
@Injectable()
export class EventsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly deliveries: DeliveryQueue,
    private readonly announcer: EventAnnouncer,
  ) {}

  /**
   * Takes what a poll or an inbound request of an instance brought. What was taken before is left out, so overlaps and
   * repeats are harmless.
   * @param given.manager of a transaction of the caller's: what it stores with it is stored if and only if the events are
   */
  accept({
    instance,
    events,
    manager,
  }: {
    instance: EventSource;
    events: readonly ProviderEvent[];
    manager?: EntityManager;
  }): Promise<Accepted> {
    const { projectId, ...origin } = instance;
    const rows = events.map(({ providerEventId, at, payload }) => ({
      id: newId('log'),
      projectId,
      type: TRIGGER_MESSAGE as WebhookEventType,
      source: origin.id,
      key: providerEventId,
      at,
      origin,
      metadata: {},
      data: payload,
    }));
    return this.store(projectId, TRIGGER_MESSAGE, rows, manager);
  }

  /**
   * Tells of something that no trigger saw, as that an account expired.
   * @param given.dedupKey the same key of the same type and project is the same event
   */
  raise({
    projectId,
    type,
    data,
    metadata,
    dedupKey,
    at = new Date(),
    manager,
  }: {
    projectId: string;
    type: Exclude<WebhookEventType, typeof TRIGGER_MESSAGE>;
    data: Record<string, unknown>;
    metadata: Record<string, unknown>;
    dedupKey: string;
    at?: Date;
    manager?: EntityManager;
  }): Promise<Accepted> {
    const row = {
      id: newId('log'),
      projectId,
      type,
      source: `${projectId}:${type}`,
      key: dedupKey,
      at,
      origin: null,
      metadata,
      data,
    };
    return this.store(projectId, type, [row], manager);
  }

  private async store(
    projectId: string,
    type: WebhookEventType,
    events: readonly NewEvent[],
    manager?: EntityManager,
  ): Promise<Accepted> {
    if (events.length === 0) return { accepted: [], repeated: 0 };
    const work = async (own: EntityManager) => {
      const accepted = await insert(own, projectId, events);
      if (accepted.length > 0) {
        this.announcer.announce(own, projectId, accepted);
        await this.deliveries.enqueue(own, projectId, type, accepted);
      }
      return accepted;
    };
    const accepted = await (manager ? work(manager) : this.dataSource.transaction(work));
    const repeated = events.length - accepted.length;
    if (accepted.length > 0) stored.inc({ type, outcome: 'stored' }, accepted.length);
    if (repeated > 0) stored.inc({ type, outcome: 'repeated' }, repeated);
    return { accepted, repeated };
  }
}

async function insert(
  manager: EntityManager,
  projectId: string,
  events: readonly NewEvent[],
): Promise<string[]> {
  const rows = events.map(({ origin, at, data, metadata, key, ...event }) => {
    const { json, isClipped } = fitData(data);
    return {
      ...event,
      key: keyOf(key),
      at: at.toISOString(),
      instance: origin?.id ?? null,
      slug: origin?.triggerSlug ?? null,
      toolkit: origin?.toolkitSlug ?? null,
      connection: origin?.connectionId ?? null,
      config: origin?.authConfigId ?? null,
      user_id: origin?.userId ?? null,
      metadata: writeJson(metadata),
      // As texts: what they hold must come to the table as it is.
      data: json,
      clipped: isClipped,
    };
  });
  const inserted = await manager.query<{ id: string }[]>(
    `WITH ordered AS MATERIALIZED (SELECT ${sharedOrder('$1::text')})
     INSERT INTO events (id, project_id, type, source, source_key, instance_id, trigger_slug, toolkit, connection_id,
       auth_config_id, user_id, at, metadata, data, is_clipped)
     SELECT given.id, $1, given.type, given.source, given.key, given.instance, given.slug, given.toolkit,
       given.connection, given.config, given.user_id, given.at, given.metadata::json, given.data::json, given.clipped
       FROM ordered, json_to_recordset($2::json) AS given (id text, type text, source text, key text, instance text,
         slug text, toolkit text, connection text, config text, user_id text, at timestamptz, metadata text, data text,
         clipped boolean)
     ON CONFLICT (source, source_key) DO NOTHING
     RETURNING id`,
    [projectId, JSON.stringify(rows)],
  );
  return inserted.map(({ id }) => id);
}

function keyOf(text: string): string {
  const key = text.toWellFormed().replaceAll('\0', '\uFFFD');
  if (key.length <= MAX_KEY_CHARACTERS) return key;
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
