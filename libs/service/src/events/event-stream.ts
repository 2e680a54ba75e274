import {
  DiscardPolicy,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { EVENT_SUBJECT_PREFIX } from '@patchbay/contracts';
import type { NatsClient } from '../nats/nats.client.js';

export const EVENT_STREAM = 'EVENTS';

const DAY_MS = 24 * 60 * 60 * 1000;
const GIGABYTE = 1024 ** 3;

/** Makes the stream of all events, or brings it to these settings. Harmless when it is there already. */
export function ensureEventStream(nats: NatsClient): Promise<void> {
  return ensureStream(nats, EVENT_STREAM, {
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
  });
}

/** Makes a stream, or brings it to these settings. Harmless when it is there already. */
export async function ensureStream(
  nats: NatsClient,
  name: string,
  settings: Partial<StreamConfig>,
): Promise<void> {
  const { streams } = await jetstreamManager(nats.connection, { timeout: 3_000 });
  try {
    await streams.info(name);
    await streams.update(name, settings);
  } catch {
    await streams.add({ name, ...settings });
  }
}

/** Whether events can be stored now; throws with the reason when not. */
export async function checkEventStream(nats: NatsClient): Promise<void> {
  const { streams } = await jetstreamManager(nats.connection, { timeout: 900, checkAPI: false });
  await streams.info(EVENT_STREAM);
}
