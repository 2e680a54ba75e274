import { join } from 'node:path';
import { root, type Settings } from './config.js';
import { startNats, type NatsServer } from './nats.js';
import { startPostgres, type PostgresServer } from './postgres.js';
import type { Secrets } from './secrets.js';
import { serviceNames, type ServiceName } from './services.js';

export interface Servers {
  postgres?: PostgresServer;
  nats?: NatsServer;
}

interface Progress {
  step: <T>(title: string, work: () => Promise<T>) => Promise<T>;
  note: (text: string) => void;
}

/**
 * Starts the servers that the operator did not name, side by side.
 * @param started gets each one as soon as it runs, so that it is stopped when the other one fails
 */
export async function startServers(
  settings: Settings,
  secrets: Secrets,
  { step, note }: Progress,
  started: Servers,
): Promise<void> {
  const starts: Promise<void>[] = [];
  if (!settings.DATABASE_URL) {
    const start = step('Starting Postgres', () => ownPostgres(settings, secrets));
    starts.push(start.then((postgres) => void (started.postgres = postgres)));
  }
  if (!settings.NATS_URL) {
    const start = step('Starting NATS', () => ownNats(settings, secrets, note));
    starts.push(start.then((nats) => void (started.nats = nats)));
  }
  const failure = (await Promise.allSettled(starts)).find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') throw failure.reason;
}

/** A Postgres of ours, on the data of the home. */
export function ownPostgres(settings: Settings, secrets: Secrets): Promise<PostgresServer> {
  return startPostgres({
    dataDir: join(settings.PATCHBAY_HOME, 'postgres'),
    password: secrets.postgresPassword,
    logFile: join(settings.PATCHBAY_HOME, 'logs/postgres.log'),
  });
}

function ownNats(settings: Settings, secrets: Secrets, note: (text: string) => void): Promise<NatsServer> {
  const passwords = serviceNames.map((name) => [
    `NATS_${name.toUpperCase()}_PASSWORD`,
    secrets.natsPasswords[name],
  ]);
  return startNats({
    storeDir: join(settings.PATCHBAY_HOME, 'nats'),
    config: join(root, 'infra/nats/nats.conf'),
    env: Object.fromEntries(passwords) as Record<string, string>,
    logFile: join(settings.PATCHBAY_HOME, 'logs/nats.log'),
    note,
  });
}

/** In a Postgres of ours each service has a role of its own; in the operator's, all have the one that was given. */
export function databaseUrls(
  databaseUrl: string,
  { databasePasswords }: { databasePasswords: Record<string, string> },
  isOurs: boolean,
): (name: ServiceName) => string {
  return (name) => {
    if (!isOurs) return databaseUrl;
    const url = new URL(databaseUrl);
    url.username = `patchbay_${name}`;
    url.password = databasePasswords[name] ?? '';
    return url.href;
  };
}

/** Each service logs in to our NATS as a user of its own. */
export function natsUrls(
  settings: Settings,
  secrets: Secrets,
  nats: NatsServer | undefined,
): (name: ServiceName) => string {
  return (name) =>
    settings.NATS_URL ?? `nats://${name}:${secrets.natsPasswords[name]}@127.0.0.1:${nats?.port}`;
}
