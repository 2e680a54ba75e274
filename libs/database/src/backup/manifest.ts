import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

export const MANIFEST = 'manifest.json';
/** Of the folder's form. A release reads those that it knows. */
const FORMAT = 1;

const Name = z.string().regex(/^[a-z][a-z0-9_]*$/);

const Partition = z.object({
  name: Name,
  /** As Postgres writes it: it goes into a statement, which takes no parameters there. */
  bounds: z.string().regex(/^(?:DEFAULT|FOR VALUES FROM \('[^'\\]+'\) TO \('[^'\\]+'\))$/),
});

const Table = z.object({
  name: Name,
  columns: z.array(Name).min(1),
  rows: z.int().min(0),
  /** gzip of Postgres' COPY in its text form. */
  file: z.string().regex(/^[a-z0-9_]+\.[a-z0-9_]+\.copy\.gz$/),
  sha256: z.string(),
  partitions: z.array(Partition),
});

const Schema = z.object({
  name: Name,
  /** Those that had run, in their order. */
  migrations: z.array(z.string()),
  /** Each behind those that it refers to. */
  tables: z.array(Table),
  sequences: z.array(z.object({ name: Name, lastValue: z.string().regex(/^\d+$/) })),
  /** Names of the encryption keys by which its values are sealed, newest first or not. They do not tell the keys. */
  keyIds: z.array(z.string()),
});

/** What a backup holds: written last, so that a folder without it is not a whole backup. */
export const Manifest = z.object({
  format: z.literal(FORMAT, { error: `is of a form that this release does not know` }),
  /** Of Patchbay. */
  version: z.string(),
  takenAt: z.string(),
  schemas: z.array(Schema),
});
export type Manifest = z.output<typeof Manifest>;
export type SchemaBackup = z.output<typeof Schema>;
export type TableBackup = z.output<typeof Table>;

/**
 * A backup's manifest, with every file checked.
 * @throws Error that says what is missing or was changed
 */
export async function readBackup(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch((cause: unknown) => {
    throw new Error(`${folder} is no whole backup: ${MANIFEST} is not there.`, { cause });
  });
  const parsed = Manifest.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${MANIFEST} cannot be read: ${z.prettifyError(parsed.error)}`);
  for (const { file, sha256 } of parsed.data.schemas.flatMap(({ tables }) => tables)) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(folder, file)), hash).catch((cause: unknown) => {
      throw new Error(`${file} of the backup cannot be read: ${(cause as Error).message}.`, { cause });
    });
    if (hash.digest('hex') !== sha256)
      throw new Error(`${file} is not as it was when the backup was made: nothing was restored.`);
  }
  return parsed.data;
}

/** The names of the keys without which a part of the backup stays closed. */
export function keyIdsOf({ schemas }: Manifest): string[] {
  return [...new Set(schemas.flatMap(({ keyIds }) => keyIds))].toSorted();
}
