import { SHIPPED_TOOLKITS } from '@patchbay/toolkits';
import { Catalogue } from '../toolkits/index.js';
import { quantise } from './dense.index.js';
import { LocalEncoder } from './local.encoder.js';
import { sentenceOf } from './tool.text.js';
import { hashOf, readVectors, writeVectors, type Vectors } from './vectors.file.js';

/*
 * Part of the build: the vectors of all tools that ship, so that no start has to wait for them. What the
 * file holds already is taken over; only what is new or was changed is encoded.
 */
const PREPARED = new URL('./tools.vectors', import.meta.url);
/** Kept with the code, as thousands of tools take minutes: `npm run vectors` brings it up to date. */
const KEPT = new URL('../../data/tools.vectors', import.meta.url);
const BATCH = 100;

const encoder = new LocalEncoder();
const kept = new Map([
  ...(await readVectors(KEPT, encoder.model)),
  ...(await readVectors(PREPARED, encoder.model)),
]);
const vectors: Vectors = new Map();
const missing: string[] = [];
for (const { definition } of new Catalogue(SHIPPED_TOOLKITS).entries) {
  const sentence = sentenceOf(definition);
  const vector = kept.get(hashOf(sentence));
  if (vector) vectors.set(hashOf(sentence), vector);
  else missing.push(sentence);
}
const begin = Date.now();
for (let at = 0; at < missing.length; at += BATCH) {
  const batch = missing.slice(at, at + BATCH);
  for (const [index, vector] of (await encoder.encode(batch)).entries()) {
    vectors.set(hashOf(batch[index] ?? ''), quantise(vector));
  }
  if (process.stdout.isTTY) process.stdout.write(`\r${at + batch.length} of ${missing.length} tools encoded`);
}
await writeVectors(PREPARED, encoder.model, vectors);
await encoder.close();
process.stdout.write(
  `${vectors.size} tools have their vectors, ${missing.length} of them made in ${Date.now() - begin} ms\n`,
);
