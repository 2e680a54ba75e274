import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { writeJson } from '@patchbay/contracts';
import { counter, LOGGER, type Logger } from '@patchbay/service';
import { DataSource, QueryFailedError } from 'typeorm';
import { PartitionManager } from '../partitions/index.js';
import { RecordConsumer, type StreamMessage } from '../stream/index.js';
import { INSERT_AUDIT, INSERT_CALLS, INSERT_EVENTS, INSERT_REJECTIONS } from './insert-statements.js';
import {
  parseMessage,
  rejectionOf,
  type AuditRow,
  type CallRow,
  type EventRow,
  type ParsedEvent,
  type Rejection,
} from './parse-events.js';

const rejectedEvents = counter({
  name: 'patchbay_rejected_events_total',
  help: 'Events that could not be kept and were set aside.',
  labelNames: ['subject'],
});

const TABLE_OF = { call: 'calls', event: 'events', audit: 'audit' } as const;

/** Writes the events of the stream into the tables: each call and event once, in whatever order and however often they come. */
@Injectable()
export class RecordWriter implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly partitions: PartitionManager,
    private readonly consumer: RecordConsumer,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.consumer.start((batch) => this.write(batch));
  }

  private async write(batch: readonly StreamMessage[]): Promise<void> {
    // Events past their retention come only from a stream that is replayed, and would be counted again.
    const events = batch
      .flatMap(parseMessage)
      .filter(
        (event) =>
          event.kind === 'rejected' || this.partitions.isWithinRetention(TABLE_OF[event.kind], event.at),
      );
    try {
      await this.insert(events);
    } catch (error) {
      if (!isDataError(error)) throw error;
      await this.insertOneByOne(events);
    }
  }

  private async insert(parsed: readonly ParsedEvent[]): Promise<void> {
    for (const event of parsed) {
      if (event.kind !== 'rejected') await this.partitions.ensure(TABLE_OF[event.kind], event.at);
    }
    const { calls, events, audit, rejections } = groupByTable(parsed);
    const rejected = await this.inOneTransaction([
      { statement: INSERT_CALLS, rows: calls },
      { statement: INSERT_EVENTS, rows: events },
      { statement: INSERT_AUDIT, rows: audit },
      { statement: INSERT_REJECTIONS, rows: rejections },
    ]);
    for (const { subject } of rejected) rejectedEvents.inc({ subject });
    if (rejected.length > 0) {
      const [{ subject, sequence, reason } = {}] = rejections;
      this.logger.error({ count: rejected.length, subject, sequence, reason }, 'events were set aside');
    }
  }

  /** @returns the subjects of the rejections that are new: no other statement returns rows */
  private inOneTransaction(inserts: readonly Insert[]): Promise<{ subject: string }[]> {
    const needed = inserts.filter(({ rows }) => rows.length > 0);
    const [only] = needed;
    // One alone is a transaction by itself, at a third of the round trips: most batches hold nothing but calls.
    if (only && needed.length === 1) return this.dataSource.query(only.statement, [writeJson(only.rows)]);
    return this.dataSource.transaction(async (manager) => {
      const returned: { subject: string }[] = [];
      for (const { statement, rows } of needed) {
        returned.push(...(await manager.query<{ subject: string }[]>(statement, [writeJson(rows)])));
      }
      return returned;
    });
  }

  /** One event that cannot be stored must neither block the others of its batch nor be redelivered for ever. */
  private async insertOneByOne(events: readonly ParsedEvent[]): Promise<void> {
    const rejected: ParsedEvent[] = [];
    for (const event of events) {
      if (event.kind === 'rejected') rejected.push(event);
      else {
        await this.insert([event]).catch((error: unknown) => {
          if (!isDataError(error)) throw error;
          rejected.push({ kind: 'rejected', rejection: rejectionOf(event.source, error) });
        });
      }
    }
    await this.insert(rejected);
  }
}

interface Insert {
  statement: string;
  rows: readonly object[];
}

interface Rows {
  calls: CallRow[];
  events: EventRow[];
  audit: AuditRow[];
  rejections: Rejection[];
}

function groupByTable(parsed: readonly ParsedEvent[]): Rows {
  const calls = new Map<string, CallRow>();
  const events = new Map<string, EventRow>();
  const audit = new Map<string, AuditRow>();
  const rejections = new Map<number, Rejection>();
  for (const event of parsed) {
    if (event.kind === 'rejected') {
      const { rejection } = event;
      rejections.set(rejection.sequence, mergeRejections(rejections.get(rejection.sequence), rejection));
    } else if (event.kind === 'event') events.set(event.row.id, event.row);
    else if (event.kind === 'audit') audit.set(event.row.id, event.row);
    // The end repeats the start: of two events of one call in a batch, it alone is needed.
    else if (event.row.status !== 'running' || !calls.has(event.row.id)) calls.set(event.row.id, event.row);
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
function mergeRejections(first: Rejection | undefined, next: Rejection): Rejection {
  if (!first) return next;
  const { body, reason } = first;
  return { ...first, body: `${body}\n${next.body}`, reason: `${reason}; ${next.reason}` };
}

/** Error classes of Postgres that the value itself causes, so that a retry fails too: data, integrity, limits. */
function isDataError(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code } = error.driverError as { code?: unknown };
  return typeof code === 'string' && /^(22|23|54)/.test(code);
}
