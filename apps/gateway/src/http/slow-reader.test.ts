import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { SlowReader } from './slow-reader.js';

const CHUNK = 'x'.repeat(64 * 1024);
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A stream to a client that reads only when it is told to. */
async function stream() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  closers.push(() => {
    client.destroy();
    server.close();
  });
  client.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  return { client, response };
}

async function fill(response: ServerResponse): Promise<void> {
  // Until neither the kernel nor the other side takes more.
  for (let still = 0; still < 5;) {
    const before = response.writableLength;
    response.write(CHUNK);
    await new Promise((resolve) => setImmediate(resolve));
    still = response.writableLength > before ? still + 1 : 0;
  }
}

describe('a client of a stream', () => {
  it('that takes nothing for some heartbeats is noticed, and one that reads on is not', async () => {
    const { client, response } = await stream();
    const reader = new SlowReader(response, Infinity);
    await fill(response);
    const beats = [1, 2, 3, 4].map(() => reader.isStill());
    expect(beats).toEqual([false, false, false, false]);
    expect(reader.isStill()).toBe(true);
    client.resume();
    await once(response, 'drain');
    expect(reader.isStill()).toBe(false);
  });

  it('may leave so much unread and no more', async () => {
    const { response } = await stream();
    const reader = new SlowReader(response, 1024 * 1024);
    expect(reader.isFull()).toBe(false);
    for (let written = 0; written < 200 && !reader.isFull(); written += 1) response.write(CHUNK);
    expect(reader.isFull()).toBe(true);
  });
});
