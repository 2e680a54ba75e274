// The load generator for MCP, in a process of its own: an agent that calls one tool in one session. It parses what it
// must and checks nothing else, so that little of what is measured is its own.
import { onQuestion, tell } from '../child.mjs';
import { press } from '../pressure.mjs';
import { openMcp } from './client.mjs';

/**
 * @typedef {object} Load
 * @property {import('./client.mjs').Target} target
 * @property {number} atOnce
 * @property {number} seconds
 * @property {number} [calls] the most that are made, if the time is not over before
 */

/** @type {(load: Load) => Promise<import('../pressure.mjs').Figures>} */
async function run({ target, atOnce, ...limits }) {
  const client = await openMcp(target, atOnce);
  try {
    return await press(() => callOnce(client, target.call), { atOnce, ...limits });
  } finally {
    await client.close();
  }
}

/** @returns {Promise<string | undefined>} what was wrong with the answer */
async function callOnce(client, params) {
  try {
    const message = await client.request('tools/call', params);
    const isGood = message.result && !message.result.isError;
    return isGood ? undefined : JSON.stringify(message).slice(0, 300);
  } catch (error) {
    return String(error);
  }
}

onQuestion(run);
tell({});
