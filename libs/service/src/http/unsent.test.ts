import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OutboundClient } from './outbound.client.js';

const client = new OutboundClient(['127.0.0.1']);
let server: Server;
let port = 0;
let received = '';

beforeAll(async () => {
  server = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .on('data', (chunk) => {
        received += chunk.toString('latin1');
        // Neither TLS nor HTTP: the peer learns nothing from it.
        socket.destroy();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as { port: number });
});
afterAll(async () => {
  await client.close();
  await new Promise((resolve) => server.close(resolve));
});

const post = (url: string, headers: Record<string, string> = {}) =>
  client.send({
    purpose: { for: 'toolkit', toolkit: 'acme' },
    method: 'POST',
    url: new URL(url),
    headers,
    body: 'x',
    timeoutMs: 3_000,
    maxBytes: 1_000,
  });

describe('a request of which nothing was sent', () => {
  it.each([
    ['a character beyond Latin-1', { 'x-note': 'snow ☃' }],
    ['a line break', { 'x-note': 'a\r\nx-evil: b' }],
    ['an end of text', { 'x-note': 'a\u0000' }],
    ['no name', { 'x note': 'a' }],
    ['a header that only a client sets', { 'transfer-encoding': 'chunked' }],
    ['a length that is none', { 'content-length': 'many' }],
  ])('is said to be one that cannot be sent: %s', async (_, headers) => {
    received = '';
    await expect(post(`http://127.0.0.1:${port}/`, headers)).rejects.toMatchObject({
      trouble: 'unsendable',
      retryable: false,
    });
    expect(received).toBe('');
  });

  it('is said not to have reached a server that speaks no TLS', async () => {
    received = '';
    await expect(post(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({ trouble: 'unreachable' });
    expect(received).not.toContain('POST');
  });

  it('is said not to have reached a server that is not there', async () => {
    await expect(post('http://127.0.0.1:1/')).rejects.toMatchObject({ trouble: 'unreachable' });
  });

  it('is another than one that went out and had no answer', async () => {
    received = '';
    await expect(post(`http://127.0.0.1:${port}/`, { 'x-note': 'café' })).rejects.toMatchObject({
      trouble: 'lost',
      retryable: false,
    });
    expect(received).toContain('x-note: café');
  });
});

describe('a fetch for libraries', () => {
  it('says of a request that cannot be sent that it was not', async () => {
    const limits = { timeoutMs: 3_000, maxBytes: 1_000 };
    const fetchIt = client.fetchFor({ for: 'toolkit', toolkit: 'acme' }, limits);
    const sent = fetchIt(`http://127.0.0.1:${port}/`, { method: 'POST', headers: { 'x-name': '名' } });
    await expect(sent).rejects.toMatchObject({ trouble: 'unsendable' });
  });
});
