import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { writeJson } from '@patchbay/contracts';
import { DeadLetters } from '@patchbay/database';
import { counter, EventConsumer, LOGGER, NatsClient, type FailedEvent, type Logger } from '@patchbay/service';
import { DataSource, QueryFailedError } from 'typeorm';
import { PartitionKeeper } from '../partitions/partition.keeper.js';
import {
  readMessage,
  rejectionOf,
  type AuditRow,
  type CallRow,
  type EventRow,
  type Intake,
  type Rejection,
  type StreamMessage,
} from './intake.js';
import { KEEP_AUDIT, KEEP_CALLS, KEEP_EVENTS, KEEP_REJECTIONS } from './statements.js';

const rejectedEvents = counter({
  name: 'patchbay_rejected_events_total',
  help: 'Events that could not be kept and were set aside.',
  labelNames: ['subject'],
});

const DURABLE = 'logs-record';
const TABLE_OF = { call: 'calls', event: 'events', audit: 'audit' } as const;
/** Messages; each may hold many events. */
const BATCH = 100;
/** How long a lone event waits for company before it is written: the delay of the record. Many wait four times as long. */
const MAX_WAIT_MS = 50;

/** Writes what the stream tells: each call and event once, however often and in whatever order it is told. */
@Injectable()
export class RecordWriter implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly consumer: EventConsumer;

  constructor(
    private readonly dataSource: DataSource,
    private readonly partitions: PartitionKeeper,
    deadLetters: DeadLetters,
    nats: NatsClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const options = {
      durable: DURABLE,
      subject: 'events.>',
      batchSize: BATCH,
      maxWaitMs: MAX_WAIT_MS,
      ownsStream: true,
      setAside: (event: FailedEvent) => deadLetters.setAside(DURABLE, event),
    };
    this.consumer = new EventConsumer(nats, options, (batch) => this.write(batch), logger);
    deadLetters.resendBy(DURABLE, ({ eventId, subject, body }) => {
      const [seq = 0, publishedMs = 0] = eventId.split('-').map(Number);
      return this.write([{ subject, seq, string: () => body, info: { timestampNanos: publishedMs * 1e6 } }]);
    });
  }

  onApplicationBootstrap(): void {
    this.consumer.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.consumer.stop();
  }

  /** Waits until all that has happened by now is on the record. @returns whether that came in time */
  isCurrent(limitMs: number): Promise<boolean> {
    return this.consumer.caughtUp(limitMs);
  }

  private async write(batch: readonly StreamMessage[]): Promise<void> {
    // What is past its retention comes only from a stream that is read anew, and would be counted again.
    const intakes = batch
      .flatMap(readMessage)
      .filter(
        (intake) => intake.kind === 'rejected' || this.partitions.isKept(TABLE_OF[intake.kind], intake.at),
      );
    try {
      await this.keep(intakes);
    } catch (error) {
      if (!isItsOwnFault(error)) throw error;
      await this.keepOneByOne(intakes);
    }
  }

  private async keep(intakes: readonly Intake[]): Promise<void> {
    for (const intake of intakes) {
      if (intake.kind !== 'rejected') await this.partitions.ensure(TABLE_OF[intake.kind], intake.at);
    }
    const { calls, events, audit, rejections } = sort(intakes);
    const rejected = await this.dataSource.transaction(async (manager) => {
      if (calls.length > 0) await manager.query(KEEP_CALLS, [writeJson(calls)]);
      if (events.length > 0) await manager.query(KEEP_EVENTS, [writeJson(events)]);
      if (audit.length > 0) await manager.query(KEEP_AUDIT, [writeJson(audit)]);
      if (rejections.length === 0) return [];
      return manager.query<{ subject: string }[]>(KEEP_REJECTIONS, [writeJson(rejections)]);
    });
    for (const { subject } of rejected) rejectedEvents.inc({ subject });
    if (rejected.length > 0) {
      const [{ subject, sequence, reason } = {}] = rejections;
      this.logger.error({ count: rejected.length, subject, sequence, reason }, 'events were set aside');
    }
  }

  /** One event that cannot be stored must not keep its neighbours off the record, nor come again for ever. */
  private async keepOneByOne(intakes: readonly Intake[]): Promise<void> {
    const rejected: Intake[] = [];
    for (const intake of intakes) {
      if (intake.kind === 'rejected') rejected.push(intake);
      else {
        await this.keep([intake]).catch((error: unknown) => {
          if (!isItsOwnFault(error)) throw error;
          rejected.push({ kind: 'rejected', rejection: rejectionOf(intake.source, error) });
        });
      }
    }
    await this.keep(rejected);
  }
}

interface Sorted {
  calls: CallRow[];
  events: EventRow[];
  audit: AuditRow[];
  rejections: Rejection[];
}

function sort(intakes: readonly Intake[]): Sorted {
  const calls = new Map<string, CallRow>();
  const events = new Map<string, EventRow>();
  const audit = new Map<string, AuditRow>();
  const rejections = new Map<number, Rejection>();
  for (const intake of intakes) {
    if (intake.kind === 'rejected') {
      const { rejection } = intake;
      rejections.set(rejection.sequence, together(rejections.get(rejection.sequence), rejection));
    } else if (intake.kind === 'event') events.set(intake.row.id, intake.row);
    else if (intake.kind === 'audit') audit.set(intake.row.id, intake.row);
    // The end repeats the start: of two events of one call in a batch, it alone is needed.
    else if (intake.row.status !== 'running' || !calls.has(intake.row.id))
      calls.set(intake.row.id, intake.row);
  }
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  return {
    calls: [...calls.values()].toSorted(byId),
    events: [...events.values()].toSorted(byId),
    audit: [...audit.values()].toSorted(byId),
    rejections: [...rejections.values()],
  };
}

/** A message is set aside once, with all of its events that cannot be kept. */
function together(first: Rejection | undefined, next: Rejection): Rejection {
  if (!first) return next;
  const { body, reason } = first;
  return { ...first, body: `${body}\n${next.body}`, reason: `${reason}; ${next.reason}` };
}

/** Classes of Postgres' errors that the value itself causes, now and the next time: data, integrity, limits. */
function isItsOwnFault(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code } = error.driverError as { code?: unknown };
  return typeof code === 'string' && /^(22|23|54)/.test(code);
}
