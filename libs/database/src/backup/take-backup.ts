import { createHash } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { MIGRATION_LOCK } from '../migrations.js';
import {
  keyIdsIn,
  migrationsOf,
  schemasOf,
  sequencesOf,
  tablesOf,
  type CataloguedTable,
} from './catalogue.js';
import { MANIFEST, Manifest, type SchemaBackup, type TableBackup } from './manifest.js';
import { quoted, Session } from './session.js';

/** Little of a processor for most of the gain: a service may share the machine. */
const GZIP_LEVEL = 4;

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/**
 * Writes every service's tables as they are at one moment into a new folder. Services go on meanwhile.
 *
 * @param url of the migrations job's role
 * @param folder made here, for this user alone; nothing may be in it
 */
export async function takeBackup(url: string, folder: string): Promise<Manifest> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0)
    throw new Error(`${folder} is not empty: a backup has a folder of its own.`);
  try {
    const manifest = await Session.within(url, (session) =>
      // One snapshot over all schemas: what a service told another is in both, or still in the outbox.
      session.transaction('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', async () => {
        await session.rows('SELECT pg_advisory_xact_lock_shared($1)', [MIGRATION_LOCK]);
        const names = await schemasOf(session);
        if (names.length === 0) throw new Error('There is nothing of Patchbay in this database.');
        const schemas: SchemaBackup[] = [];
        for (const name of names) schemas.push(await takeSchema(session, name, folder));
        return Manifest.parse({ format: 1, version, takenAt: new Date().toISOString(), schemas });
      }),
    );
    await writeLast(folder, manifest);
    return manifest;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function takeSchema(session: Session, name: string, folder: string): Promise<SchemaBackup> {
  const catalogued = await tablesOf(session, name);
  const tables: TableBackup[] = [];
  for (const table of catalogued) tables.push(await takeTable(session, name, table, folder));
  return {
    name,
    migrations: await migrationsOf(session, name),
    tables,
    sequences: await sequencesOf(session, name),
    keyIds: await keyIdsIn(session, name, catalogued),
  };
}

async function takeTable(
  session: Session,
  schema: string,
  table: CataloguedTable,
  folder: string,
): Promise<TableBackup> {
  const { name, columns } = table;
  const file = `${schema}.${name}.copy.gz`;
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const rows = session.copyOut(
    `SELECT ${columns.map((column) => quoted(column)).join(', ')} FROM ${quoted(schema, name)}`,
  );
  // `flush`: on the disk before the manifest says so.
  const target = createWriteStream(join(folder, file), { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(rows, createGzip({ level: GZIP_LEVEL }), hashing, target);
  return { ...table, file, rows: rows.rowCount, sha256: hash.digest('hex') };
}

async function writeLast(folder: string, manifest: Manifest): Promise<void> {
  const draft = join(folder, `${MANIFEST}.new`);
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(manifest, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(folder, MANIFEST));
}
