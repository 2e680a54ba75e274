import { setImmediate } from 'node:timers/promises';
import { quantile } from '../statistics.mjs';

const DEPTHS = [1, 5, 10];
const LONG_ENOUGH_MS = 30_000;

/**
 * Of how many sentences a right tool is among the first 1, 5, 10; by half, and over both. `several`: of all the tools
 * that sentences want which want more than one, how many are among the first ten.
 */
export async function recallOf(find, labelled, misses) {
  const found = {};
  const several = { total: 0, hits: 0 };
  for (const { sentence, right, half, each = [] } of labelled) {
    const slugs = await find(sentence, 10);
    const rank = slugs.findIndex((slug) => right.includes(slug));
    if (half === misses && (rank < 0 || rank >= 5)) {
      process.stderr.write(`${sentence} -> ${right.join(' ')} | ${slugs.slice(0, 5).join(' ')}\n`);
    }
    for (const group of [half, 'all']) {
      const counts = (found[group] ??= { total: 0, hits: DEPTHS.map(() => 0) });
      counts.total += 1;
      for (const [at, depth] of DEPTHS.entries()) if (rank >= 0 && rank < depth) counts.hits[at] += 1;
    }
    if (each.length < 2) continue;
    several.total += each.length;
    several.hits += each.filter((ones) => ones.some((slug) => slugs.includes(slug))).length;
  }
  const shares = Object.entries(found).map(([group, { total, hits }]) => [
    group,
    hits.map((count) => count / total),
  ]);
  return {
    ...Object.fromEntries(shares),
    ...(several.total > 0 && { several: several.hits / several.total }),
  };
}

/** Bytes in use, after garbage collection. */
export async function bytesInUse() {
  for (let time = 0; time < 3; time += 1) {
    await setImmediate();
    globalThis.gc();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Milliseconds of a search for a sentence that did not come before. */
export async function speedOf({ find }, labelled) {
  const times = [];
  const begin = performance.now();
  for (let round = 0; round < 3 && performance.now() - begin < LONG_ENOUGH_MS; round += 1) {
    for (const [index, { sentence }] of labelled.entries()) {
      const query = `${sentence} number ${1000 * (round + 1) + index}`;
      const start = performance.now();
      await find(query, 10);
      times.push(performance.now() - start);
    }
  }
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}
