import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import type { AddressInfo } from 'node:net';
import { startHttpServer } from '../../test/http-server.js';
import { refusalOf } from '../../test/refusal-of.js';
import { BodyDecoder } from './body-decoder.js';
import { ByteCollector } from './byte-collector.js';
import { OutboundClient, type OutboundRequest } from './outbound.client.js';

const KB = 1024;
const MB = 1024 * KB;
const PURPOSE = { for: 'toolkit', toolkit: 'acme' } as const;

/** Zeros, a thousand times smaller than what they stand for, for as long as somebody reads. */
const zeros = gzipSync(Buffer.alloc(4 * MB));
function bomb(layers: number): Buffer {
  let bytes: Buffer = zeros;
  for (let layer = 1; layer < layers; layer += 1) bytes = gzipSync(Buffer.concat(Array(64).fill(bytes)));
  return bytes;
}

describe('BodyDecoder', () => {
  const decode = async (codings: string[], given: Buffer, maxBytes: number) => {
    const decoder = new BodyDecoder(codings, { from: 'acme', maxBytes });
    let received = 0;
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        received += chunk.length;
        done();
      },
    });
    const reading = pipeline(decoder.output, sink);
    Readable.from([given]).pipe(decoder.input);
    const error = await reading.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return { error, received, passed: decoder.passed };
  };

  it('takes off what was put on, in its order', async () => {
    const text = Buffer.from('hello '.repeat(1_000));
    for (const [codings, bytes] of [
      [['gzip'], gzipSync(text)],
      [['deflate'], deflateSync(text)],
      [['br'], brotliCompressSync(text)],
      [['br', 'gzip'], brotliCompressSync(gzipSync(text))],
    ] as const) {
      expect(await decode([...codings], bytes, MB)).toMatchObject({ error: undefined, received: 6_000 });
    }
  });

  it.each([1, 2])(
    'stops at the limit of %i layers of compression, with no more in hand than that',
    async (layers) => {
      const bytes = bomb(layers);
      const { error, received, passed } = await decode(Array(layers).fill('gzip'), bytes, MB);
      expect(error).toMatchObject({ trouble: 'too_large', message: expect.stringContaining('acme') });
      expect(received).toBeLessThanOrEqual(MB);
      // Each layer has passed what it may and the one chunk that was too much: the bomb stands for far more.
      expect(passed).toBeLessThan(bytes.length + layers * (MB + 128 * KB));
    },
  );

  it('says that it cannot read what is not compressed as it is said to be', async () => {
    const { error } = await decode(['gzip'], Buffer.from('no gzip at all'), MB);
    expect(error).toMatchObject({ trouble: 'unreadable' });
  });

  it('gives what there is of a body that was cut short, and nothing of an empty one', async () => {
    const whole = gzipSync(Buffer.from('hello '.repeat(1_000)));
    expect((await decode(['gzip'], whole.subarray(0, whole.length - 8), MB)).received).toBe(6_000);
    expect(await decode(['gzip'], Buffer.alloc(0), MB)).toMatchObject({ error: undefined, received: 0 });
  });
});

describe('ByteCollector', () => {
  it('keeps no piece alive, however small the pieces are', () => {
    const collector = new ByteCollector(MB);
    const packet = Buffer.from('abcdefgh');
    for (let index = 0; index < 100_000; index += 1)
      collector.add(packet.subarray(index % 8, (index % 8) + 1));
    const bytes = collector.bytes();
    expect(bytes.subarray(0, 16).toString()).toBe('abcdefghabcdefgh');
    expect(bytes).toHaveLength(100_000);
    expect(bytes.buffer.byteLength).toBeLessThanOrEqual(4 * 100_000);
  });

  it('takes exactly as much as it may', () => {
    const collector = new ByteCollector(4);
    expect([collector.add(Buffer.from('abc')), collector.add(Buffer.from('d'))]).toEqual([true, true]);
    expect(collector.bytes().toString()).toBe('abcd');
    expect(collector.add(Buffer.from('e'))).toBe(false);
  });
});

