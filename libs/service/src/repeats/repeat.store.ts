import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscardPolicy, jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { errors, nanos } from '@nats-io/transport-node';
import { AppError } from '@patchbay/contracts';
import { ensureStream } from '../events/event-stream.js';
import type { Logger } from '../logger.js';
import { NatsClient } from '../nats/nats.client.js';
import { storeMessage, StreamRefusal } from '../nats/store.js';
import { LOGGER } from '../tokens.js';

const MINUTE_MS = 60 * 1000;
const MEGABYTE = 1024 ** 2;
const TIMEOUT_MS = 3_000;
/** Of the server: the subject holds another message than the one that was expected. */
const WRONG_LAST_SEQUENCE = 10_071;

/** What is known of a request by its place, and where in the stream it stands. */
export interface Kept {
  place: string;
  sequence: number;
  body: string;
}

/** `keys`: requests that carry a key of the caller's. `tries`: requests that a client may repeat by itself. */
export type RepeatKind = 'keys' | 'tries';

/** How long a place is kept at most. */
export const REPEAT_AGE_MS: Record<RepeatKind, number> = {
  keys: 24 * 60 * MINUTE_MS,
  tries: 15 * MINUTE_MS,
};

const STREAMS: Record<RepeatKind, { name: string; maxBytes: number }> = {
  keys: { name: 'REPEAT_KEYS', maxBytes: 256 * MEGABYTE },
  tries: { name: 'REPEAT_TRIES', maxBytes: 512 * MEGABYTE },
};

/**
 * What all replicas know of requests that may come again: a place for each, which holds its latest state. It
 * lies in streams, so that it outlives the process that made the request; they are bounded, and the oldest
 * places go first. Each place is below its owner, a project, so that one owner's can be bounded apart.
 */
@Injectable()
export class RepeatStore implements OnModuleInit {
  constructor(
    private readonly nats: NatsClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    for (const kind of ['keys', 'tries'] as const) {
      // Not fatal: the first request that needs the stream makes it.
      await this.ensure(kind).catch((error: unknown) =>
        this.logger.warn({ err: error }, 'a stream for repeated requests could not be made yet'),
      );
    }
  }

  placeOf(kind: RepeatKind, owner: string, ...parts: string[]): string {
    return ['repeats', kind, owner, ...parts].join('.');
  }

  /**
   * Leaves an owner its newest places, and drops the older ones; nobody else's are touched.
   * @param most how many are left
   */
  async trim(kind: RepeatKind, owner: string, most: number): Promise<void> {
    this.nats.requireConnected();
    const manager = await this.manager();
    await manager.streams.purge(STREAMS[kind].name, {
      filter: this.placeOf(kind, owner, '>'),
      keep: most,
    });
  }

  /** Takes a place, or takes it over from what stands there at `sequence`; nobody else can then. */
  async claim(place: string, body: string, sequence = 0): Promise<boolean> {
    try {
      await this.publish(place, body, sequence);
      return true;
    } catch (error) {
      if (error instanceof StreamRefusal && error.code === WRONG_LAST_SEQUENCE) return false;
      throw unavailable(error);
    }
  }

  async write(place: string, body: string): Promise<void> {
    try {
      await this.publish(place, body);
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** What stands at a place now. */
  async read(place: string): Promise<Kept | undefined> {
    this.nats.requireConnected();
    try {
      const manager = await this.manager();
      const message = await manager.direct.getMessage(STREAMS[kindOf(place)].name, { last_by_subj: place });
      return message ? { place, sequence: message.seq, body: message.string() } : undefined;
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** The places below this one, in no set order. */
  async below(place: string): Promise<string[]> {
    this.nats.requireConnected();
    try {
      const manager = await this.manager();
      const { state } = await manager.streams.info(STREAMS[kindOf(place)].name, {
        subjects_filter: `${place}.>`,
      });
      return Object.keys(state.subjects ?? {});
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** Calls back with each state that is written to the place from now on. */
  watch(place: string, onChange: (body: string) => void): { stop(): void } {
    const subscription = this.nats.connection.subscribe(place, {
      callback: (error, message) => {
        if (!error) onChange(message.string());
      },
    });
    return { stop: () => subscription.unsubscribe() };
  }

  private async publish(place: string, body: string, after?: number): Promise<void> {
    const send = () => storeMessage(this.nats, place, body, { after, timeoutMs: TIMEOUT_MS });
    try {
      await send();
    } catch (error) {
      // Nobody takes what is published: the stream is not there.
      if (!(error instanceof errors.NoRespondersError)) throw error;
      await this.ensure(kindOf(place));
      await send();
    }
  }

  private manager() {
    return jetstreamManager(this.nats.connection, { timeout: TIMEOUT_MS, checkAPI: false });
  }

  private async ensure(kind: RepeatKind): Promise<void> {
    const { name, maxBytes } = STREAMS[kind];
    await ensureStream(this.nats, name, {
      subjects: [`repeats.${kind}.>`],
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      discard: DiscardPolicy.Old,
      max_age: nanos(REPEAT_AGE_MS[kind]),
      max_bytes: maxBytes,
      max_msgs_per_subject: 1,
      allow_direct: true,
    });
  }
}

function kindOf(place: string): RepeatKind {
  return place.split('.')[1] === 'keys' ? 'keys' : 'tries';
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
