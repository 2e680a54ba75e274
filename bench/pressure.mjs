// The loop of every load generator.
import { quantile } from './statistics.mjs';

/**
 * @typedef {object} Figures
 * @property {number} calls all that were answered
 * @property {number} perSecond
 * @property {number} p50 milliseconds
 * @property {number} p99 milliseconds
 * @property {string[]} errors the first few of those that were not answered well
 * @property {number} failed how many those are
 */

const ERRORS_SHOWN = 3;

/**
 * So many calls at once, again and again until the time is over or the most of them are made.
 * @param {() => Promise<string | undefined>} call once; answers what was wrong with the answer
 * @param {{ atOnce: number, seconds: number, calls?: number }} load
 * @returns {Promise<Figures>}
 */
export async function press(call, { atOnce, seconds, calls: most = Infinity }) {
  const latencies = [];
  const errors = [];
  let failed = 0;
  let begun = 0;
  const began = performance.now();
  const until = began + seconds * 1000;
  const caller = async () => {
    while (performance.now() < until && begun < most) {
      begun += 1;
      const start = performance.now();
      const error = await call();
      latencies.push(performance.now() - start);
      if (error === undefined) continue;
      failed += 1;
      if (errors.length < ERRORS_SHOWN) errors.push(error);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  const elapsed = (performance.now() - began) / 1000;
  latencies.sort((a, b) => a - b);
  const calls = latencies.length;
  return {
    calls,
    perSecond: calls / elapsed,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    errors,
    failed,
  };
}
