import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import Fastify, { type FastifyInstance } from 'fastify';
import { ClientAddress, trustedProxiesSetting } from '../http/index.js';
import { limitBodies, limitBodySizes } from './bodies.js';
import { limitConnections } from './connections.js';
import { refuseUnreadable } from './unreadable-requests.js';

let server: FastifyInstance | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.close();
});

interface Given {
  proxies?: string;
  mostOfAnAddress?: number;
  bodies?: number;
  seconds?: number;
}

/** The gateway's own hooks around a route that gives back what it is sent, when it is told to. */
async function start({ proxies = '', mostOfAnAddress = 0, bodies = 0, seconds = 30 }: Given) {
  const fastify = Fastify({ bodyLimit: 5 * 1024 * 1024, clientErrorHandler: refuseUnreadable });
  const addresses = new ClientAddress({ PATCHBAY_TRUSTED_PROXIES: trustedProxiesSetting.parse(proxies) });
  limitBodySizes(fastify);
  limitConnections(fastify, addresses, mostOfAnAddress);
  limitBodies(fastify, addresses, { PATCHBAY_BODY_SECONDS: seconds, PATCHBAY_BODIES_BYTES: bodies });
  let begun = 0;
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  fastify.post('/held', async () => {
    begun += 1;
    await released;
    return { ok: true };
  });
  fastify.post('/', async () => ({ ok: true }));
  fastify.get('/', async () => ({ ok: true }));
  fastify.post('/oauth/token', async () => ({ ok: true }));
  server = fastify;
  await fastify.listen({ host: '127.0.0.1', port: 0 });
  const { port } = fastify.server.address() as AddressInfo;
  const open = async () => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    let heard = '';
    socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    return { socket, closed, heard: () => heard };
  };
  return { port, open, begun: () => begun, release };
}

const post = (path: string, headers: string, body = '') =>
  `POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n${headers}\r\n\r\n${body}`;

describe('connections', () => {
  it('are as many for an address as the setting says, until one closes', async () => {
    const { open } = await start({ mostOfAnAddress: 2 });
    const [first] = [await open(), await open()];
    await (
      await open()
    ).closed;
    first.socket.destroy();
    await first.closed;
    await eventually(async () => {
      const next = await open();
      next.socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
      await Promise.race([once(next.socket, 'data'), next.closed]);
      expect(next.heard()).toContain('200 OK');
    });
  });

  it('of a trusted proxy are not counted: they are those of many', async () => {
    const { open } = await start({ mostOfAnAddress: 1, proxies: '127.0.0.1' });
    for (let times = 0; times < 5; times += 1) {
      const { socket, heard } = await open();
      socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
      await once(socket, 'data');
      expect(heard()).toContain('200 OK');
    }
  });

  it('end when requests are poured into them without waiting for an answer', async () => {
    const { open, begun } = await start({});
    const { socket, closed } = await open();
    socket.write(post('/held', 'content-length: 2', '{}').repeat(2_000));
    await closed;
    expect(begun()).toBeLessThanOrEqual(16);
  });
});

describe('what is no request that can be read', () => {
  it.each([
    ['an address that is too long', `GET /?ids=${'x'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`, 431],
    ['another protocol', 'EHLO a\r\n\r\n', 400],
  ])('is refused in the envelope: %s', async (_what, text, status) => {
    const { open } = await start({});
    const { socket, heard, closed } = await open();
    socket.write(text);
    await closed;
    expect(heard()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const [head = '', body = ''] = heard().split('\r\n\r\n');
    const { error } = JSON.parse(body) as { error: Record<string, unknown> };
    expect(error).toMatchObject({
      status,
      code: status,
      slug: expect.stringMatching(/^HTTP_[A-Z]/) as unknown,
    });
    expect(head).toContain(`x-request-id: ${String(error['request_id'])}`);
  });
});

describe('bodies', () => {
  it('that never end are given up with 408, and their connection with them', async () => {
    const { open } = await start({ seconds: 1 });
    const declared = await open();
    declared.socket.write(post('/', 'content-length: 1000', '{'));
    const chunked = await open();
    chunked.socket.write(post('/', 'transfer-encoding: chunked', '1\r\n{\r\n'));
    // Each second another byte: it comes, but not in time.
    const drips = await open();
    drips.socket.write(post('/', 'content-length: 1000', '{'));
    const drip = setInterval(() => drips.socket.write(' '), 200);
    await Promise.all([declared.closed, chunked.closed, drips.closed]);
    clearInterval(drip);
    for (const { heard } of [declared, chunked, drips]) {
      expect(heard()).toContain('HTTP/1.1 408');
      expect(heard()).toMatch(/connection: close/i);
    }
  });

  it('are taken into memory as far as there is room, and one address has no more than its part', async () => {
    const { port, begun, release } = await start({ bodies: 4 * 1024 * 1024 });
    const body = JSON.stringify('x'.repeat(400_000));
    const send = () =>
      fetch(`http://127.0.0.1:${port}/held`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    const held = [send(), send()];
    await eventually(() => expect(begun()).toBe(2));
    expect((await send()).status).toBe(500);
    expect(begun()).toBe(2);
    release();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await send()).status).toBe(200);
  });

  it('that are chunked are counted by what came', async () => {
    const { open } = await start({ bodies: 8 * 1024 * 1024 });
    const long = await open();
    long.socket.write(post('/', 'transfer-encoding: chunked'));
    const chunk = `${(64 * 1024).toString(16)}\r\n${' '.repeat(64 * 1024)}\r\n`;
    for (let sent = 0; sent < 30; sent += 1) long.socket.write(chunk);
    // Nearly 2 MiB of the 2 MiB that this address may have.
    await eventually(async () => {
      const next = await open();
      const body = JSON.stringify('x'.repeat(200 * 1024));
      next.socket.write(post('/', `content-length: ${body.length}`, body));
      await once(next.socket, 'data');
      expect(next.heard()).toContain('HTTP/1.1 500');
    });
    const small = await open();
    small.socket.write(post('/', 'content-length: 2', '{}'));
    await once(small.socket, 'data');
    expect(small.heard()).toContain('HTTP/1.1 200');
  });

  it('of forms are small', async () => {
    const { port } = await start({});
    const send = (path: string) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify('x'.repeat(100_000)),
      });
    expect((await send('/oauth/token')).status).toBe(413);
    expect((await send('/')).status).toBe(200);
  });
});
