import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { eventColumns, type EventRow } from '../events/index.js';
import { Vault } from '../vault/index.js';
import type { Endpoint } from './webhook.client.js';

/** What a dead replica had is another's after this. */
const LEASE_SECONDS = 15;

/** A delivery that is due, with its event. */
export interface DueDelivery extends EventRow {
  messageId: string;
  attempts: number;
  tries: number;
}

export interface Lease extends Endpoint {
  id: string;
  projectId: string;
}

interface LeaseRow {
  id: string;
  projectId: string;
  url: string;
  version: Lease['version'];
  sealedSecret: string;
}

const COLUMNS = 'id, project_id AS "projectId", url, version, sealed_secret AS "sealedSecret"';

/**
 * Each subscription is a queue of its own, and one replica at a time works on it: by a lease in its row, renewed while it
 * lasts. What is due is asked of one subscription, so what waits for a dead endpoint costs the others nothing.
 */
@Injectable()
export class QueueLeases {
  private readonly holder = randomUUID();

  constructor(
    private readonly dataSource: DataSource,
    private readonly vault: Vault,
  ) {}

  /**
   * Takes subscriptions that have something due and are nobody's.
   * @param ids only some of these; without them any
   */
  async take(limit: number, ids?: readonly string[]): Promise<Lease[]> {
    const [rows] = await this.dataSource.query<[LeaseRow[], number]>(
      `UPDATE webhook_subscriptions SET leased_by = $1, leased_until = now() + interval '${LEASE_SECONDS} seconds'
       WHERE id IN (
         SELECT id FROM webhook_subscriptions subscription
          WHERE stopped_at IS NULL AND (leased_until IS NULL OR leased_until < now())
            AND ($3::text[] IS NULL OR id = ANY($3))
            AND EXISTS (SELECT 1 FROM deliveries WHERE subscription_id = subscription.id
                          AND state = 'waiting' AND next_at <= now())
          LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`,
      [this.holder, limit, ids ?? null],
    );
    return rows.map((row) => this.toLease(row));
  }

  /** @returns those that are still ours; the others are stopped, deleted or another's */
  async renew(ids: readonly string[]): Promise<Set<string>> {
    const [rows] = await this.dataSource.query<[{ id: string }[], number]>(
      `UPDATE webhook_subscriptions SET leased_until = now() + interval '${LEASE_SECONDS} seconds'
       WHERE leased_by = $1 AND id = ANY($2) AND stopped_at IS NULL RETURNING id`,
      [this.holder, ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Gives back what is ours of these. */
  async release(ids: readonly string[]): Promise<void> {
    await this.dataSource.query(
      'UPDATE webhook_subscriptions SET leased_by = NULL, leased_until = NULL WHERE leased_by = $1 AND id = ANY($2)',
      [this.holder, ids],
    );
  }

  /**
   * What is due of a subscription that is ours, and the subscription as it is now: its secret may have been replaced.
   * @param besides messages that are on their way
   * @returns undefined when it is no longer ours
   */
  async due(
    id: string,
    besides: readonly string[],
    limit: number,
  ): Promise<{ endpoint: Lease; deliveries: DueDelivery[] } | undefined> {
    const deliveries = await this.dataSource.query<DueDelivery[]>(
      `SELECT due.id AS "messageId", due.attempts, due.tries, ${eventColumns('event')}, event.data
         FROM (SELECT * FROM deliveries WHERE subscription_id = $1 AND state = 'waiting' AND next_at <= now()
                 AND id <> ALL($2) ORDER BY next_at LIMIT $3) due
         JOIN events event ON event.id = due.event_id
        ORDER BY due.next_at`,
      [id, besides, limit],
    );
    // Read after them, so that what was stored after a change is sent as the change says.
    const [row] = await this.dataSource.query<LeaseRow[]>(
      `SELECT ${COLUMNS} FROM webhook_subscriptions WHERE id = $1 AND leased_by = $2 AND leased_until > now()
         AND stopped_at IS NULL`,
      [id, this.holder],
    );
    return row && { endpoint: this.toLease(row), deliveries };
  }

  private toLease({ sealedSecret, ...row }: LeaseRow): Lease {
    const secret = String(this.vault.open('webhook_subscriptions.sealed_secret', row, sealedSecret));
    return { ...row, secret };
  }
}
