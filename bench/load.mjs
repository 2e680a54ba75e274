// The load generator, in a process of its own so that it shares no event loop with what it measures.
import { Pool } from 'undici';
import { onQuestion, tell } from './child.mjs';

/**
 * @typedef {object} Target what is called, again and again
 * @property {string} origin
 * @property {string} path
 * @property {'GET' | 'POST'} method
 * @property {Record<string, string>} [headers]
 * @property {string} [body]
 *
 * @typedef {object} Load
 * @property {Target} target
 * @property {number} atOnce keep-alive connections, each with one request under way
 * @property {number} seconds
 * @property {number} [calls] the most that are made, if the time is not over before
 *
 * @typedef {object} Figures
 * @property {number} calls all that were answered
 * @property {number} perSecond
 * @property {number} p50 milliseconds
 * @property {number} p99 milliseconds
 * @property {string[]} errors the first few of those that were not answered well
 * @property {number} failed how many those are
 */

const ERRORS_SHOWN = 3;

/** @type {(load: Load) => Promise<Figures>} */
async function run({ target, atOnce, seconds, calls: most = Infinity }) {
  const { origin, ...request } = target;
  const pool = new Pool(origin, { connections: atOnce, pipelining: 1 });
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
      const error = await callOnce(pool, request);
      latencies.push(performance.now() - start);
      if (error === undefined) continue;
      failed += 1;
      if (errors.length < ERRORS_SHOWN) errors.push(error);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  const elapsed = (performance.now() - began) / 1000;
  await pool.close();
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.floor((latencies.length - 1) * share)];
  const calls = latencies.length;
  return { calls, perSecond: calls / elapsed, p50: at(0.5), p99: at(0.99), errors, failed };
}

/** @returns {Promise<string | undefined>} what was wrong with the answer */
async function callOnce(pool, request) {
  try {
    const response = await pool.request(request);
    const text = await response.body.text();
    const isGood = response.statusCode === 200 && (JSON.parse(text).error ?? null) === null;
    return isGood ? undefined : `${response.statusCode} ${text.slice(0, 300)}`;
  } catch (error) {
    return String(error);
  }
}

onQuestion(run);
tell({});
