import { spawn } from 'node:child_process';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { createWriteStream } from 'node:fs';
import { freePort, waitUntil } from '@patchbay/local';

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 30_000;

/**
 * One service of a checkout, built, as a process that ends with ours.
 * @param {{ checkout: string, name: string, env: NodeJS.ProcessEnv, logFile: string }} options
 */
export async function startService({ checkout, name, env, logFile }) {
  const bundle = `apps/${name}/dist/bundle/main.mjs`;
  const entry = existsSync(join(checkout, bundle)) ? bundle : `apps/${name}/dist/main.js`;
  const port = name === 'gateway' ? await freePort() : undefined;
  const child = spawn(process.execPath, [entry], {
    cwd: checkout,
    env: { PATH: process.env.PATH, ...env, ...(port && { PORT: String(port), HOST: '127.0.0.1' }) },
    // A service ends when the channel closes.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = createWriteStream(logFile, { flags: 'a' });
  let isReady = false;
  child.stdout.on('data', (data) => (isReady ||= String(data).includes('"msg":"ready"')));
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const isUp = await waitUntil(() => isReady || child.exitCode !== null, { limitMs: START_LIMIT_MS });
  if (!isUp || child.exitCode !== null) {
    child.kill('SIGKILL');
    throw new Error(`${name} of ${checkout} did not start; its log: ${logFile}`);
  }
  return {
    name,
    url: port && `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** What stands before the gateways: it sends each request to one of those it was told of. */
export async function startBalancer() {
  const urls = [];
  let turn = 0;
  const server = createServer((incoming, answer) => {
    const url = urls[(turn += 1) % urls.length];
    const { method, url: path, headers } = incoming;
    const onward = request(`${url}${path}`, { method, headers }, (response) => {
      answer.writeHead(response.statusCode, response.headers);
      response.pipe(answer);
    });
    onward.once('error', () => answer.destroy());
    answer.once('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${server.address().port}`,
    add: (url) => urls.push(url),
    remove: (url) => urls.splice(urls.indexOf(url), 1),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
