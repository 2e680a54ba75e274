import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { allMigrations, migrate, type ServiceMigrations } from '../migrations.js';
import { grantSchema } from '../roles.js';
import { tablesOf } from './catalogue.js';
import { readBackup, type Manifest, type SchemaBackup } from './manifest.js';
import { quoted, Session } from './session.js';

export interface RestoreOptions {
  /** Of the migrations job's role. */
  url: string;
  folder: string;
  /** The services of this release. */
  services: readonly ServiceMigrations[];
  /** The address by which a service logs in, when its schema belongs to a role of its own. */
  ownUrl?: (schema: string) => string | undefined;
  /** Removes what is there; without it a database with data is refused. */
  replace?: boolean;
}

/**
 * Fills a database from a backup of this release or an earlier one: tables as the backup's release had them, its rows, then the
 * migrations since. The rows come in one transaction: a restore that fails leaves no half of them, and can be begun again.
 *
 * @throws Error when something of the backup is damaged or of a later release, when services run, or when there is data
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { url, folder } = options;
  const manifest = await readBackup(folder);
  const pairs = manifest.schemas.map((backup) => [backup, serviceOf(options, manifest, backup)] as const);
  await Session.within(url, async (session) => {
    await refuseWhileServicesRun(session);
    for (const [{ name }] of pairs) await makeRoom(session, name, options.replace ?? false);
    for (const [backup, service] of pairs) await bringTo(options, service, backup.migrations);
    await session.transaction('BEGIN', async () => {
      for (const [backup] of pairs) await fill(session, backup, folder);
    });
  });
  for (const [, service] of pairs) await bringTo(options, service);
  await Session.within(url, (session) => session.rows('ANALYZE'));
  return manifest;
}

function serviceOf(
  { services }: RestoreOptions,
  { version }: Manifest,
  { name, migrations }: SchemaBackup,
): ServiceMigrations {
  const service = services.find(({ schema }) => schema === name);
  const known = new Set(service && allMigrations(service).map((migration) => migration.name));
  const later = migrations.filter((migration) => !known.has(migration));
  if (!service || later.length > 0) {
    throw new Error(
      `The backup was made by release ${version}, which is later than this one: ${name} has ${later.join(', ') || 'no service here'}. Restore it by that release.`,
    );
  }
  return service;
}

/** What a running service remembers, and writes on, would be neither the old state nor the new one. */
async function refuseWhileServicesRun(session: Session): Promise<void> {
  const running = await session.rows<{ name: string }>(
    `SELECT DISTINCT application_name AS name FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'patchbay-%' ORDER BY 1`,
  );
  if (running.length > 0) {
    const names = running.map(({ name }) => name.replace('patchbay-', '')).join(', ');
    throw new Error(`Services are connected to this database: ${names}. Stop them first.`);
  }
}

async function makeRoom(session: Session, schema: string, replace: boolean): Promise<void> {
  if (!replace) {
    for (const { name } of await tablesOf(session, schema)) {
      const rows = await session.rows(`SELECT FROM ${quoted(schema, name)} LIMIT 1`);
      if (rows.length > 0) {
        throw new Error(
          `${schema}.${name} is not empty. Restore into a new database, or use --replace to remove what is there.`,
        );
      }
    }
  }
  await session.rows(`DROP SCHEMA IF EXISTS ${quoted(schema)} CASCADE`);
}

/** @param migrations the names of those that may run; all of the release's without them */
async function bringTo(
  { url, ownUrl }: RestoreOptions,
  service: ServiceMigrations,
  migrations?: string[],
): Promise<void> {
  const own = ownUrl?.(service.schema);
  if (own) await grantSchema(url, own, service.schema);
  await migrate(own ?? url, service, migrations && new Set(migrations));
}

async function fill(
  session: Session,
  { name: schema, tables, sequences }: SchemaBackup,
  folder: string,
): Promise<void> {
  const there = (await tablesOf(session, schema)).map(({ name }) => quoted(schema, name));
  // Migrations may have put rows of their own there.
  await session.rows(`TRUNCATE ${there.join(', ')}`);
  for (const { name, partitions } of tables) {
    for (const partition of partitions) {
      await session.rows(
        `CREATE TABLE IF NOT EXISTS ${quoted(schema, partition.name)} PARTITION OF ${quoted(schema, name)} ${partition.bounds}`,
      );
    }
  }
  for (const { name, columns, file, rows } of tables) {
    const target = session.copyIn(
      `${quoted(schema, name)} (${columns.map((column) => quoted(column)).join(', ')})`,
    );
    await pipeline(createReadStream(join(folder, file)), createGunzip(), target);
    if (target.rowCount !== rows)
      throw new Error(`${file} has ${target.rowCount} rows where the backup had ${rows}.`);
  }
  for (const { name, lastValue } of sequences) {
    await session.rows('SELECT setval($1::regclass, $2)', [quoted(schema, name), lastValue]);
  }
}
