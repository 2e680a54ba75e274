import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import {
  AppError,
  clipText,
  decodeCursor,
  encodeCursor,
  type DeadLetter as DeadLetterView,
  type InputOf,
  type listDeadLetters,
  type OutputOf,
} from '@patchbay/contracts';
import { beforeScrape, counter, gauge, LOGGER, type FailedEvent, type Logger } from '@patchbay/service';
import { DataSource, LessThan, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { DeadLetter } from './dead-letter.entity.js';

export const OUTBOX = 'outbox';
/** Of a body that is larger only the beginning is kept. */
const MAX_BODY_CHARACTERS = 1024 * 1024;
const MAX_REASON_CHARACTERS = 2_000;
const SHOWN_CHARACTERS = 2_000;
/** The newest ones are kept, and these for so long. */
const MAX_KEPT = 1_000;
const KEPT_DAYS = 30;

const setAsideTotal = counter({
  name: 'patchbay_dead_letters_total',
  help: 'Events that could not be published or handled and were set aside.',
  labelNames: ['origin', 'subject'],
});
const waiting = gauge({
  name: 'patchbay_dead_letters',
  help: 'Events that were set aside and neither sent again nor discarded.',
});

const Position = z.strictObject({ before: z.string().regex(/^\d{1,18}$/) });
type ListContract = ReturnType<typeof listDeadLetters>;
type Again = (event: Pick<DeadLetter, 'eventId' | 'subject' | 'body'>) => Promise<void>;

/** What is set aside in a service's schema, so that one bad event holds up no good one. */
@Injectable()
export class DeadLetters implements OnModuleInit, OnModuleDestroy {
  private readonly again = new Map<string, Again>();
  private probe: { forget(): void } | undefined;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.probe = beforeScrape(async () => waiting.set(await this.dataSource.manager.count(DeadLetter)));
  }

  onModuleDestroy(): void {
    this.probe?.forget();
  }

  /** Says how events of an origin are published or handled once more. */
  resendBy(origin: string, again: Again): void {
    this.again.set(origin, again);
  }

  /** Moves a row of the outbox here, in the database: its body may be too large to be read. */
  async setAsideRow(manager: EntityManager, position: string, reason: string): Promise<void> {
    const [moved] = await manager.query<{ subject: string; event_id: string; bytes: number }[]>(
      `INSERT INTO dead_letters (origin, event_id, subject, reason, body, bytes)
       SELECT '${OUTBOX}', event_id, subject, $2, left(body, ${MAX_BODY_CHARACTERS}), octet_length(body)
         FROM outbox WHERE position = $1
       ON CONFLICT (origin, event_id) DO UPDATE SET reason = excluded.reason, set_aside_at = now()
       RETURNING subject, event_id, bytes`,
      [position, wordsOf(reason)],
    );
    await manager.query('DELETE FROM outbox WHERE position = $1', [position]);
    await this.bound(manager);
    if (moved) this.tell(OUTBOX, moved.subject, { eventId: moved.event_id, bytes: moved.bytes, reason });
  }

  /** Keeps an event that a durable consumer could not handle. */
  async setAside(origin: string, event: FailedEvent): Promise<void> {
    const { eventId, subject, body, reason } = event;
    const bytes = Buffer.byteLength(body);
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO dead_letters (origin, event_id, subject, reason, body, bytes)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (origin, event_id) DO UPDATE SET reason = excluded.reason, set_aside_at = now()`,
        [origin, eventId, subject, wordsOf(reason), bodyOf(body), bytes],
      );
      await this.bound(manager);
    });
    this.tell(origin, subject, { eventId, bytes, reason });
  }

  async list({ limit, cursor }: InputOf<ListContract>): Promise<OutputOf<ListContract>> {
    const before = cursor ? decodeCursor(Position, cursor).before : null;
    const rows = await this.dataSource.query<(Omit<DeadLetterView, 'setAsideAt'> & { setAsideAt: Date })[]>(
      `SELECT id, origin, event_id AS "eventId", subject, reason, bytes, left(body, ${SHOWN_CHARACTERS}) AS beginning,
         octet_length(body) = bytes AS "isWhole", set_aside_at AS "setAsideAt"
       FROM dead_letters WHERE $1::bigint IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
      [before, limit + 1],
    );
    const items = rows
      .slice(0, limit)
      .map(({ setAsideAt, ...row }) => ({ ...row, setAsideAt: setAsideAt.toISOString() }));
    const last = items.at(-1);
    return {
      items,
      total: await this.dataSource.manager.count(DeadLetter),
      nextCursor: last && rows.length > limit ? encodeCursor({ before: last.id }) : null,
    };
  }

  /** @throws AppError `conflict` when not all of it was kept; whatever its handling throws, and it stays then */
  async resend(id: string): Promise<{ id: string }> {
    const row = await this.row(id);
    if (Buffer.byteLength(row.body) < row.bytes) {
      throw new AppError('conflict', 'Only the beginning of this event was kept: it cannot be sent again.', {
        suggestion: 'Discard it when it is of no more use.',
      });
    }
    const again = this.again.get(row.origin);
    if (!again) throw new AppError('conflict', `Nothing here handles events of ${row.origin} any more.`);
    if (row.origin === OUTBOX) await this.putBack(row);
    await again(row);
    await this.dataSource.manager.delete(DeadLetter, { id });
    const { origin, eventId } = row;
    const back = await this.dataSource.manager.findOneBy(DeadLetter, { origin, eventId });
    if (back) throw new AppError('conflict', `It was set aside again, as ${back.id}: ${back.reason}`);
    return { id };
  }

  async discard(id: string): Promise<{ id: string }> {
    await this.row(id);
    await this.dataSource.manager.delete(DeadLetter, { id });
    return { id };
  }

  /** Deletes what is past its time. */
  async deleteOld(): Promise<void> {
    const oldest = new Date(Date.now() - KEPT_DAYS * 24 * 3_600_000);
    await this.dataSource.manager.delete(DeadLetter, { setAsideAt: LessThan(oldest) });
  }

  private async putBack({ id, eventId, subject, body }: DeadLetter): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { affected } = await manager.delete(DeadLetter, { id });
      if (!affected) return;
      await manager.query('INSERT INTO outbox (event_id, subject, body) VALUES ($1, $2, $3)', [
        eventId,
        subject,
        body,
      ]);
    });
  }

  private async row(id: string): Promise<DeadLetter> {
    const row = await this.dataSource.manager.findOneBy(DeadLetter, { id });
    if (!row) throw new AppError('not_found', `There is no dead letter ${id}.`);
    return row;
  }

  private async bound(manager: EntityManager): Promise<void> {
    await manager.query(
      `DELETE FROM dead_letters WHERE id <= (SELECT id FROM dead_letters ORDER BY id DESC OFFSET ${MAX_KEPT} LIMIT 1)`,
    );
  }

  private tell(
    origin: string,
    subject: string,
    about: { eventId: string; bytes: number; reason: string },
  ): void {
    setAsideTotal.inc({ origin, subject });
    this.logger.error({ origin, subject, ...about, reason: wordsOf(about.reason) }, 'an event was set aside');
  }
}

function bodyOf(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD').slice(0, MAX_BODY_CHARACTERS).toWellFormed();
}

function wordsOf(reason: string): string {
  return clipText(bodyOf(reason), MAX_REASON_CHARACTERS);
}
