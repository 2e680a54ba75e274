import { DiscardPolicy, jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { EVENT_SUBJECT_PREFIX } from '@patchbay/contracts';
import type { NatsClient } from '../nats/nats.client.js';

export const EVENT_STREAM = 'EVENTS';

const DAY_MS = 24 * 60 * 60 * 1000;
const GIGABYTE = 1024 ** 3;

/** Makes the stream of all events, or brings it to these settings. Harmless when it is there already. */
export async function ensureEventStream(nats: NatsClient): Promise<void> {
  const { streams } = await jetstreamManager(nats.connection, { timeout: 3_000 });
  const settings = {
    subjects: [`${EVENT_SUBJECT_PREFIX}>`],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age: nanos(7 * DAY_MS),
    max_bytes: GIGABYTE,
    // Within it a repeated event id is dropped: longer than any outbox takes to try again after a crash.
    duplicate_window: nanos(10 * 60 * 1000),
  };
  try {
    await streams.info(EVENT_STREAM);
    await streams.update(EVENT_STREAM, settings);
  } catch {
    await streams.add({ name: EVENT_STREAM, ...settings });
  }
}

/** Whether events can be stored now; throws with the reason when not. */
export async function checkEventStream(nats: NatsClient): Promise<void> {
  const { streams } = await jetstreamManager(nats.connection, { timeout: 900, checkAPI: false });
  await streams.info(EVENT_STREAM);
}
