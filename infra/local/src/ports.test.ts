import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort, freePorts } from './ports.js';

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

function listen(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    servers.push(server);
    server.listen(port, '127.0.0.1', resolve);
  });
}

/** What another process is given. */
async function portsElsewhere(count: number): Promise<number[]> {
  const module = new URL('../dist/ports.js', import.meta.url).href;
  const script = `const { freePort } = await import(${JSON.stringify(module)});
    console.log(JSON.stringify(await Promise.all(Array.from({ length: ${count} }, () => freePort()))));
    setTimeout(() => process.exit(), 500);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  return JSON.parse(stdout) as number[];
}

describe('free ports', () => {
  it('are given once, here and to other processes, and none to an outgoing connection', async () => {
    const own = await Promise.all(Array.from({ length: 300 }, () => freePort()));
    const others = await Promise.all([portsElsewhere(300), portsElsewhere(300)]);
    const all = [own, ...others].flat();
    expect(new Set(all).size).toBe(900);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(20_000);
    expect(Math.max(...all)).toBeLessThan(32_768);
  });

  it('can be listened on, as many in a row as were asked for', async () => {
    const first = await freePorts(6);
    for (let port = first; port < first + 6; port += 1) await listen(port);
  });
});
