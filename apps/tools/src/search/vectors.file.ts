import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const HASH_BYTES = 8;
const Header = z.object({ model: z.string(), dimensions: z.int().min(1), count: z.int().min(0) });

/** Vectors by what they are of. */
export type Vectors = Map<string, Int8Array>;

/** Names a text without keeping it. */
export function hashOf(text: string): string {
  return createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, HASH_BYTES * 2);
}

/**
 * Reads what `writeVectors` wrote: a line of JSON, then for each text its hash and its vector.
 * @returns nothing when there is no such file, or it is of another model
 */
export async function readVectors(file: URL, model: string): Promise<Vectors> {
  const content = await readFile(file).catch(() => undefined);
  const vectors: Vectors = new Map();
  if (!content) return vectors;
  const end = content.indexOf('\n');
  const header = Header.parse(JSON.parse(content.subarray(0, end).toString('utf8')));
  if (header.model !== model) return vectors;
  const length = HASH_BYTES + header.dimensions;
  for (let index = 0, at = end + 1; index < header.count; index += 1, at += length) {
    const hash = content.subarray(at, at + HASH_BYTES).toString('hex');
    vectors.set(hash, new Int8Array(content.subarray(at + HASH_BYTES, at + length)));
  }
  return vectors;
}

export async function writeVectors(file: URL, model: string, vectors: Vectors): Promise<void> {
  const dimensions = vectors.values().next().value?.length ?? 1;
  const header = `${JSON.stringify({ model, dimensions, count: vectors.size })}\n`;
  const parts = [...vectors].flatMap(([hash, vector]) => [Buffer.from(hash, 'hex'), Buffer.from(vector)]);
  // Whoever reads while it is written sees the old one.
  const draft = new URL(`${file.href}.${process.pid}`);
  await writeFile(draft, Buffer.concat([Buffer.from(header), ...parts]));
  await rename(draft, file);
}
