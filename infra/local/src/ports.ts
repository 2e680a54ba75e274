import { connect, createServer, type Server } from 'node:net';
import { Refusal } from '../preflight.mjs';

/*
 * Below the ports that systems give to outgoing connections (from 32768 on Linux, 49152 on macOS): a server that is stopped
 * and started again would now and then find one of those on its port, even its own client that tries to reconnect.
 */
const FIRST = 20_000;
const COUNT = 6_000;
/** Of which most fail only where loopback itself cannot be used. */
const ATTEMPTS = 1_000;

/** A loopback port that is free now, and that no other process of ours is given while this one lives. */
export function freePort(): Promise<number> {
  return freePorts(1);
}

/** The first of so many such ports in a row. */
export async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const first = FIRST + Math.floor(Math.random() * (COUNT - count));
    const claims = await Promise.all(Array.from({ length: count }, (_, index) => claim(first + index)));
    if (claims.every((guard) => guard !== undefined)) return first;
    for (const guard of claims) guard?.close();
  }
  throw new Refusal(
    `No ${count} free ports in a row were found on 127.0.0.1 between ${FIRST} and ${FIRST + COUNT}.`,
    'Check that 127.0.0.1 can be listened on, and what listens there: `ss -ltn`.',
  );
}

/** A port is claimed by listening on its guard, another port, which the system takes back when the process ends. */
async function claim(port: number): Promise<Server | undefined> {
  const guard = await listen(port + COUNT);
  guard?.unref();
  const server = guard && (await listen(port));
  if (server) await new Promise((resolve) => server.close(resolve));
  else guard?.close();
  return server && guard;
}

function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

/** Connects and waits for the first bytes that a server sends by itself; nothing when it sends none in time. */
export function greeting(host: string, port: number, timeoutMs = 1_000): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (text?: string) => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(timeoutMs, () => end());
    socket.once('error', () => end());
    socket.once('close', () => end());
    socket.once('data', (data) => end(data.toString('utf8')));
  });
}
