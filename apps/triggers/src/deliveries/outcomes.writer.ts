import { Inject, Injectable } from '@nestjs/common';
import { clipText } from '@patchbay/contracts';
import { counter, LOGGER, type Logger } from '@patchbay/service';
import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { DueDelivery } from './queue.leases.js';
import { RetrySchedule } from './retry-schedule.js';
import type { Outcome } from './webhook.client.js';

const attempts = counter({
  name: 'patchbay_webhook_attempts_total',
  help: 'Attempts to deliver an event to a webhook: delivered, to be tried again, or given up.',
  labelNames: ['outcome'],
});

const MAX_BATCH = 200;
const ERROR_CHARACTERS = 500;
/** The row of a subscription that takes everything is not written for each of its deliveries. */
const HEALTH_SECONDS = 5;
const AGAIN_MS = 1_000;

interface Ended {
  subscriptionId: string;
  delivery: DueDelivery;
  outcome: Outcome;
  written: () => void;
}

/**
 * Writes what became of attempts: while one write is on its way, those that end meanwhile gather for the next. It goes on
 * trying while Postgres is away; what is not written when the process ends is sent once more by another.
 */
@Injectable()
export class OutcomesWriter {
  private gathered: Ended[] = [];
  private writing: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly schedule: RetrySchedule,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Resolves when it is on the record. */
  write(subscriptionId: string, delivery: DueDelivery, outcome: Outcome): Promise<void> {
    return new Promise((resolve) => {
      this.gathered.push({ subscriptionId, delivery, outcome, written: resolve });
      this.writing ??= this.writeAll().finally(() => {
        this.writing = undefined;
      });
    });
  }

  private async writeAll(): Promise<void> {
    while (this.gathered.length > 0) {
      const batch = this.gathered.splice(0, MAX_BATCH);
      for (;;) {
        try {
          await this.writeBatch(batch);
          break;
        } catch (error) {
          this.logger.warn(
            { err: error, attempts: batch.length },
            'attempts could not be written; trying again',
          );
          await delay(AGAIN_MS);
        }
      }
      for (const { written } of batch) written();
    }
  }

  private async writeBatch(batch: readonly Ended[]): Promise<void> {
    const rows = batch.map(({ delivery, outcome }) => this.row(delivery, outcome));
    await this.dataSource.transaction(async (manager) => {
      // A subscription before its deliveries, as one that is deleted takes them with it: else each would wait for the other.
      await manager.query(ARRIVED, [arrivedAt(batch)]);
      const trouble = lastFailures(batch);
      if (trouble.length > 0) await manager.query(FAILED, [JSON.stringify(trouble)]);
      await manager.query(RECORD, [JSON.stringify(rows)]);
    });
    for (const { state } of rows) attempts.inc({ outcome: state === 'waiting' ? 'retried' : state });
  }

  private row({ messageId, tries }: DueDelivery, { isGone, askedMs, error, ...outcome }: Outcome) {
    const pauseMs = isGone || error === null ? undefined : this.schedule.pauseAfter(tries + 1, askedMs);
    return {
      ...outcome,
      id: messageId,
      state: error === null ? 'delivered' : pauseMs === undefined ? 'failed' : 'waiting',
      pause_ms: pauseMs ?? null,
      error: error && clipText(error, ERROR_CHARACTERS),
      at: outcome.at.toISOString(),
      request_headers: JSON.stringify(outcome.requestHeaders),
      response_headers: outcome.responseHeaders && JSON.stringify(outcome.responseHeaders),
      response_body: outcome.responseBody?.toWellFormed() ?? null,
    };
  }
}

/** One that was deleted meanwhile is on no record. */
const RECORD = `
  WITH given AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS row (id text, state text, pause_ms bigint, status integer, error text,
      at timestamptz, "durationMs" integer, url text, version text, request_headers text, response_headers text,
      response_body text)),
  changed AS (
    UPDATE deliveries SET state = given.state, attempts = attempts + 1, tries = tries + 1, status = given.status,
      error = given.error, next_at = now() + given.pause_ms * interval '1 millisecond',
      finished_at = CASE WHEN given.state <> 'waiting' THEN now() END
      FROM given WHERE deliveries.id = given.id
    RETURNING deliveries.id, deliveries.attempts)
  INSERT INTO delivery_attempts (delivery_id, number, at, duration_ms, url, version, request_headers, status,
    response_headers, response_body, error)
  SELECT id, changed.attempts, at, "durationMs", url, version, request_headers::json, given.status,
    response_headers::json, response_body, given.error
    FROM changed JOIN given USING (id)`;

const ARRIVED = `
  UPDATE webhook_subscriptions SET failing_since = NULL, last_error = NULL, last_delivered_at = now()
   WHERE id = ANY($1) AND stopped_at IS NULL AND (failing_since IS NOT NULL OR last_delivered_at IS NULL
     OR last_delivered_at < now() - interval '${HEALTH_SECONDS} seconds')`;

/** Where it was sent to must be where it is sent now: what was wrong with an address of before says nothing. */
const FAILED = `
  UPDATE webhook_subscriptions subscription SET failing_since = coalesce(failing_since, now()), last_error = given.error,
    stopped_at = CASE WHEN given.gone THEN now() ELSE stopped_at END
    FROM json_to_recordset($1::json) AS given (id text, url text, error text, gone boolean)
   WHERE subscription.id = given.id AND subscription.url = given.url`;

function arrivedAt(batch: readonly Ended[]): string[] {
  const arrived = batch.filter(({ outcome }) => outcome.error === null);
  return [...new Set(arrived.map(({ subscriptionId }) => subscriptionId))];
}

/** Of the subscriptions whose last attempt failed. */
function lastFailures(batch: readonly Ended[]): { id: string; url: string; error: string; gone: boolean }[] {
  const last = new Map(batch.map(({ subscriptionId, outcome }) => [subscriptionId, outcome]));
  for (const { subscriptionId, outcome } of batch) if (outcome.isGone) last.set(subscriptionId, outcome);
  return [...last].flatMap(([id, { url, error, isGone }]) =>
    error === null ? [] : [{ id, url, error: clipText(error, ERROR_CHARACTERS), gone: isGone }],
  );
}