describe('OutboundClient and a hostile server', () => {
  let server: Awaited<ReturnType<typeof startHttpServer>>;
  let client: OutboundClient;
  /** Bytes that were taken of the answer that never ends. */
  let poured = 0;

  beforeAll(async () => {
    server = await startHttpServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', server.url);
      const coding = searchParams.get('coding') ?? 'gzip';
      response.setHeader('content-encoding', coding);
      if (pathname === '/bomb') response.end(bomb(coding.split(',').length));
      else if (pathname === '/endless') {
        const pour = () => {
          while (!response.destroyed && response.write(zeros)) poured += zeros.length;
        };
        response.on('drain', pour);
        pour();
      } else if (pathname === '/headers') {
        response.writeHead(200, { 'x-long': Array(20).fill('x'.repeat(1_000)) });
        response.end();
      } else if (pathname === '/drip') {
        response.removeHeader('content-encoding');
        const timer = setInterval(() => response.write('.'), 5);
        response.once('close', () => clearInterval(timer));
      } else response.end(gzipSync('plain words'));
    });
    client = new OutboundClient([server.host]);
  });

  afterAll(async () => {
    await client?.close();
    await server?.close();
  });

  const send = (path: string, more: Partial<OutboundRequest> = {}) =>
    client.send({
      purpose: PURPOSE,
      method: 'GET',
      url: new URL(path, server.url),
      headers: {},
      timeoutMs: 5_000,
      maxBytes: 100 * KB,
      ...more,
    });
  const readStream = async (path: string, maxBytes: number) => {
    const response = await client.stream({
      purpose: PURPOSE,
      method: 'GET',
      url: new URL(path, server.url),
      headers: {},
      headersTimeoutMs: 5_000,
      timeoutMs: 5_000,
      maxBytes,
    });
    let bytes = 0;
    for await (const chunk of response.body ?? []) bytes += (chunk as Uint8Array).length;
    return { bytes, headers: response.headers };
  };

  it('reads a compressed answer although it asked for none', async () => {
    const { headers, body } = await send('/plain');
    expect(body.toString()).toBe('plain words');
    expect(headers).not.toHaveProperty('content-encoding');
    expect((await send('/plain', { method: 'HEAD' })).body).toHaveLength(0);
    expect(await readStream('/plain', 100)).toMatchObject({ bytes: 11 });
  });

  it.each(['gzip', 'gzip,gzip'])('refuses a bomb of %s', async (coding) => {
    const path = `/bomb?coding=${encodeURIComponent(coding)}`;
    expect(await refusalOf(send(path))).toMatchObject({ trouble: 'too_large', retryable: false });
    await expect(readStream(path, 100 * KB)).rejects.toMatchObject({ trouble: 'too_large' });
    const fetch = client.fetchFor(PURPOSE, { timeoutMs: 5_000, maxBytes: 100 * KB });
    await expect(fetch(new URL(path, server.url))).rejects.toMatchObject({ trouble: 'too_large' });
  });

  it('refuses an answer that was compressed more often than anybody does', async () => {
    const path = `/plain?coding=${encodeURIComponent('gzip, gzip, gzip')}`;
    expect(await refusalOf(send(path))).toMatchObject({ trouble: 'unreadable', retryable: false });
    await expect(readStream(path, 100 * KB)).rejects.toMatchObject({ trouble: 'unreadable' });
    await eventually(() => expect(server.requests.at(-1)?.socket.destroyed).toBe(true));
  });

  it('reads a stream that may last for ever only as it comes', async () => {
    const lasting = { purpose: PURPOSE, method: 'GET', headers: {}, headersTimeoutMs: 5_000, maxBytes: KB };
    const opening = client.stream({ ...lasting, url: new URL('/plain', server.url) });
    await expect(opening).rejects.toMatchObject({ trouble: 'unreadable' });
    const response = await client.stream({ ...lasting, url: new URL('/drip', server.url) });
    await expect(response.text()).rejects.toMatchObject({ trouble: 'too_large' });
  });

  it('hangs up on a bomb that never ends, and takes no more of it than it needs to see that', async () => {
    for (const attack of [() => send('/endless'), () => readStream('/endless', 100 * KB)]) {
      poured = 0;
      await expect(attack()).rejects.toMatchObject({ trouble: 'too_large' });
      await eventually(() => expect(server.requests.at(-1)?.socket.destroyed).toBe(true));
      // What the sockets between them hold, and not what it would take to decode more than the limit allows.
      expect(poured).toBeLessThan(16 * MB);
    }
  });

  it('refuses headers without an end', async () => {
    expect(await refusalOf(send('/headers'))).toMatchObject({ trouble: 'too_large', retryable: false });
  });

  it('gives up on a stream that drips longer than its whole exchange may take', async () => {
    const response = await client.stream({
      purpose: PURPOSE,
      method: 'GET',
      url: new URL('/drip', server.url),
      headers: {},
      headersTimeoutMs: 5_000,
      timeoutMs: 200,
      maxBytes: KB,
    });
    await expect(response.text()).rejects.toMatchObject({ name: 'TimeoutError' });
    await eventually(() => expect(server.requests.at(-1)?.socket.destroyed).toBe(true));
  });

  it('does not take what comes before an answer for one', async () => {
    const sockets: Socket[] = [];
    const early = createServer((socket) => {
      sockets.push(socket);
      socket.once('data', () =>
        socket.end(
          'HTTP/1.1 103 Early Hints\r\ncontent-encoding: gzip,gzip,gzip\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok',
        ),
      );
    }).listen(0, '127.0.0.1');
    await once(early, 'listening');
    const { port } = early.address() as AddressInfo;
    const alone = new OutboundClient([`127.0.0.1:${port}`]);
    const answer = await alone.send({
      purpose: PURPOSE,
      method: 'GET',
      url: new URL(`http://127.0.0.1:${port}`),
      headers: {},
      timeoutMs: 5_000,
      maxBytes: KB,
    });
    expect([answer.status, answer.body.toString()]).toEqual([200, 'ok']);
    await alone.close();
    early.close();
  });
});
