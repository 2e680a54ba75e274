import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { startHttpServer } from '../../test/http-server.js';
import type { Patience } from './exchange.js';
import { OutboundClient, type OutboundRequest } from './outbound.client.js';

/** Until a line has come. */
const aLine: Patience = (_head, soFar) => (soFar.includes('\n') ? 0 : undefined);

const textOf = (rest: Readable | undefined) => text(rest ?? Readable.from([]));

describe('an answer that is given before its end', () => {
  let server: Awaited<ReturnType<typeof startHttpServer>>;
  let client: OutboundClient;
  let answer: (response: ServerResponse) => void;
  beforeAll(async () => {
    server = await startHttpServer((_request, response) => answer(response));
    client = new OutboundClient([server.host]);
  });
  afterAll(async () => {
    await client.close();
    await server.close();
  });

  const send = (patienceMs: Patience, more: Partial<OutboundRequest> = {}) =>
    client.send({
      purpose: { for: 'toolkit', toolkit: 'acme' },
      method: 'POST',
      url: new URL(server.url),
      headers: {},
      timeoutMs: 5_000,
      maxBytes: 1_000_000,
      patienceMs,
      ...more,
    });

  it('comes with what there is of it, and its rest as a stream', async () => {
    let open: ServerResponse | undefined;
    answer = (response) => void (open = response).write('first\n');
    const { status, body, rest } = await send(aLine);
    expect([status, body.toString()]).toEqual([200, 'first\n']);
    open?.write('second\n');
    open?.end('third\n');
    expect(await textOf(rest)).toBe('second\nthird\n');
  });

  it('is whole where its end comes in time', async () => {
    answer = (response) => {
      response.write('first\n');
      response.end('second\n');
    };
    const { body, rest } = await send((_head, soFar) => (soFar.includes('\n') ? 60_000 : undefined));
    expect(body.toString()).toBe('first\nsecond\n');
    expect(rest).toBeUndefined();
  });

  it('is given in time where its end does not come', async () => {
    answer = (response) => void response.write('first\n');
    const { body, rest } = await send(() => 1);
    expect(body.toString()).toBe('first\n');
    rest?.destroy();
    await eventually(() => expect(server.requests.at(-1)?.socket.destroyed).toBe(true));
  });

  it.each([false, true])('is read at the pace of its reader (compressed: %p)', async (isCompressed) => {
    const words = 'x'.repeat(500_000);
    answer = (response) => {
      if (!isCompressed) return void response.end(`first\n${words}`);
      const gzip = createGzip();
      gzip.pipe(response.setHeader('content-encoding', 'gzip'));
      gzip.write('first\n');
      return gzip.flush(() => gzip.end(words));
    };
    const { body, rest } = await send(aLine);
    expect(body.toString() + (await textOf(rest))).toBe(`first\n${words}`);
  });

  it('is bounded as a whole', async () => {
    answer = (response) => {
      response.write('first\n');
      response.end('x'.repeat(2_000));
    };
    const { rest } = await send(aLine, { maxBytes: 1_000 });
    await expect(textOf(rest)).rejects.toMatchObject({ trouble: 'too_large' });
  });

  it('tells its reader that it broke off, also one that comes later', async () => {
    answer = (response) => response.write('first\n', () => response.destroy());
    const { rest } = await send(aLine);
    await eventually(() => expect(rest?.destroyed).toBe(true));
    await expect(textOf(rest)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  });

  it('ends when its caller no longer wants it, and when its time is over', async () => {
    answer = (response) => void response.write('first\n');
    const left = new AbortController();
    const { rest } = await send(aLine, { signal: left.signal });
    left.abort(new Error('Never mind'));
    await expect(textOf(rest)).rejects.toThrow('Never mind');
    // Long enough for its beginning to come on a busy machine.
    const late = await send(aLine, { timeoutMs: 3_000 });
    await expect(textOf(late.rest)).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
