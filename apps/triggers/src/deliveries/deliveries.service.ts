import { Injectable } from '@nestjs/common';
import {
  AppError,
  clipText,
  decodeCursor,
  encodeCursor,
  messageIdOf,
  webhookBody,
  writeJson,
  type Delivery as DeliveryView,
  type DeliveryDetail,
  type getDelivery,
  type InputOf,
  type listDeliveries,
  type OutputOf,
  type resendDelivery,
  type WebhookVersion,
} from '@patchbay/contracts';
import { AfterCommit, listWithinTime, Transactions } from '@patchbay/database';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { recordAct } from '../audit.js';
import { DeliveryQueue } from '../delivery-queue/index.js';
import { eventColumns, toTriggerEvent, type EventRow } from '../events/index.js';
import { DeliveryAttempt } from './delivery-attempt.entity.js';

const SHOWN_ATTEMPTS = 50;
const SHOWN_BODY_CHARACTERS = 16_384;

const Position = z.strictObject({ at: z.iso.datetime(), id: z.string().max(100) });

interface Row {
  id: string;
  eventId: string;
  eventType: DeliveryView['eventType'];
  subscriptionId: string;
  triggerSlug: string | null;
  instanceId: string | null;
  userId: string | null;
  state: DeliveryView['state'];
  attempts: number;
  status: number | null;
  error: string | null;
  nextAt: Date | null;
  createdAt: Date;
  finishedAt: Date | null;
}

const COLUMNS = `delivery.id, delivery.event_id AS "eventId", event.type AS "eventType", delivery.subscription_id AS "subscriptionId",
  event.trigger_slug AS "triggerSlug", event.instance_id AS "instanceId", event.user_id AS "userId", delivery.state,
  delivery.attempts, delivery.status, delivery.error, delivery.next_at AS "nextAt", delivery.created_at AS "createdAt",
  delivery.finished_at AS "finishedAt"`;
const TABLES = 'deliveries delivery JOIN events event ON event.id = delivery.event_id';

