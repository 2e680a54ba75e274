// Two Patchbays in one run, taking turns call for call: this checkout and another built one. On a machine that is busy with other
// work only this tells a gain of a few hundredths: `node bench/beside.mjs --checkout ../another --rows 'app tool,100 KB answer'`.
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startChild } from './child.mjs';
import { cpuBetween, cpuOf, mapValues } from './cpu.mjs';
import { MANY, settle, total } from './measure.mjs';
import { openMcpSession, openSession, processesOf, startPatchbay } from './patchbay.mjs';
import { profile } from './profile.mjs';
import { labelledSentences } from './search/sentences.mjs';
import { targetsAt } from './targets.mjs';

const { values: options } = parseArgs({
  options: {
    checkout: { type: 'string' },
    rows: { type: 'string', default: 'app tool' },
    rounds: { type: 'string', default: '6' },
    calls: { type: 'string', default: '1000' },
    'at-once': { type: 'string', default: String(MANY) },
    'warm-up': { type: 'string', default: '6000' },
    // A folder for a CPU profile of each service of this checkout, made after the rounds.
    profile: { type: 'string' },
  },
});
const OF_MCP_SERVER = 'MCP upstream';
const rows = options.rows.split(',');
const calls = Number(options.calls);
const atOnce = Number(options['at-once']);
const interrupted = new AbortController();
const { signal } = interrupted;
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => interrupted.abort(new Error(name)));
// Where a service opens its debugger when it is asked to by a signal.
if (options.profile) process.env.NODE_OPTIONS = '--inspect-port=127.0.0.1:0';

/** What runs, in the order of starting. */
const running = [];
const keep = async (starting) => {
  const started = await starting;
  running.push(started);
  return started;
};

try {
  await run();
} catch (error) {
  process.stderr.write(signal.aborted ? 'Interrupted.\n' : `The bench failed: ${error.stack}\n`);
  process.exitCode = signal.aborted ? 130 : 1;
} finally {
  for (const one of running.toReversed()) await one.stop();
}

async function run() {
  const upstream = await keep(startChild('upstream.mjs'));
  const server = await keep(startChild('mcp-upstream/server.mjs'));
  const loads = {
    plain: await keep(startChild('load.mjs')),
    [OF_MCP_SERVER]: await keep(startChild('mcp-upstream/load.mjs')),
  };
  const sides = {};
  if (options.checkout) sides.before = await startSide(options.checkout);
  sides.now = await startSide();

  const press = async (side, row, count) => {
    signal.throwIfAborted();
    const { pids, targets } = sides[side];
    const before = cpuOf(pids);
    const load = loads[row] ?? loads.plain;
    const figures = await load.ask({ target: targets[row], atOnce, calls: count, seconds: 120 });
    if (figures.failed > 0) throw new Error(`${side} ${row}: ${figures.errors[0]}`);
    await settle(pids);
    return { p50: figures.p50, cpu: mapValues(cpuBetween(before, cpuOf(pids)), (ms) => ms / figures.calls) };
  };
  const names = Object.keys(sides);
  for (const row of rows) for (const side of names) await press(side, row, Number(options['warm-up']));
  for (const row of rows) {
    const found = mapValues(sides, () => []);
    for (let round = 0; round < Number(options.rounds); round += 1) {
      for (const side of round % 2 ? names.toReversed() : names)
        found[side].push(await press(side, row, calls));
    }
    tell(row, found);
  }
  if (!options.profile) return;
  await mkdir(options.profile, { recursive: true });
  for (const row of rows) {
    const { pids } = sides.now;
    await profile(pids, `${options.profile}/${row.replaceAll(' ', '-')}`, () => press('now', row, calls * 4));
  }

  async function startSide(checkout) {
    process.stderr.write(`starting ${checkout ?? 'this one'}\n`);
    const { platform } = await keep(startPatchbay(upstream.url, signal, checkout, [server.url]));
    const address = new URL(platform.baseUrl);
    // Connected by address: looking a name up is no part of a call.
    address.hostname = '127.0.0.1';
    const targets = targetsAt({
      upstream: upstream.url,
      floor: upstream.url,
      patchbay: address.origin,
      session: await openSession(platform),
      ownSession: await openSession(platform, { ownAuthConfig: true }),
      searchSession: await openSession(platform, { everything: true }),
      sentences: (await labelledSentences()).map(({ sentence }) => sentence),
      apiKey: platform.apiKey,
    });
    const { url, headers, tool } = await openMcpSession(platform, `${server.url}/mcp`);
    const call = { name: tool, arguments: { owner: 'bench', repo: 'hello' } };
    targets[OF_MCP_SERVER] = { url, headers, transport: 'streamable', call };
    return { pids: processesOf(platform), targets };
  }
}

/** Milliseconds of CPU a call, medians over the rounds; the ratio is the median of each round's own. */
function tell(row, found) {
  const lines = Object.entries(found).map(([side, rounds]) => {
    const of = (name) => median(rounds.map(({ cpu }) => cpu[name])).toFixed(3);
    const each = Object.keys(rounds[0].cpu).map((name) => `${name} ${of(name)}`);
    const all = median(rounds.map(({ cpu }) => total(cpu))).toFixed(3);
    return `  ${side.padEnd(6)} ${all} (p50 ${median(rounds.map(({ p50 }) => p50)).toFixed(2)} ms): ${each.join(', ')}`;
  });
  const ratio = found.before
    ? median(found.now.map(({ cpu }, round) => total(cpu) / total(found.before[round].cpu))).toFixed(3)
    : '';
  process.stdout.write(`${row} ${ratio}\n${lines.join('\n')}\n`);
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
