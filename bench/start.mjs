// How long a start takes and what the services hold then, `npm start` on data that is there already:
// node bench/start.mjs --rounds 3 --idle 60
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startPlatform } from '@patchbay/local';
import { cpuOf, mapValues } from './cpu.mjs';
import { table } from './report.mjs';
import { median } from './statistics.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    /** Seconds from the start until memory is read: V8 gives back what a start took within a minute. */
    idle: { type: 'string', default: '60' },
  },
});
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopped.abort());
const home = await mkdtemp(join(tmpdir(), 'patchbay-bench-'));
// The embedded Postgres runs as a user of its own, who must be able to reach its folder in here.
await chmod(home, 0o755);
try {
  // The first start makes the data, the keys and the compile cache.
  await start(0);
  const rounds = [];
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    process.stderr.write(`round ${round} of ${values.rounds}\n`);
    rounds.push(await start(Number(values.idle)));
  }
  process.stdout.write(`${report(rounds)}\n`);
} catch (error) {
  if (!stopped.signal.aborted) throw error;
} finally {
  await rm(home, { recursive: true, force: true });
}

/**
 * One start and the stop after it.
 * @param {number} idleSeconds
 */
async function start(idleSeconds) {
  const steps = {};
  const onProgress = ({ kind, title, ms }) => kind === 'done' && (steps[title] ??= ms);
  const began = Date.now();
  const platform = await startPlatform({ home, signal: stopped.signal, onProgress });
  const readyMs = Date.now() - began;
  try {
    const pids = mapValues(platform.services, ({ pid }) => pid);
    const cpu = cpuOf(pids);
    await delay(idleSeconds * 1_000, undefined, { signal: stopped.signal });
    const services = {};
    for (const [name, pid] of Object.entries(pids)) {
      services[name] = {
        readyMs: (await saidReady(name)) - began,
        cpuMs: cpu[name],
        ...(await memoryOf(pid)),
      };
    }
    return { readyMs, steps: { ...steps }, services };
  } finally {
    await platform.stop();
  }
}

/** When the service said so in its log, in this start. */
async function saidReady(name) {
  const lines = (await readFile(join(home, 'logs', `${name}.log`), 'utf8')).split('\n');
  const ready = lines.findLast((line) => line.includes('"msg":"ready"'));
  return Date.parse(JSON.parse(ready).time);
}

/** Megabytes of a process: all of its pages, and those with its share of what it has in common with others. */
async function memoryOf(pid) {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const megabytes = (field) => Number(new RegExp(`^${field}: +(\\d+) kB`, 'm').exec(text)[1]) / 1024;
  return { rss: megabytes('Rss'), pss: megabytes('Pss') };
}

function report(rounds) {
  const of = (read) => median(rounds.map(read)).toFixed(0);
  const names = Object.keys(rounds[0].services);
  const figures = ['readyMs', 'cpuMs', 'rss', 'pss'];
  const rows = names.map((name) => [
    name,
    ...figures.map((figure) => of(({ services }) => services[name][figure])),
  ]);
  const sum = (figure) =>
    of(({ services }) => Object.values(services).reduce((all, service) => all + service[figure], 0));
  const all = ['all', of(({ readyMs }) => readyMs), ...figures.slice(1).map(sum)];
  const steps = Object.keys(rounds[0].steps).map((title) => [title, of((round) => round.steps[title])]);
  return [
    table([['', 'ready after ms', 'CPU ms until then', 'MB resident', 'MB with its share'], ...rows, all]),
    table([['step', 'ms'], ...steps]),
  ].join('\n\n');
}
