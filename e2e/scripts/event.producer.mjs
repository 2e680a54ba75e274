import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@patchbay/contracts';
import { AfterCommit, dataSourceOptions } from '@patchbay/database';
import { DataSource } from 'typeorm';
import { database } from '../../apps/triggers/dist/database.js';
import { DeliveryQueue } from '../../apps/triggers/dist/delivery-queue/index.js';
import { EventsService } from '../../apps/triggers/dist/events/index.js';

const AGAIN_MS = 100;

/**
 * One more process that takes events in, by the code of triggers: as a poller or an ingress would, but faster. Nobody is told
 * that something is due, so that deliveries find it by themselves.
 */
export async function startProducer(databaseUrl) {
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl, database)).initialize();
  // Whoever waits for a connection when Postgres is killed is told; one that was idle says it here.
  dataSource.driver.master.on('error', () => undefined);
  const silent = { signal: () => undefined, announce: () => undefined, debug: () => undefined };
  const queue = new DeliveryQueue(new AfterCommit(dataSource), silent, silent);
  const events = new EventsService(dataSource, queue, silent);
  return {
    /** Until they are stored, however often Postgres is away: what was stored and not told is known by its key. */
    async produce(instance, keys) {
      const given = keys.map((key) => ({ providerEventId: key, at: new Date(), payload: { key } }));
      for (;;) {
        try {
          return await events.accept({ instance, events: given });
        } catch {
          await delay(AGAIN_MS);
        }
      }
    },
    stop: () => dataSource.destroy(),
  };
}

export const newInstance = (projectId) => ({
  id: newId('triggerInstance'),
  projectId,
  userId: 'ann',
  connectionId: 'ca_1',
  authConfigId: 'ac_1',
  triggerSlug: 'GITHUB_COMMIT_EVENT',
  toolkitSlug: 'github',
});
