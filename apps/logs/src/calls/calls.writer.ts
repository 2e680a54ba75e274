import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { JsMsg } from '@nats-io/jetstream';
import { CallFinished, CallStarted, EventEnvelope } from '@patchbay/contracts';
import { EventConsumer, LOGGER, NatsClient, type Logger } from '@patchbay/service';
import { DataSource, QueryFailedError, type QueryDeepPartialEntity } from 'typeorm';
import { Call } from './call.entity.js';
import { PartitionKeeper } from './partition.keeper.js';
import { storable } from './storable.js';

/** A call's columns, without the methods that an entity might have. */
type Row = { [Column in keyof Call]: Call[Column] };

const BATCH = 500;
/** How long a lone call waits for company before it is written: the delay of the record. */
const MAX_WAIT_MS = 50;

/** Writes what the stream tells of calls: one row each, however often and in whatever order it is told. */
@Injectable()
export class CallsWriter implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly consumer: EventConsumer;

  constructor(
    private readonly dataSource: DataSource,
    private readonly partitions: PartitionKeeper,
    nats: NatsClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const options = {
      durable: 'logs-calls',
      subject: 'events.*.call.*',
      batchSize: BATCH,
      maxWaitMs: MAX_WAIT_MS,
    };
    this.consumer = new EventConsumer(nats, options, (batch) => this.write(batch), logger);
  }

  onApplicationBootstrap(): void {
    this.consumer.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.consumer.stop();
  }

  private async write(batch: JsMsg[]): Promise<void> {
    const rows = new Map<string, Row>();
    for (const message of batch) {
      const row = this.parse(message);
      // The end repeats the start: of two events of one call in a batch, it alone is needed.
      if (row && (row.status !== 'running' || !rows.has(row.id))) rows.set(row.id, row);
    }
    if (rows.size === 0) return;
    await this.partitions.ensure([...rows.values()].map(({ startedAt }) => startedAt));
    try {
      await this.insert([...rows.values()]);
    } catch (error) {
      if (!isDataException(error)) throw error;
      await this.insertOneByOne([...rows.values()]);
    }
  }

  private async insert(rows: Row[]): Promise<void> {
    const [running, finished] = partition(rows, ({ status }) => status === 'running');
    await this.dataSource.transaction(async (manager) => {
      // TypeORM's own type for values cannot say "any JSON".
      const insert = (values: Row[]) =>
        manager
          .createQueryBuilder()
          .insert()
          .into(Call)
          .values(values as QueryDeepPartialEntity<Call>[]);
      if (running.length > 0) await insert(running).orIgnore().execute();
      if (finished.length > 0) {
        const end = ['connection_id', 'status', 'finished_at', 'duration_ms', 'error', 'data'];
        await insert(finished).orUpdate(end, ['started_at', 'id']).execute();
      }
    });
  }

  /** One call that cannot be stored must not keep its neighbours off the record, nor come again for ever. */
  private async insertOneByOne(rows: Row[]): Promise<void> {
    for (const row of rows) {
      try {
        await this.insert([row]);
      } catch (error) {
        if (!isDataException(error)) throw error;
        this.logger.error({ err: error, logId: row.id }, 'a call that cannot be stored');
      }
    }
  }

  /** What cannot be read will not be readable the next time: it is reported and passed over. */
  private parse(message: JsMsg): Row | undefined {
    try {
      const { data } = EventEnvelope.parse(storable(message.json()));
      return message.subject.endsWith('.started')
        ? fromStart(CallStarted.parse(data))
        : fromEnd(CallFinished.parse(data));
    } catch (error) {
      this.logger.error(
        { err: error, subject: message.subject, sequence: message.seq },
        'an unreadable event',
      );
      return undefined;
    }
  }
}

function fromStart(call: CallStarted): Row {
  return {
    id: call.logId,
    startedAt: new Date(call.startedAt),
    projectId: call.projectId,
    userId: call.userId,
    sessionId: call.sessionId,
    requestId: call.requestId,
    traceId: call.traceId,
    toolkit: call.toolkit,
    toolSlug: call.toolSlug,
    parent: call.parent,
    arguments: call.arguments,
    connectionId: null,
    status: 'running',
    finishedAt: null,
    durationMs: null,
    error: null,
    data: null,
  };
}

function fromEnd(call: CallFinished): Row {
  const { connectionId, status, durationMs, error, data } = call;
  return {
    ...fromStart(call),
    connectionId,
    status,
    durationMs,
    error,
    data,
    finishedAt: new Date(call.finishedAt),
  };
}

function partition<T>(items: T[], matches: (item: T) => boolean): [T[], T[]] {
  return [items.filter(matches), items.filter((item) => !matches(item))];
}

/** Class 22 of Postgres' errors: the value is wrong, and will be wrong the next time. */
function isDataException(error: unknown): boolean {
  return (
    error instanceof QueryFailedError &&
    String((error.driverError as { code?: unknown }).code).startsWith('22')
  );
}
