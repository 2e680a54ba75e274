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
 * @returns nothing when there is no such file, or it is of another model or not whole: vectors can be made again
 */
export async function readVectors(file: URL, model: string): Promise<Vectors> {
  const content = await readFile(file).catch(() => Buffer.alloc(0));
  const vectors: Vectors = new Map();
  const end = content.indexOf('\n');
  const header = headerOf(content.subarray(0, Math.max(0, end)));
  const length = HASH_BYTES + (header?.dimensions ?? 0);
  if (header?.model !== model || content.length !== end + 1 + header.count * length) return vectors;
  for (let at = end + 1; at < content.length; at += length) {
    const hash = content.subarray(at, at + HASH_BYTES).toString('hex');
    vectors.set(hash, new Int8Array(content.subarray(at + HASH_BYTES, at + length)));
  }
  return vectors;
}

function headerOf(line: Buffer): z.output<typeof Header> | undefined {
  try {
    return Header.parse(JSON.parse(line.toString('utf8')));
  } catch {
    return undefined;
  }
}

export async function writeVectors(file: URL, model: string, vectors: Vectors): Promise<void> {
  const dimensions = vectors.values().next().value?.length ?? 1;
  const header = `${JSON.stringify({ model, dimensions, count: vectors.size })}\n`;
  const parts = [...vectors].flatMap(([hash, vector]) => [Buffer.from(hash, 'hex'), Buffer.from(vector)]);
  // Readers see the old one while it is written.
  const draft = new URL(`${file.href}.${process.pid}`);
  await writeFile(draft, Buffer.concat([Buffer.from(header), ...parts]));
  await rename(draft, file);
}
