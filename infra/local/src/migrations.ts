import { root } from './config.js';
import { owners, runDatabaseJob } from './database-job.js';
import { areMigrated, noteMigrated } from './migrated.js';
import type { ServiceName } from './services.js';

const schemasOf = (urlOf: (service: ServiceName) => string) =>
  owners.map((service) => ({ service, url: urlOf(service) }));

/** Whether every schema is up to date, so that `migrate` has nothing to do. */
export function isUpToDate(urlOf: (service: ServiceName) => string): Promise<boolean> {
  return areMigrated(root, schemasOf(urlOf));
}

/**
 * Brings every schema up to date, in one process that ends when it is done.
 * @param urlOf the address by which a service logs in; where it is another role's, the schema becomes that role's
 */
export async function migrate(
  databaseUrl: string,
  urlOf: (service: ServiceName) => string,
  signal?: AbortSignal,
): Promise<void> {
  await runDatabaseJob({
    program: 'migrate',
    args: owners.map((name) => `apps/${name}`),
    databaseUrl,
    urlOf,
    failure: {
      message: 'The migrations failed:',
      suggestion: 'What went before it is kept; run the same command again.',
    },
    signal,
  });
  await noteMigrated(root, schemasOf(urlOf));
}
