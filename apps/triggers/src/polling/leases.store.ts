import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { writeJson, type TriggerConfig } from '@patchbay/contracts';
import { withinTime } from '@patchbay/database';
import { DataSource, type EntityManager } from 'typeorm';
import { GATHER_SECONDS } from '../registrations/index.js';
import { HINTED_POLL_SECONDS, type PollPlan, type PollState } from './poll-plan.js';

/** Less than a minute: so soon another replica goes on with what a killed one held. */
export const LEASE_SECONDS = 50;
/** A poll ends before its lease does, so that no instance is polled twice at once. */
export const POLL_LIMIT_MS = (LEASE_SECONDS - 10) * 1_000;
/** How many due instances are looked at for each that is wanted: those of busy projects are passed over. */
const WINDOW = 20;
/** Who reads metrics waits for it. */
const COUNT_LIMIT_MS = 500;

/** An instance that this replica holds for one poll. */
export interface Lease extends PollState {
  id: string;
  token: string;
  projectId: string;
  userId: string;
  connectionId: string;
  authConfigId: string;
  toolkit: string;
  triggerSlug: string;
  config: TriggerConfig;
}

/** Thrown where what a poll found may not be kept: its lease ended, or its instance was changed meanwhile. */
export class LeaseLost extends Error {}

/**
 * Who polls what. While an instance is held, `next_poll_at` is the end of its lease, so that what a killed replica held
 * is due again by itself; the token tells the holder's result from that of one who held it before.
 */
@Injectable()
export class LeasesStore {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Takes due instances, the longest due first.
   * @param held how many polls each project has under way here; none gets more than `share`
   */
  async claim(most: number, share: number, held: ReadonlyMap<string, number>): Promise<Lease[]> {
    const token = randomUUID();
    const busy = [...held].filter(([, count]) => count >= share).map(([projectId]) => projectId);
    const [rows] = await this.dataSource.query<[Omit<Lease, 'token'>[], number]>(
      `WITH due AS (
         SELECT id, project_id, next_poll_at FROM trigger_instances
          WHERE next_poll_at <= now() AND project_id <> ALL($4::text[])
          ORDER BY next_poll_at LIMIT $1 * ${WINDOW}
       ), ranked AS (
         SELECT id, next_poll_at, row_number() OVER (PARTITION BY project_id ORDER BY next_poll_at)
             + coalesce(($5::jsonb ->> project_id)::int, 0) AS place FROM due
       ), taken AS (
         SELECT instance.id, instance.next_poll_at AS due_at, instance.hinted_at IS NOT NULL AS was_hinted
           FROM trigger_instances instance JOIN ranked ON ranked.id = instance.id
          WHERE ranked.place <= $2 AND instance.next_poll_at <= now()
          ORDER BY ranked.next_poll_at LIMIT $1
            FOR UPDATE OF instance SKIP LOCKED
       )
       UPDATE trigger_instances instance
          SET lease_token = $3, hinted_at = NULL, next_poll_at = now() + interval '${LEASE_SECONDS} seconds'
         FROM taken WHERE instance.id = taken.id
       RETURNING instance.id, taken.due_at AS "dueAt", instance.interval_seconds AS "intervalSeconds",
         instance.is_hinted AS "isHinted", taken.was_hinted AS "wasHinted", instance.failures, instance.cursor, instance.project_id AS "projectId", instance.user_id AS "userId",
         instance.connection_id AS "connectionId", instance.auth_config_id AS "authConfigId", instance.toolkit,
         instance.trigger_slug AS "triggerSlug", instance.config`,
      [most, share, token, busy, JSON.stringify(Object.fromEntries(held))],
    );
    return rows.map((row) => ({ ...row, token }));
  }

  /** Keeps plans of instances that are still held, in one statement. */
  async keep(plans: readonly { lease: Lease; plan: PollPlan }[], manager?: EntityManager): Promise<void> {
    const rows = plans.map(({ lease, plan }) => ({
      id: lease.id,
      token: lease.token,
      next: plan.nextPollAt.toISOString(),
      // As a text of its own: as a part of this one it may hold no zero character.
      cursor: writeJson(plan.cursor),
      failures: plan.failures,
      error: plan.lastError,
    }));
    // Rows are locked in one order, whoever locks several.
    await (manager ?? this.dataSource).query(
      `WITH plan AS (
         SELECT * FROM json_to_recordset($1::json)
             AS plan (id text, token uuid, next timestamptz, cursor text, failures int, error text)
       ), held AS (
         SELECT instance.id, plan.next, instance.hinted_at IS NOT NULL AND plan.error IS NULL AS again, plan.cursor::json AS cursor, plan.failures, plan.error
           FROM trigger_instances instance
           JOIN plan ON plan.id = instance.id AND plan.token = instance.lease_token
          ORDER BY instance.id FOR UPDATE OF instance
       )
       UPDATE trigger_instances instance
          SET next_poll_at = CASE WHEN held.again THEN least(held.next,
                greatest(now() + interval '${GATHER_SECONDS} seconds', instance.held_until)) ELSE held.next END, cursor = held.cursor, failures = held.failures, last_error = held.error,
              last_polled_at = now(), lease_token = NULL
         FROM held WHERE instance.id = held.id`,
      [writeJson(rows)],
    );
  }

  /**
   * In a transaction: nobody else takes the instance, or changes it, until it ends.
   * @throws LeaseLost
   */
  async requireHeld(manager: EntityManager, { id, token }: Lease): Promise<void> {
    const rows = await manager.query<unknown[]>(
      'SELECT 1 FROM trigger_instances WHERE id = $1 AND lease_token = $2 FOR UPDATE',
      [id, token],
    );
    if (rows.length === 0) throw new LeaseLost(`The lease of ${id} has ended`);
  }

  async noteEvent(manager: EntityManager, id: string): Promise<void> {
    await manager.query('UPDATE trigger_instances SET last_event_at = now() WHERE id = $1', [id]);
  }

  /** A provider counts by account: what else is polled with it waits as long, also when it says that something changed. */
  async holdBack({ connectionId }: Pick<Lease, 'connectionId'>, until: Date): Promise<void> {
    await this.dataSource.query(
      `UPDATE trigger_instances SET held_until = $2,
          next_poll_at = CASE WHEN next_poll_at < $2 AND lease_token IS NULL
            THEN $2::timestamptz + random() * interval '5 seconds' ELSE next_poll_at END
        WHERE id IN (
          SELECT id FROM trigger_instances
           WHERE connection_id = $1 AND (is_hinted OR (next_poll_at < $2 AND lease_token IS NULL)) ORDER BY id FOR UPDATE)`,
      [connectionId, until],
    );
  }

  /** Enabled, due, and not polled for three intervals. @returns undefined when the table does not answer soon */
  async countLate(): Promise<number | undefined> {
    const rows = await withinTime(this.dataSource, COUNT_LIMIT_MS, (manager) =>
      manager.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM trigger_instances
        WHERE next_poll_at < now() + interval '${LEASE_SECONDS} seconds'
          AND coalesce(last_polled_at, enabled_at) < now() - interval '3 seconds'
            * CASE WHEN is_hinted THEN greatest(interval_seconds, ${HINTED_POLL_SECONDS}) ELSE interval_seconds END`,
      ),
    );
    return rows && (rows[0]?.count ?? 0);
  }
}
