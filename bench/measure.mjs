// Rounds of load on every target in turn, so that whatever else the machine does at a time falls on all of them.
import { setTimeout as delay } from 'node:timers/promises';
import { cpuBetween, cpuOf, mapValues } from './cpu.mjs';

export const MANY = 32;
/**
 * Of each row: as many calls for all, and not as much time, as V8 compiles what has run often. The floor makes them in a
 * second; code of Patchbay's takes twice as long at the thousandth call as at the five thousandth.
 */
const WARM_UP = { calls: 5_000, seconds: 15 };
const QUIET_MS = 250;
/** CPU in one such time below which what follows a call, the record's rows, counts as done. */
const QUIET_CPU_MS = 60;
const SETTLE_LIMIT_MS = 5_000;

/**
 * @typedef {import('./load.mjs').Figures} Figures
 * @typedef {object} Measured
 * @property {Figures[]} many one a round, 32 calls at once
 * @property {Figures[]} single one a round, one call at a time
 * @property {Record<string, number>} cpu milliseconds a call at 32 at once, by process
 * @property {number} requests that reached the upstream for each call
 */

/**
 * @param {object} setup
 * @param {{ ask(load: import('./load.mjs').Load): Promise<Figures> }} setup.load
 * @param {Record<string, import('./load.mjs').Target>} setup.targets
 * @param {Record<string, Record<string, number>>} setup.pids the processes that serve a target, by its name
 * @param {() => Promise<number>} setup.countRequests how many the upstream has answered so far
 * @param {number} setup.rounds
 * @param {number} setup.seconds of each load
 * @param {AbortSignal} setup.signal
 * @param {(text: string) => void} setup.onProgress
 * @returns {Promise<Record<string, Measured>>}
 */
export async function measure({ load, targets, pids, countRequests, rounds, seconds, signal, onProgress }) {
  const names = Object.keys(targets);
  const press = async (name, atOnce, limits) => {
    signal.throwIfAborted();
    const figures = await load.ask({ target: targets[name], atOnce, ...limits });
    if (figures.failed > 0) throw failure(name, figures);
    await settle(pids[name]);
    return figures;
  };
  const measured = Object.fromEntries(names.map((name) => [name, newMeasured(pids[name])]));

  onProgress('warming up');
  for (const name of names) await press(name, MANY, WARM_UP);
  for (let round = 1; round <= rounds; round += 1) {
    onProgress(`round ${round} of ${rounds}`);
    for (const name of round % 2 === 1 ? names : names.toReversed()) {
      const sums = measured[name];
      sums.single.push(await press(name, 1, { seconds }));
      const before = { cpu: cpuOf(pids[name]), requests: await countRequests() };
      sums.many.push(await press(name, MANY, { seconds }));
      sums.cpu = add(sums.cpu, cpuBetween(before.cpu, cpuOf(pids[name])));
      sums.requests += (await countRequests()) - before.requests;
    }
  }
  return mapValues(measured, eachCall);
}

function newMeasured(pids) {
  return { many: [], single: [], cpu: mapValues(pids, () => 0), requests: 0 };
}

/** From sums to what one call took of them. */
function eachCall({ many, single, cpu, requests }) {
  const calls = many.reduce((sum, figures) => sum + figures.calls, 0);
  return { many, single, cpu: mapValues(cpu, (ms) => ms / calls), requests: requests / calls };
}

function failure(name, { failed, calls, errors }) {
  return new Error(`${name}: ${failed} of ${calls} calls failed, such as ${errors[0]}`);
}

/** Waits for the work that goes on behind the answers: it belongs to this load and must not slow down the next. */
async function settle(pids) {
  const limit = Date.now() + SETTLE_LIMIT_MS;
  for (let before = total(cpuOf(pids)); Date.now() < limit;) {
    await delay(QUIET_MS);
    const now = total(cpuOf(pids));
    if (now - before < QUIET_CPU_MS) return;
    before = now;
  }
}

function add(sums, values) {
  return mapValues(sums, (sum, name) => sum + values[name]);
}

export function total(values) {
  return Object.values(values).reduce((sum, value) => sum + value, 0);
}
