import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { liveLock, Refusal } from '../preflight.mjs';
import { loadSettings, publicUrl, type Settings } from './config.js';
import { runDatabaseJob } from './database-job.js';
import { requireDatabase } from './external.js';
import { lockHome, prepareHome } from './home.js';
import { runningPostgres } from './running-postgres.js';
import { loadSecrets, readSecrets, type Secrets } from './secrets.js';
import { databaseUrls, ownPostgres } from './servers.js';

/*
 * `npm run backup -- --to FOLDER` and `npm run restore -- --from FOLDER`: the jobs of libs/database, on the database that
 * `npm start` uses with the same settings.
 */

/**
 * Writes a backup, beside a running platform or without one.
 * @param cwd what a relative folder is meant from
 * @returns what to tell
 */
export async function backUp(env: NodeJS.ProcessEnv, argv: string[], cwd: string): Promise<string> {
  const { values } = parseArgs({ args: argv, options: { to: { type: 'string' } } });
  if (!values.to)
    throw new Refusal('Where to is not said.', 'For example: npm run backup -- --to ../backups/today');
  const folder = resolve(cwd, values.to);
  const settings = loadSettings(env);
  if (!settings.DATABASE_URL && !existsSync(join(settings.PATCHBAY_HOME, 'postgres'))) {
    throw new Refusal(
      `There is nothing in ${settings.PATCHBAY_HOME}.`,
      'Give the settings that npm start is given: PATCHBAY_HOME or DATABASE_URL.',
    );
  }
  return within(settings, (databaseUrl, urlOf) =>
    runDatabaseJob({
      program: 'backup',
      args: ['--to', folder],
      databaseUrl,
      urlOf,
      failure: {
        message: 'The backup failed:',
        suggestion: 'Nothing of it is left. Mend that and run it again.',
      },
    }),
  );
}

/**
 * Fills the database from a backup; the platform must not run.
 * @returns what to tell
 */
export async function restore(env: NodeJS.ProcessEnv, argv: string[], cwd: string): Promise<string> {
  const { values } = parseArgs({
    args: argv,
    options: {
      from: { type: 'string' },
      replace: { type: 'boolean', default: false },
      'without-keys': { type: 'boolean', default: false },
    },
  });
  if (!values.from)
    throw new Refusal('Where from is not said.', 'For example: npm run restore -- --from ../backups/today');
  const folder = resolve(cwd, values.from);
  const settings = loadSettings(env);
  const lock = liveLock(settings.PATCHBAY_HOME);
  if (lock) {
    throw new Refusal(
      `Patchbay runs on ${settings.PATCHBAY_HOME}: process ${lock.pid}, at ${lock.url}.`,
      `Stop it first, with Ctrl-C or \`kill ${lock.pid}\`.`,
    );
  }
  // Wrapped keys have no names here: the services say at their start what they cannot open.
  if (!values['without-keys'] && !env['PATCHBAY_KMS']) requireKeys(settings, folder);
  prepareHome(settings.PATCHBAY_HOME);
  const unlock = lockHome(settings.PATCHBAY_HOME, publicUrl(settings), settings.PORT);
  try {
    return await within(settings, (databaseUrl, urlOf) =>
      runDatabaseJob({
        program: 'restore',
        args: ['--from', folder, ...(values.replace ? ['--replace'] : [])],
        databaseUrl,
        urlOf,
        failure: { message: 'The restore failed:', suggestion: 'Mend that and run it again.' },
      }),
    );
  } finally {
    unlock();
  }
}

/** With the database that the settings name: one by its address, the home's that runs, or the home's for as long as this takes. */
async function within<T>(
  settings: Settings,
  work: (databaseUrl: string, urlOf: ReturnType<typeof databaseUrls>) => Promise<T>,
): Promise<T> {
  const { DATABASE_URL: given, PATCHBAY_HOME: home } = settings;
  if (given) {
    await requireDatabase(given);
    return work(given, () => given);
  }
  const secrets: Secrets = loadSecrets(home);
  const running = runningPostgres(home, secrets.postgresPassword);
  if (running) return work(running.url, databaseUrls(running.url, secrets, true));
  const postgres = await ownPostgres(settings, secrets);
  try {
    return await work(postgres.url, databaseUrls(postgres.url, secrets, true));
  } finally {
    await postgres.stop();
  }
}

const Manifest = z.object({ schemas: z.array(z.object({ keyIds: z.array(z.string()) })) });

/** Before anything is changed, and before a home without secrets gets new ones. */
function requireKeys(
  { PATCHBAY_ENCRYPTION_KEYS: given, PATCHBAY_HOME: home }: Settings,
  folder: string,
): void {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file))
    throw new Refusal(
      `${folder} is no whole backup: manifest.json is not there.`,
      'Name the folder of a backup.',
    );
  const { schemas } = Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  const ring = given ?? readSecrets(join(home, 'secrets.json')).encryptionKeys ?? '';
  const held = new Set(ring.split(',').map((key) => idOf(key)));
  const missing = [...new Set(schemas.flatMap(({ keyIds }) => keyIds))].filter((id) => !held.has(id));
  if (missing.length === 0) return;
  throw new Refusal(
    `What is sealed in this backup opens by the encryption keys ${missing.join(', ')}, which are not here.`,
    `Put the secrets.json that belongs to it into ${home}, or set PATCHBAY_ENCRYPTION_KEYS. If the keys are lost, add --without-keys: docs/operating/keys.md says what is lost then.`,
  );
}

/** As libs/vault names a key. */
function idOf(key: string): string {
  return createHash('sha256').update(Buffer.from(key.trim(), 'base64')).digest('hex').slice(0, 8);
}
