// A tool of somebody else's MCP server, called directly, through Patchbay and through other aggregators, in one run:
// `node bench/mcp-upstream.mjs --rounds 3`. With `--beside <checkout>` through the Patchbay of another built checkout too.
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { startChild } from './child.mjs';
import { measure } from './measure.mjs';
import { AGGREGATORS, startAggregator } from './mcp-upstream/aggregators.mjs';
import { report } from './mcp-upstream/report.mjs';
import { openMcpSession, processesOf, startPatchbay } from './patchbay.mjs';

const TOOL = 'read';
const ARGUMENTS = { owner: 'bench', repo: 'hello' };

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '1.5' },
    'at-once': { type: 'string', default: '8' },
    'warm-up': { type: 'string', default: '5000' },
    beside: { type: 'string' },
    alone: { type: 'boolean', default: false },
  },
});
const interrupted = new AbortController();
const { signal } = interrupted;
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => interrupted.abort(new Error(name)));

/** What runs, in the order of starting. */
const running = [];
const keep = async (starting) => {
  const started = await starting;
  running.push(started);
  return started;
};

try {
  process.stdout.write(`${report(await run(), Number(options['at-once']))}\n`);
} catch (error) {
  process.stderr.write(signal.aborted ? 'Interrupted.\n' : `The bench failed: ${error.stack}\n`);
  process.exitCode = signal.aborted ? 130 : 1;
} finally {
  const keepHome = process.exitCode === 1;
  for (const one of running.toReversed()) await one.stop({ keepHome });
}

async function run() {
  const server = await keep(startChild('mcp-upstream/server.mjs'));
  const upstream = `${server.url}/mcp`;
  const load = await keep(startChild('mcp-upstream/load.mjs'));
  const callOf = (name) => ({ name, arguments: ARGUMENTS });
  const targets = { directly: { url: upstream, transport: 'streamable', call: callOf(TOOL) } };
  const pids = { directly: { server: server.pid } };

  const addPatchbay = async (name, checkout) => {
    onProgress(`starting ${name}`);
    const { platform } = await keep(startPatchbay(server.url, signal, checkout));
    const { url, headers, tool } = await openMcpSession(platform, upstream);
    targets[name] = { url, headers, transport: 'streamable', call: callOf(tool) };
    pids[name] = processesOf(platform);
  };
  if (options.beside) await addPatchbay(`Patchbay of ${basename(options.beside)}`, options.beside);
  await addPatchbay('Patchbay');
  for (const name of options.alone ? [] : Object.keys(AGGREGATORS)) {
    onProgress(`starting ${name}`);
    const { target, tool, pid } = await keep(startAggregator(name, { upstream, tool: TOOL, signal }));
    targets[name] = { ...target, call: callOf(tool) };
    pids[name] = { [name]: pid };
  }
  return measure({
    load,
    targets,
    pids,
    countRequests: async () => (await server.ask({})).requests,
    atOnce: Number(options['at-once']),
    rounds: Number(options.rounds),
    seconds: Number(options.seconds),
    warmUp: { calls: Number(options['warm-up']), seconds: 15 },
    signal,
    onProgress,
  });
}

function onProgress(text) {
  process.stderr.write(`${text}\n`);
}
