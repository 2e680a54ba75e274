import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@patchbay/database';
import {
  bootService,
  Bus,
  createLogger,
  ensureEventStream,
  NatsClient,
  type Logger,
} from '@patchbay/service';
import { createDatabase, startNats, writeOverrides } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { AppModule } from '../src/app.module.js';
import { authConfig } from '../src/config.js';
import { database } from '../src/database.js';

/** An event of the stream, as a subscriber sees it. */
export interface Told {
  subject: string;
  projectId: string;
  data: Record<string, unknown>;
}

const logger = createLogger('auth', 'silent');

/** NATS, Postgres and somebody who asks: what stays while the service is started again. */
export async function startSurroundings() {
  const nats = await startNats();
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-auth-test-'));
  const databaseUrl = await createDatabase();
  await migrate(databaseUrl, database);
  const caller = await NatsClient.connect('tools', { NATS_URL: nats.url }, logger);
  await ensureEventStream(caller);
  const events: Told[] = [];
  caller.connection.subscribe('events.>', {
    callback: (_, message) => {
      events.push({ ...message.json<Told>(), subject: message.subject });
    },
  });
  const settings = {
    NATS_URL: nats.url,
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: 'https://tools.example',
    PATCHBAY_ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
    PATCHBAY_ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
  };
  const stop = async () => {
    await caller.close();
    await Promise.all([nats.stop(), rm(folder, { recursive: true, force: true })]);
  };
  const overrides = (given: Record<string, unknown>) => writeOverrides(folder, given);
  return { settings, folder, bus: new Bus(caller, logger), events, overrides, stop };
}

/** The whole service in this process, put together as `startService` does it. */
export async function runAuth(settings: Record<string, string>, log: Logger = logger) {
  const config = authConfig.parse(settings);
  const module = await AppModule.forRoot(config);
  const app = await bootService({ name: 'auth', config, module, logger: log });
  return { app, dataSource: app.get(DataSource), close: () => app.close() };
}
