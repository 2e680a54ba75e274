import { randomBytes } from 'node:crypto';
import { migrate } from '@patchbay/database';
import { bootService, Bus, createLogger, ensureEventStream, NatsClient } from '@patchbay/service';
import { createDatabase, startNats } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { AppModule } from '../src/app.module.js';
import { triggersConfig } from '../src/config.js';
import { database } from '../src/database.js';

const logger = createLogger('triggers', 'silent');

/** The whole service in this process, with a client that asks it. @param settings beside those of the servers it needs */
export async function runTriggers(settings: Record<string, string> = {}) {
  const natsServer = await startNats();
  const databaseUrl = await createDatabase();
  await migrate(databaseUrl, database);
  const config = triggersConfig.parse({
    NATS_URL: natsServer.url,
    DATABASE_URL: databaseUrl,
    PATCHBAY_ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
    ...settings,
  });

  const caller = await NatsClient.connect('gateway', { NATS_URL: natsServer.url }, logger);
  await ensureEventStream(caller);

  const app = await bootService({ name: 'triggers', config, module: AppModule.forRoot(config), logger });

  const sql = (query: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
    app.get(DataSource).query(query, values);
  const stop = async () => {
    await app.close();
    await caller.close();
    await natsServer.stop();
  };
  const dataSource = app.get(DataSource);
  return { app, bus: new Bus(caller, logger), nats: caller, dataSource, databaseUrl, sql, stop };
}

export type RunningTriggers = Awaited<ReturnType<typeof runTriggers>>;
