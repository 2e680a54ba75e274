import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fromFiles } from '@patchbay/service';
import type { ServiceMigrations } from './migrations.js';

/** The services that own tables, in the order of their names. */
export const OWNERS = ['auth', 'logs', 'sessions', 'tools', 'triggers', 'workbench'].map(
  (name) => `apps/${name}`,
);

/** What the built services among these folders of the working directory bring for their schemas. */
export async function serviceMigrations(folders: readonly string[]): Promise<ServiceMigrations[]> {
  const found: ServiceMigrations[] = [];
  for (const folder of folders) {
    const file = resolve(folder, 'dist/migrations/index.js');
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) found.push((await import(pathToFileURL(file).href)) as ServiceMigrations);
  }
  return found;
}

/** The setting of a job that has to do with all schemas. @throws Error when it is missing */
export function requireDatabaseUrl(): string {
  const url = settingOf('DATABASE_URL');
  if (!url)
    throw new Error('Setting DATABASE_URL is missing, such as postgres://user:password@host:5432/patchbay');
  return url;
}

/** The address by which a service logs in, when its schema belongs to a role of its own. */
export function ownUrlOf(schema: string): string | undefined {
  return settingOf(`DATABASE_URL_${schema.toUpperCase()}`);
}

function settingOf(name: string): string | undefined {
  return fromFiles([name], process.env)[name] || undefined;
}

/** Runs a job to its end. A failure ends the process with 1: one that we tell by its message, any other with where it was. */
export async function runJob(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { name, message, stack } = error as Error;
    process.stderr.write(`${name === 'Error' ? message : (stack ?? String(error))}\n`);
    process.exitCode = 1;
  }
}
