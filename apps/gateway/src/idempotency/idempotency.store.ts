import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscardPolicy, jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { errors, nanos } from '@nats-io/transport-node';
import { AppError } from '@patchbay/contracts';
import {
  ensureStream,
  LOGGER,
  NatsClient,
  storeMessage,
  StreamRefusal,
  type Logger,
} from '@patchbay/service';

const MINUTE_MS = 60 * 1000;
const MEGABYTE = 1024 ** 2;
const TIMEOUT_MS = 3_000;
/** The server's error code: the subject holds another message than the one that was expected. */
const WRONG_LAST_SEQUENCE = 10_071;

/** A request's record: its subject, its sequence in the stream, and the latest state of the request. */
export interface StoredRecord {
  subject: string;
  sequence: number;
  body: string;
}

/** `keys`: requests with an idempotency key. `tries`: requests that a client may retry without one. */
export type RecordKind = 'keys' | 'tries';

/** How long a record is kept at most. */
export const RECORD_AGE_MS: Record<RecordKind, number> = {
  keys: 24 * 60 * MINUTE_MS,
  tries: 15 * MINUTE_MS,
};

/** The streams and subjects keep their first names: after an upgrade the records of the last day are still found. */
const SUBJECT_PREFIX = 'repeats';
const STREAMS: Record<RecordKind, { name: string; maxBytes: number }> = {
  keys: { name: 'REPEAT_KEYS', maxBytes: 256 * MEGABYTE },
  tries: { name: 'REPEAT_TRIES', maxBytes: 512 * MEGABYTE },
};

/**
 * One record for each request that may be retried, shared by all replicas, with the request's latest state. Records
 * are in streams, so that they outlive the process that made the request; the streams are bounded, and the oldest
 * records go first. A record's subject begins with its owner, a project, so that each owner's can be bounded apart.
 */
@Injectable()
export class IdempotencyStore implements OnModuleInit {
  constructor(
    private readonly nats: NatsClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    for (const kind of ['keys', 'tries'] as const) {
      // Not fatal: the first request that needs the stream creates it.
      await this.ensure(kind).catch((error: unknown) =>
        this.logger.warn({ err: error }, 'an idempotency stream could not be created yet'),
      );
    }
  }

  subjectOf(kind: RecordKind, owner: string, ...parts: string[]): string {
    return [SUBJECT_PREFIX, kind, owner, ...parts].join('.');
  }

  /**
   * Leaves an owner its newest records, and drops its older ones.
   * @param most how many are left
   */
  async trim(kind: RecordKind, owner: string, most: number): Promise<void> {
    this.nats.requireConnected();
    const manager = await this.manager();
    await manager.streams.purge(STREAMS[kind].name, {
      filter: this.subjectOf(kind, owner, '>'),
      keep: most,
    });
  }

  /**
   * Writes a record if the subject's last message has this sequence; 0: if it has none.
   * @returns false when another request was first
   */
  async claim(subject: string, body: string, sequence = 0): Promise<boolean> {
    try {
      await this.publish(subject, body, sequence);
      return true;
    } catch (error) {
      if (error instanceof StreamRefusal && error.code === WRONG_LAST_SEQUENCE) return false;
      throw unavailable(error);
    }
  }

  async write(subject: string, body: string): Promise<void> {
    try {
      await this.publish(subject, body);
    } catch (error) {
      throw unavailable(error);
    }
  }

  async read(subject: string): Promise<StoredRecord | undefined> {
    this.nats.requireConnected();
    try {
      const manager = await this.manager();
      // Of the stream's leader. Directly, any replica answers, also one that does not have the last state yet.
      const message = await manager.streams.getMessage(STREAMS[kindOf(subject)].name, {
        last_by_subj: subject,
      });
      return message ? { subject, sequence: message.seq, body: message.string() } : undefined;
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** The subjects of records below this one, in no set order. */
  async subjectsUnder(subject: string): Promise<string[]> {
    this.nats.requireConnected();
    try {
      const manager = await this.manager();
      const { state } = await manager.streams.info(STREAMS[kindOf(subject)].name, {
        subjects_filter: `${subject}.>`,
      });
      return Object.keys(state.subjects ?? {});
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** Calls back with each state that is written to the record from now on. */
  watch(subject: string, onChange: (body: string) => void): { stop(): void } {
    const subscription = this.nats.connection.subscribe(subject, {
      callback: (error, message) => {
        if (!error) onChange(message.string());
      },
    });
    return { stop: () => subscription.unsubscribe() };
  }

  private async publish(subject: string, body: string, after?: number): Promise<void> {
    const send = () => storeMessage(this.nats, subject, body, { after, timeoutMs: TIMEOUT_MS });
    try {
      await send();
    } catch (error) {
      // No stream takes the subject: it has not been created yet.
      if (!(error instanceof errors.NoRespondersError)) throw error;
      await this.ensure(kindOf(subject));
      await send();
    }
  }

  private manager() {
    return jetstreamManager(this.nats.connection, { timeout: TIMEOUT_MS, checkAPI: false });
  }

  private async ensure(kind: RecordKind): Promise<void> {
    const { name, maxBytes } = STREAMS[kind];
    const settings = {
      subjects: [`${SUBJECT_PREFIX}.${kind}.>`],
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      discard: DiscardPolicy.Old,
      max_age: nanos(RECORD_AGE_MS[kind]),
      max_bytes: maxBytes,
      max_msgs_per_subject: 1,
      // The version before reads so.
      allow_direct: true,
    };
    await ensureStream(this.nats, name, settings, this.logger);
  }
}

function kindOf(subject: string): RecordKind {
  return subject.split('.')[1] === 'keys' ? 'keys' : 'tries';
}

function unavailable(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError(
    'unavailable',
    'Idempotency is not available at the moment, so the request was not made.',
    {
      suggestion: 'Try again in a moment.',
      cause: error,
    },
  );
}
