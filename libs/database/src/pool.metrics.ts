import { beforeScrape, gauge } from '@patchbay/service';
import type { DataSource } from 'typeorm';

const connections = gauge({
  name: 'patchbay_database_pool_connections',
  help: 'Connections to Postgres by state; waiting: work that has none yet.',
  labelNames: ['state'],
});
const outboxWaiting = gauge({
  name: 'patchbay_outbox_waiting',
  help: 'Events in the outbox that the stream does not have yet.',
});

const outboxRefused = gauge({
  name: 'patchbay_outbox_refused',
  help: 'Events in the outbox that the stream refused although NATS was there; they are tried again.',
});

interface Pool {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}

/** Tells of the pool and the outbox whenever the metrics are read. @returns what ends it */
export function observeDataSource(dataSource: DataSource): { forget(): void } {
  return beforeScrape(async () => {
    // TypeORM's own type does not know what its driver for Postgres holds.
    const { totalCount, idleCount, waitingCount } = (dataSource.driver as unknown as { master: Pool }).master;
    connections.set({ state: 'busy' }, totalCount - idleCount);
    connections.set({ state: 'idle' }, idleCount);
    connections.set({ state: 'waiting' }, waitingCount);
    const [outbox] = await dataSource.query<{ waiting: number; refused: number }[]>(
      'SELECT count(*)::integer AS waiting, count(retry_at)::integer AS refused FROM outbox',
    );
    outboxWaiting.set(outbox?.waiting ?? 0);
    outboxRefused.set(outbox?.refused ?? 0);
  });
}