/** What became of events on their way to the webhook, and sending one again. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly afterCommit: AfterCommit,
    private readonly queue: DeliveryQueue,
  ) {}

  async list({
    projectId,
    limit,
    cursor,
    ...wanted
  }: InputOf<typeof listDeliveries>): Promise<OutputOf<typeof listDeliveries>> {
    const position = cursor ? decodeCursor(Position, cursor) : undefined;
    const query = (manager: EntityManager) =>
      manager.query<Row[]>(
        `SELECT ${COLUMNS} FROM ${TABLES}
       WHERE delivery.project_id = $1
         AND ($2::timestamptz IS NULL OR (delivery.created_at, delivery.id) < ($2, $3))
         AND ($4::text[] IS NULL OR delivery.state = ANY($4))
         AND ($5::text[] IS NULL OR delivery.event_id = ANY($5))
         AND ($6::text[] IS NULL OR event.type = ANY($6))
         AND ($7::text[] IS NULL OR event.instance_id = ANY($7))
         AND ($8::text[] IS NULL OR event.trigger_slug = ANY($8))
         AND ($9::text[] IS NULL OR event.user_id = ANY($9))
         AND ($10::timestamptz IS NULL OR delivery.created_at >= $10)
         AND ($11::timestamptz IS NULL OR delivery.created_at < $11)
       ORDER BY delivery.created_at DESC, delivery.id DESC LIMIT $12`,
        [
          projectId,
          position?.at ?? null,
          position?.id ?? null,
          wanted.states ?? null,
          wanted.eventIds ?? null,
          wanted.eventTypes ?? null,
          wanted.instanceIds ?? null,
          wanted.triggerSlugs ?? null,
          wanted.userIds ?? null,
          wanted.from === undefined ? null : new Date(wanted.from).toISOString(),
          wanted.to === undefined ? null : new Date(wanted.to).toISOString(),
          limit + 1,
        ],
      );
    const rows = await listWithinTime(this.dataSource, 'by a time range', query);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(toDelivery),
      nextCursor: last ? encodeCursor({ at: last.createdAt.toISOString(), id: last.id }) : null,
    };
  }

  async get({ projectId, id }: InputOf<typeof getDelivery>): Promise<DeliveryDetail> {
    const row = await find(this.dataSource.manager, projectId, id);
    const attempts = await this.dataSource.manager.find(DeliveryAttempt, {
      where: { deliveryId: id },
      order: { number: 'DESC' },
      take: SHOWN_ATTEMPTS,
    });
    const [found] = await this.dataSource.query<(EventRow & { version: WebhookVersion })[]>(
      `SELECT ${eventColumns('event')}, event.data, subscription.version FROM events event, webhook_subscriptions subscription
       WHERE event.id = $1 AND subscription.id = $2`,
      [row.eventId, row.subscriptionId],
    );
    const body = found ? writeJson(webhookBody(found.version, toTriggerEvent(found))) : '';
    return {
      ...toDelivery(row),
      attemptList: attempts.toReversed().map(toAttempt),
      body: clipText(body, SHOWN_BODY_CHARACTERS),
    };
  }

  /** @throws AppError `not_found` for no such event; `conflict` where there is nowhere to send it to */
  async resend({ projectId, id }: InputOf<typeof resendDelivery>): Promise<DeliveryView> {
    return this.transactions.run(async (manager, emit) => {
      const eventId = id.startsWith('log_') ? id : `log_${id.slice(id.indexOf('_') + 1)}`;
      const [event] = await manager.query<{ id: string }[]>(
        'SELECT id FROM events WHERE id = $1 AND project_id = $2',
        [eventId, projectId],
      );
      if (!event) throw notFound(id);
      const [queued] = await manager.query<{ subscriptionId: string }[]>(
        `INSERT INTO deliveries (id, event_id, project_id, subscription_id)
         SELECT $1, $2, $3, id FROM webhook_subscriptions WHERE project_id = $3 AND stopped_at IS NULL
         ON CONFLICT (event_id) DO UPDATE
           SET state = 'waiting', next_at = now(), begun_at = now(), tries = 0, finished_at = NULL
         RETURNING subscription_id AS "subscriptionId"`,
        [messageIdOf(eventId), eventId, projectId],
      );
      if (!queued) throw nowhere();
      await recordAct(emit, {
        action: 'webhook_delivery.resent',
        projectId,
        target: { type: 'webhook_delivery', id: messageIdOf(eventId) },
      });
      this.afterCommit.do(manager, () => this.queue.wake(queued.subscriptionId));
      return toDelivery(await find(manager, projectId, messageIdOf(eventId)));
    });
  }
}

async function find(manager: EntityManager, projectId: string, id: string): Promise<Row> {
  const [row] = await manager.query<Row[]>(
    `SELECT ${COLUMNS} FROM ${TABLES} WHERE delivery.id = $1 AND delivery.project_id = $2`,
    [id, projectId],
  );
  if (!row) throw notFound(id);
  return row;
}

function toAttempt(row: DeliveryAttempt): DeliveryDetail['attemptList'][number] {
  const { number, durationMs, url, version, requestHeaders, status, responseHeaders, responseBody, error } =
    row;
  const answer = { status, responseHeaders, responseBody, error };
  return { number, at: row.at.toISOString(), durationMs, url, version, requestHeaders, ...answer };
}

function notFound(id: string): AppError {
  return new AppError('not_found', `There is no delivery or event ${id}.`, {
    suggestion: 'Events and their deliveries are kept for the days that PATCHBAY_EVENT_RETENTION_DAYS says.',
  });
}

function nowhere(): AppError {
  return new AppError('conflict', 'The project has no webhook subscription that events could be sent to.', {
    suggestion: 'Make one with POST /webhook_subscriptions, or change the one whose endpoint is gone.',
  });
}

function toDelivery({ nextAt, createdAt, finishedAt, ...row }: Row): DeliveryView {
  return {
    ...row,
    nextAttemptAt: nextAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
