// A session's tool call beside its floor, in one run: `node bench/tool-call.mjs --rounds 5 --seconds 1.5`.
import { parseArgs } from 'node:util';
import { startChild } from './child.mjs';
import { measure } from './measure.mjs';
import { openSession, processesOf, startPatchbay } from './patchbay.mjs';
import { report } from './report.mjs';
import { targetsAt } from './targets.mjs';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interrupted.abort(new Error(signal)));

/** What runs, in the order of starting. */
const running = [];
const keep = async (starting) => {
  const started = await starting;
  running.push(started);
  return started;
};

try {
  const figures = await run(readOptions());
  process.stdout.write(`${report(figures)}\n`);
} catch (error) {
  const text = error instanceof Error ? error.stack : String(error);
  process.stderr.write(interrupted.signal.aborted ? 'Interrupted.\n' : `The bench failed: ${text}\n`);
  process.exitCode = interrupted.signal.aborted ? 130 : 1;
} finally {
  const keepHome = process.exitCode === 1;
  for (const one of running.toReversed()) await one.stop({ keepHome });
}

async function run({ rounds, seconds }) {
  const upstream = await keep(startChild('upstream.mjs'));
  onProgress('starting Patchbay');
  const { platform } = await keep(startPatchbay(upstream.url, interrupted.signal));
  const floor = await keep(startChild('floor.mjs', [upstream.url, platform.apiKey]));
  const load = await keep(startChild('load.mjs'));
  const patchbay = new URL(platform.baseUrl);
  // Connected by address: looking a name up is no part of a call.
  patchbay.hostname = '127.0.0.1';
  const session = await openSession(platform);
  const targets = targetsAt({
    upstream: upstream.url,
    floor: floor.url,
    patchbay: patchbay.origin,
    session,
    apiKey: platform.apiKey,
  });
  const pids = {
    upstream: { upstream: upstream.pid },
    floor: { floor: floor.pid },
    'app tool': processesOf(platform),
    'own tool': processesOf(platform),
  };
  const countRequests = async () => (await upstream.ask({})).requests;
  const { signal } = interrupted;
  return measure({ load, targets, pids, countRequests, rounds, seconds, signal, onProgress });
}

function onProgress(text) {
  process.stderr.write(`${text}\n`);
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '1.5' },
    },
  });
  const options = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
  if (!Number.isInteger(options.rounds) || options.rounds < 1 || !(options.seconds > 0)) {
    throw new Error('--rounds must be a whole number of at least 1, --seconds a number above 0');
  }
  return options;
}
