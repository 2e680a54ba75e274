// What else stands between an agent and an MCP server, started as each one's own README has it: one process, one upstream.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@patchbay/local';
import { installed } from '../packages.mjs';
import { openMcp } from './client.mjs';

const START_LIMIT_MS = 60_000;
const POLL_MS = 250;

/** By the name of their row. `start` says what to run, given the upstream, a free port and a folder. */
export const AGGREGATORS = {
  'mcp-hub': {
    specifier: 'mcp-hub@4.2.1',
    main: 'mcp-hub/dist/cli.js',
    transport: 'sse',
    start: async ({ upstream, port, folder }) => {
      const config = join(folder, 'servers.json');
      await writeFile(config, JSON.stringify({ mcpServers: { up: { url: upstream } } }));
      return { args: ['--port', `${port}`, '--config', config] };
    },
  },
  '@civic/passthrough': {
    specifier: '@civic/passthrough-mcp-server@0.12.1',
    main: '@civic/passthrough-mcp-server/dist/cli.js',
    transport: 'streamable',
    start: async ({ upstream, port }) => {
      const { origin, pathname } = new URL(upstream);
      return {
        args: [],
        env: { PORT: `${port}`, TARGET_SERVER_URL: origin, TARGET_SERVER_MCP_PATH: pathname },
      };
    },
  },
  callmux: {
    specifier: 'callmux@0.24.3',
    main: 'callmux/dist/bin/callmux.js',
    transport: 'streamable',
    start: async ({ upstream, port, folder }) => {
      const config = join(folder, 'callmux.json');
      await writeFile(config, JSON.stringify({ servers: { up: { url: upstream } } }));
      return { args: ['--config', config, '--listen', `${port}`] };
    },
  },
};

/**
 * Starts one and waits until it lists the upstream's tool.
 * @param {keyof typeof AGGREGATORS} name
 * @param {{ upstream: string, tool: string, signal: AbortSignal }} options the upstream's endpoint, and its tool's name
 * @returns {Promise<{ pid: number, target: Omit<import('./client.mjs').Target, 'call'>, tool: string, stop(): Promise<void> }>}
 *   `tool` as it calls it
 */
export async function startAggregator(name, { upstream, tool, signal }) {
  const { specifier, main, transport, start } = AGGREGATORS[name];
  const code = join(await installed(specifier), 'node_modules', main);
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-bench-mcp-'));
  const port = await freePort();
  const { args, env = {} } = await start({ upstream, port, folder });
  const child = fork(code, args, {
    cwd: folder,
    execArgv: ['--import', new URL('end-with-parent.mjs', import.meta.url).href],
    // What it keeps and logs is in its folder, and nothing of ours steers it.
    env: { PATH: process.env.PATH, HOME: folder, XDG_STATE_HOME: folder, LOG_LEVEL: 'error', ...env },
    stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
    // A Ctrl-C reaches only us, who stop everything in order.
    detached: true,
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said = `${said}${chunk}`.slice(-2_000)));
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const target = { url: `http://127.0.0.1:${port}/mcp`, transport };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(START_LIMIT_MS)]);
  try {
    for (;;) {
      const found = await toolAt(target, tool, limit).catch((error) => {
        if (!limit.aborted && child.exitCode === null) return undefined;
        throw new Error(`${name} did not start: ${error.message} ${said}`);
      });
      if (found) return { pid: child.pid, target, tool: found, stop };
      await delay(POLL_MS, undefined, { signal });
    }
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The name under which an endpoint lists the tool: many put the server's before it. */
async function toolAt(target, tool, signal) {
  const client = await openMcp(target, 1, signal);
  try {
    const { result } = await client.request('tools/list');
    const found = result?.tools.find(({ name }) => name === tool || name.endsWith(`_${tool}`));
    if (!found) throw new Error(`It lists no ${tool}.`);
    return found.name;
  } finally {
    await client.close();
  }
}
