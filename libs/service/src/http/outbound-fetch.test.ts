import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startHttpServer } from '../../test/http-server.js';
import { OutboundClient } from './outbound.client.js';

describe('the fetch of OutboundClient', () => {
  let server: Awaited<ReturnType<typeof startHttpServer>>;
  let client: OutboundClient;
  let strict: OutboundClient;
  const fetchOf = (by: OutboundClient) =>
    by.fetchFor({ for: 'toolkit', toolkit: 'acme' }, { timeoutMs: 5_000, maxBytes: 1_000 });

  beforeAll(async () => {
    server = await startHttpServer((request, response) => {
      if (request.url === '/redirect') response.writeHead(302, { location: '/elsewhere' });
      if (request.url === '/odd') {
        response.writeHead(299, { 'x-odd': Buffer.from('–').toString('latin1'), 'x-even': 'yes' });
      }
      if (request.url === '/nothing') response.writeHead(204);
      if (request.url === '/large') response.write('A'.repeat(1_001));
      const type = request.headers['content-type'] ?? '';
      response.end(`${request.method} ${String(request.headers['x-note'])} ${type}`);
    });
    client = new OutboundClient([server.host]);
    strict = new OutboundClient([]);
  });

  beforeEach(() => void (server.requests.length = 0));

  afterAll(async () => {
    await Promise.all([client?.close(), strict?.close()]);
    await server?.close();
  });

  it('reaches what is listed', async () => {
    const body = new URLSearchParams({ a: 'b' });
    const response = await fetchOf(client)(server.url, {
      method: 'POST',
      headers: { 'x-note': 'hello' },
      body,
    });
    const text = await response.text();
    expect([response.status, text]).toEqual([
      200,
      'POST hello application/x-www-form-urlencoded;charset=UTF-8',
    ]);
  });

  it('answers a redirect and does not follow it, whatever it is asked to do', async () => {
    const response = await fetchOf(client)(`${server.url}/redirect`, { redirect: 'follow' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/elsewhere']);
    expect(server.requests).toHaveLength(1);
  });

  it('answers what has no body, and headers that no fetch would give', async () => {
    expect((await fetchOf(client)(`${server.url}/nothing`)).status).toBe(204);
    expect((await fetchOf(client)(`${server.url}/odd`)).headers.get('x-even')).toBe('yes');
  });

  it('has no answer that is larger than it may be', async () => {
    await expect(fetchOf(client)(`${server.url}/large`)).rejects.toMatchObject({ trouble: 'too_large' });
  });

  it('refuses private addresses, and names that resolve to one', async () => {
    for (const url of [
      server.url,
      `http://localhost:${server.port}`,
      'http://169.254.169.254',
      'http://ada:secret@example.com',
      'file:///etc/passwd',
    ]) {
      await expect(fetchOf(strict)(url)).rejects.toMatchObject({ code: 'invalid_request' });
    }
    expect(server.requests).toHaveLength(0);
  });
});
