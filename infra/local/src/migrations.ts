import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compileCache, nodeBinary, sourceMaps } from '../node.mjs';
import { Refusal } from '../preflight.mjs';
import { root } from './config.js';
import { areMigrated, noteMigrated } from './migrated.js';
import type { ServiceName } from './services.js';
import { systemEnvironment } from './system-environment.js';

/** The services that own tables, in no particular order: each has a schema of its own. */
export const owners = ['auth', 'sessions', 'tools', 'workbench', 'logs', 'triggers'] as const;

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
  const program = join(root, 'libs/database/dist/migrate.js');
  const own = owners.map((name) => [`DATABASE_URL_${name.toUpperCase()}`, urlOf(name)]);
  const env = {
    ...systemEnvironment(),
    NODE_COMPILE_CACHE: compileCache,
    DATABASE_URL: databaseUrl,
    ...Object.fromEntries(own),
  };
  const node = nodeBinary();
  const args = [...sourceMaps, program, ...owners.map((name) => `apps/${name}`)];
  try {
    await promisify(execFile)(node, args, {
      cwd: root,
      env,
      signal,
      maxBuffer: 16 * 1024 * 1024,
    });
  } catch (cause) {
    signal?.throwIfAborted();
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    const end = `${stdout}${stderr}`.trim().split('\n').slice(-25).join('\n');
    throw new Refusal(
      `The migrations failed:\n${end}`,
      'What went before it is kept; run the same command again.',
      { cause },
    );
  }
  await noteMigrated(root, schemasOf(urlOf));
}
