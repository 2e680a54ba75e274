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
 * @property {boolean} [mayFail] whether an error is an answer as well: a search may find nothing
 * @property {string[]} [bodies] sent in turn in its place, each with `{n}` in it replaced by the number of the call
 *
 * @typedef {object} Load
 * @property {Target} target
 * @property {number} atOnce keep-alive connections, each with one request under way
 * @property {number} seconds
 * @property {number} [calls] the most that are made, if the time is not over before
 */

/** @type {(load: Load) => Promise<Figures>} */
async function run({ target, atOnce, ...limits }) {
  const { origin, bodies, mayFail, ...request } = target;
  const pool = new Pool(origin, { connections: atOnce, pipelining: 1 });
  const next = () => (bodies ? { ...request, body: nextOf(bodies) } : request);
  const figures = await press(() => callOnce(pool, next(), mayFail), { atOnce, ...limits });
  await pool.close();
  return figures;
}

let sent = 0;

/** Over all loads: a search is to be of words that did not come before. */
function nextOf(bodies) {
  sent += 1;
  return bodies[sent % bodies.length].replace('{n}', String(sent));
}

/** @returns {Promise<string | undefined>} what was wrong with the answer */
async function callOnce(pool, request, mayFail) {
  try {
    const response = await pool.request(request);
    const text = await response.body.text();
    const isGood = response.statusCode === 200 && (mayFail || (JSON.parse(text).error ?? null) === null);
    return isGood ? undefined : `${response.statusCode} ${text.slice(0, 300)}`;
  } catch (error) {
    return String(error);
  }
}

onQuestion(run);
tell({});
