// The load generator, in a process of its own so that it shares no event loop with what it measures.
import { Pool } from 'undici';
import { onQuestion, tell } from './child.mjs';
import { press } from './pressure.mjs';

/**
 * @typedef {import('./pressure.mjs').Figures} Figures
 *
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
 */

/** @type {(load: Load) => Promise<Figures>} */
async function run({ target, atOnce, ...limits }) {
  const { origin, ...request } = target;
  const pool = new Pool(origin, { connections: atOnce, pipelining: 1 });
  const figures = await press(() => callOnce(pool, request), { atOnce, ...limits });
  await pool.close();
  return figures;
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
