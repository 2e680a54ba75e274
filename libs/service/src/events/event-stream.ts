import {
  DiscardPolicy,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  JetStreamApiError,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { EVENT_SUBJECT_PREFIX } from '@patchbay/contracts';
import type { Logger } from '../logger.js';
import type { NatsClient } from '../nats/nats.client.js';
import { storeMessage, StreamRefusal } from '../nats/store.js';

export const EVENT_STREAM = 'EVENTS';

const DAY_MS = 24 * 60 * 60 * 1000;
const GIGABYTE = 1024 ** 3;
/** Of the server: there is no such stream. */
export const STREAM_NOT_FOUND = 10_059;

/** Makes the stream of all events, or brings it to these settings. Harmless when it is there already. */
export function ensureEventStream(nats: NatsClient, logger?: Logger): Promise<void> {
  const settings: Partial<StreamConfig> = {
    subjects: [`${EVENT_SUBJECT_PREFIX}>`],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age: nanos(7 * DAY_MS),
    max_bytes: GIGABYTE,
    // Twice what a service may publish: nothing larger gets in by another way, to be read by everybody.
    max_msg_size: 1024 ** 2,
    // Within it a repeated event id is dropped: longer than any outbox takes to try again after a crash.
    duplicate_window: nanos(10 * 60 * 1000),
  };
  return ensureStream(nats, EVENT_STREAM, settings, logger);
}

/**
 * Makes a stream, or brings it to these settings, on as many servers as `PATCHBAY_NATS_REPLICAS` says. Harmless when it is there
 * already. One that is there serves on as it is when the server refuses to change it, as it does while too few servers
 * are there for its replicas.
 */
export async function ensureStream(
  nats: NatsClient,
  name: string,
  settings: Partial<StreamConfig>,
  logger?: Logger,
): Promise<void> {
  const { streams } = await jetstreamManager(nats.connection, { timeout: 3_000 });
  const wanted = { ...settings, num_replicas: nats.streamReplicas };
  try {
    await streams.info(name);
  } catch (error) {
    if (!(error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND)) throw error;
    await streams.add({ name, ...wanted });
    return;
  }
  try {
    await streams.update(name, wanted);
  } catch (error) {
    if (!(error instanceof JetStreamApiError)) throw error;
    logger?.error(
      { err: error, stream: name },
      'NATS refuses the settings of a stream; it keeps those it had',
    );
  }
}

/** What is sent to the stream to be refused. */
const POSITION_SUBJECT = `${EVENT_SUBJECT_PREFIX}logs.position.asked`;
/** Of the server: the message was to follow another one. */
const WRONG_LAST_SEQUENCE = 10_071;

/**
 * The sequence of the last message in the event stream, those included that were on their way into it. A server answers
 * a question about the stream beside them, and so too early; a message waits behind them. This one the stream cannot
 * take, as it is to follow one that does not exist, and the refusal says where the stream stands.
 */
export async function lastSequence(nats: NatsClient, timeoutMs: number): Promise<number> {
  try {
    await storeMessage(nats, POSITION_SUBJECT, '', { afterAll: Number.MAX_SAFE_INTEGER, timeoutMs });
  } catch (error) {
    const refused = error instanceof StreamRefusal && error.code === WRONG_LAST_SEQUENCE;
    const sequence = refused && /(\d+)$/.exec(error.message)?.[1];
    if (!sequence) throw error;
    return Number(sequence);
  }
  throw new Error('the event stream has taken a message that follows none');
}

/** Whether events can be stored now; throws with the reason when not. */
export async function checkEventStream(nats: NatsClient): Promise<void> {
  const { streams } = await jetstreamManager(nats.connection, { timeout: 900, checkAPI: false });
  await streams.info(EVENT_STREAM);
}
