import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { EventEnvelope, readJson } from '@patchbay/contracts';
import { Bus, LOGGER, refusalOf, type Logger } from '@patchbay/service';
import { DataSource, type EntityManager } from 'typeorm';
import { DeadLetters, OUTBOX } from '../dead-letters/dead-letters.store.js';

const BATCH = 100;
/** For what a nudge did not take along: a crash between commit and publish, or an outage of NATS. */
const SWEEP_MS = 1_000;
/** Of a body that is read to be cut; what is larger was not written by any service of ours. */
const MAX_CUT_BYTES = 16 * 1024 * 1024;

/** The form of every contract's subject; no stream stores any other, which would look like an outage. */
const SUBJECT = /^events(\.[\w-]+)+$/;

/** No sending again will help it. */
class Unsendable extends Error {}

interface Row {
  position: string;
  eventId: string;
  subject: string;
  bytes: number;
  /** Null when it is too large to be published as it is. */
  body: string | null;
}

/**
 * Moves events from the outbox into the stream: at least once, and once in the stream, by their id, in about the
 * order in which they were written. One that cannot go does not hold up those behind it: what is too large is cut,
 * what can never go is set aside, and what is refused for now is tried again later. While NATS is away all wait.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;
  private failing = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly bus: Bus,
    private readonly deadLetters: DeadLetters,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.nudge(), SWEEP_MS);
    this.deadLetters.resendBy(OUTBOX, () => this.nudge());
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await (this.next ?? this.running);
  }

  /**
   * There is something to send: begin now. Resolves when all that was in the outbox by then was tried.
   * Calls that come while a pass is running share the one after it.
   */
  nudge(): Promise<void> {
    if (!this.running) return this.pass();
    this.next ??= this.running.then(() => {
      this.next = undefined;
      return this.pass();
    });
    return this.next;
  }

  private pass(): Promise<void> {
    this.running = this.relay().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async relay(): Promise<void> {
    try {
      while ((await this.relayBatch()) === BATCH);
      this.failing = false;
    } catch (error) {
      // Once an outage, not once a second.
      if (!this.failing) this.logger.warn({ err: error }, 'events wait in the outbox');
      this.failing = true;
    }
  }

  /** @returns how many rows it found; @throws when NATS is away, with what went until then kept */
  private async relayBatch(): Promise<number> {
    const { found, outage } = await this.dataSource.transaction(async (manager) => {
      const rows = await this.take(manager);
      const sent: string[] = [];
      let outage: unknown;
      for (const row of rows) {
        try {
          await this.publish(manager, row);
          sent.push(row.position);
        } catch (error) {
          const refusal = error instanceof Unsendable ? 'never' : refusalOf(error);
          if (refusal === 'never') await this.deadLetters.setAsideRow(manager, row.position, String(error));
          else if (refusal === 'later') await this.retryLater(manager, row, error);
          else {
            outage = error;
            break;
          }
        }
      }
      if (sent.length > 0) await manager.query('DELETE FROM outbox WHERE position = ANY($1)', [sent]);
      return { found: rows.length, outage };
    });
    if (outage) throw outage;
    return found;
  }

  /** Without the bodies that are too large: a hundred of them would not fit into the memory. */
  private take(manager: EntityManager): Promise<Row[]> {
    return manager.query<Row[]>(
      `SELECT position, event_id AS "eventId", subject, octet_length(body) AS bytes,
         CASE WHEN octet_length(body) <= $2 THEN body END AS body
       FROM outbox WHERE retry_at IS NULL OR retry_at <= now()
       ORDER BY position LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [BATCH, this.bus.maxEventBytes],
    );
  }

  private async publish(manager: EntityManager, row: Row): Promise<void> {
    if (!SUBJECT.test(row.subject)) throw new Unsendable('No event has such a subject.');
    await this.bus.publishRaw(row.subject, row.eventId, row.body ?? (await this.cut(manager, row)));
  }

  /** A row of an older version, or of a time when the server took larger messages. */
  private async cut(manager: EntityManager, { position, bytes }: Row): Promise<string> {
    if (bytes > MAX_CUT_BYTES) throw new Unsendable(`The event has ${bytes} bytes.`);
    const [row] = await manager.query<{ body: string }[]>('SELECT body FROM outbox WHERE position = $1', [
      position,
    ]);
    const event = readEvent(row?.body ?? '');
    const { body, fits } = this.bus.fit(event);
    if (!fits) throw new Unsendable(`The event has ${bytes} bytes, and is too large with its texts cut.`);
    this.logger.warn({ eventId: event.id, bytes }, 'an event was too large: its texts were cut');
    return body;
  }

  private async retryLater(
    manager: EntityManager,
    { position, subject }: Row,
    error: unknown,
  ): Promise<void> {
    this.logger.warn({ err: error, subject }, 'the stream refuses an event; it is tried again');
    await manager.query(
      `UPDATE outbox SET attempts = attempts + 1, retry_at = now() + least(60, 2 ^ least(attempts, 6)) * interval '1 second'
       WHERE position = $1`,
      [position],
    );
  }
}

function readEvent(body: string): EventEnvelope {
  try {
    return EventEnvelope.parse(readJson(body)) as EventEnvelope;
  } catch {
    throw new Unsendable('The event is no JSON of an event.');
  }
}
