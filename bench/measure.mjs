// Rounds of load on every target in turn, so that whatever else the machine does at a time falls on all of them.
import { once } from 'node:events';
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
 * @typedef {import('./pressure.mjs').Figures} Figures
 * @typedef {object} Measured
 * @property {Figures[]} many one a round, so many calls at once
 * @property {Figures[]} single one a round, one call at a time
 * @property {Record<string, number>} cpu milliseconds a call at so many at once, by process
 * @property {Record<string, number>} singleCpu the same at one at a time
 * @property {number} requests that reached the upstream for each call
 */

/**
 * @param {object} setup
 * @param {{ ask(load: { target: object, atOnce: number, seconds: number }): Promise<Figures> }} setup.load
 * @param {Record<string, object>} setup.targets as the load generator takes them
 * @param {Record<string, Record<string, number>>} setup.pids the processes that serve a target, by its name
 * @param {() => Promise<number>} setup.countRequests how many the upstream has answered so far
 * @param {number} [setup.atOnce] calls at once, where they are many
 * @param {number} setup.rounds
 * @param {number} setup.seconds of each load
 * @param {{ calls: number, seconds: number }} [setup.warmUp] the load on each before the first round
 * @param {AbortSignal} setup.signal
 * @param {(text: string) => void} setup.onProgress
 * @returns {Promise<Record<string, Measured>>}
 */
export async function measure(setup) {
  const {
    load,
    targets,
    pids,
    countRequests,
    atOnce: many = MANY,
    rounds,
    seconds,
    warmUp = WARM_UP,
    signal,
    onProgress,
  } = setup;
  const names = Object.keys(targets);
  const interrupted = once(signal, 'abort').then(() => signal.throwIfAborted());
  interrupted.catch(() => undefined);
  const press = async (name, atOnce, limits) => {
    signal.throwIfAborted();
    const before = cpuOf(pids[name]);
    const figures = await Promise.race([load.ask({ target: targets[name], atOnce, ...limits }), interrupted]);
    if (figures.failed > 0) throw failure(name, figures);
    await settle(pids[name]);
    return { figures, cpu: cpuBetween(before, cpuOf(pids[name])) };
  };
  const measured = Object.fromEntries(names.map((name) => [name, newMeasured(pids[name])]));

  onProgress('warming up');
  for (const name of names) await press(name, many, warmUp);
  for (let round = 1; round <= rounds; round += 1) {
    onProgress(`round ${round} of ${rounds}`);
    for (const name of round % 2 === 1 ? names : names.toReversed()) {
      const sums = measured[name];
      const single = await press(name, 1, { seconds });
      sums.single.push(single.figures);
      sums.singleCpu = add(sums.singleCpu, single.cpu);
      const requestsBefore = await countRequests();
      const crowd = await press(name, many, { seconds });
      sums.many.push(crowd.figures);
      sums.cpu = add(sums.cpu, crowd.cpu);
      sums.requests += (await countRequests()) - requestsBefore;
    }
  }
  return mapValues(measured, eachCall);
}

function newMeasured(pids) {
  const none = mapValues(pids, () => 0);
  return { many: [], single: [], cpu: none, singleCpu: none, requests: 0 };
}

/** From sums to what one call took of them. */
function eachCall({ many, single, cpu, singleCpu, requests }) {
  const callsOf = (rounds) => rounds.reduce((sum, { calls }) => sum + calls, 0);
  const calls = callsOf(many);
  const singleCalls = callsOf(single);
  return {
    many,
    single,
    cpu: mapValues(cpu, (ms) => ms / calls),
    singleCpu: mapValues(singleCpu, (ms) => ms / singleCalls),
    requests: requests / calls,
  };
}

function failure(name, { failed, calls, errors }) {
  return new Error(`${name}: ${failed} of ${calls} calls failed, such as ${errors[0]}`);
}

/** Waits for the work that goes on behind the answers: it belongs to this load and must not slow down the next. */
export async function settle(pids) {
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
