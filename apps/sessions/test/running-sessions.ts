import { checkSlugs, type InputOf, type OutputOf, type RequestContract } from '@patchbay/contracts';
import { migrate } from '@patchbay/database';
import { bootService, Bus, createLogger, ensureEventStream, NatsClient } from '@patchbay/service';
import { createDatabase, startNats } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { AppModule } from '../src/app.module.js';
import { sessionsConfig } from '../src/config.js';
import { database } from '../src/database.js';

type Check = (
  input: InputOf<typeof checkSlugs>,
) => OutputOf<typeof checkSlugs> | Promise<OutputOf<typeof checkSlugs>>;

export const ALL_KNOWN: Check = () => ({ unknownToolkits: [], unknownTools: [], preloadOutOfScope: [] });

/** An event of the stream, as a subscriber sees it. */
export interface Told {
  subject: string;
  projectId: string;
  data: Record<string, unknown>;
}

const logger = createLogger('sessions', 'silent');

/** The whole service in this process, with somebody who asks and somebody who stands in for `tools`. */
export async function runSessions() {
  const natsServer = await startNats();
  const databaseUrl = await createDatabase();
  await migrate(databaseUrl, database);

  const caller = await NatsClient.connect('gateway', { NATS_URL: natsServer.url }, logger);
  await ensureEventStream(caller);
  const events: Told[] = [];
  caller.connection.subscribe('events.>', {
    callback: (_, message) => {
      events.push({ ...message.json<Told>(), subject: message.subject });
    },
  });
  const tools = { check: ALL_KNOWN };
  /** Stands in for the service that answers it. */
  const answer = <C extends RequestContract>(
    { subject }: C,
    work: (input: InputOf<C>) => OutputOf<C> | Promise<OutputOf<C>>,
  ) =>
    caller.connection.subscribe(subject, {
      callback: (_, message) =>
        void Promise.resolve(work(message.json())).then((data) => message.respond(JSON.stringify({ data }))),
    });
  answer(checkSlugs, (input) => tools.check(input));
  await caller.connection.flush();

  const config = sessionsConfig.parse({ NATS_URL: natsServer.url, DATABASE_URL: databaseUrl });
  const boot = () => bootService({ name: 'sessions', config, module: AppModule.forRoot(config), logger });
  let app = await boot();
  /** What happens while the service is not there. */
  const away = async (work: () => Promise<unknown>) => {
    await app.close();
    await work();
    app = await boot();
  };

  const sql = (query: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
    app.get(DataSource).query(query, values);
  /** While its database takes no statement. */
  const withoutTables = async (work: () => Promise<unknown>) => {
    const pool = app.get(DataSource);
    await pool.destroy();
    try {
      await work();
    } finally {
      await pool.initialize();
    }
  };
  const stop = async () => {
    await app.close();
    await caller.close();
    await natsServer.stop();
  };
  return {
    bus: new Bus(caller, logger),
    nats: caller,
    events,
    tools,
    answer,
    sql,
    away,
    withoutTables,
    stop,
  };
}
