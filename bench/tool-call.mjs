// A session's tool call beside its floor, in one run: `node bench/tool-call.mjs --rounds 5 --seconds 1.5`.
// With `--without-record` the same call beside itself through a Patchbay that records nothing.
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

async function run({ rounds, seconds, withoutRecord }) {
  const upstream = await keep(startChild('upstream.mjs'));
  onProgress('starting Patchbay');
  const { platform } = await keep(startPatchbay(upstream.url, interrupted.signal));
  const floor = await keep(startChild('floor.mjs', [upstream.url, platform.apiKey]));
  const load = await keep(startChild('load.mjs'));
  const targetsOf = async (patchbay) => {
    const { baseUrl, apiKey } = patchbay;
    // Connected by address: looking a name up is no part of a call.
    const address = new URL(baseUrl);
    address.hostname = '127.0.0.1';
    return targetsAt({
      upstream: upstream.url,
      floor: floor.url,
      patchbay: address.origin,
      session: await openSession(patchbay),
      ownSession: await openSession(patchbay, { ownAuthConfig: true }),
      apiKey,
    });
  };
  const targets = await targetsOf(platform);
  const pids = {
    upstream: { upstream: upstream.pid },
    floor: { floor: floor.pid },
    'app tool': processesOf(platform),
    'SDK headers': processesOf(platform),
    'own auth config': processesOf(platform),
    '100 KB answer': processesOf(platform),
    'over MCP': processesOf(platform),
    'own tool': processesOf(platform),
  };
  if (withoutRecord) {
    onProgress('starting a Patchbay without record');
    process.env.NODE_OPTIONS = `--import ${new URL('without-record.mjs', import.meta.url)}`;
    const other = (await keep(startPatchbay(upstream.url, interrupted.signal))).platform;
    targets['app tool, unrecorded'] = (await targetsOf(other))['app tool'];
    pids['app tool, unrecorded'] = processesOf(other);
  }
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
      'without-record': { type: 'boolean', default: false },
    },
  });
  const options = {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    withoutRecord: values['without-record'],
  };
  if (!Number.isInteger(options.rounds) || options.rounds < 1 || !(options.seconds > 0)) {
    throw new Error('--rounds must be a whole number of at least 1, --seconds a number above 0');
  }
  return options;
}
