import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startHttpServer } from '../../test/http-server.js';
import { OutboundClient } from './outbound.client.js';

describe('the fetch of OutboundClient', () => {
  let server: Awaited<ReturnType<typeof startHttpServer>>;
  let client: OutboundClient;
  let strict: OutboundClient;

  beforeAll(async () => {
    server = await startHttpServer((request, response) => {
      if (request.url === '/redirect') response.writeHead(302, { location: '/elsewhere' });
      response.end(`${request.method} ${String(request.headers['x-note'])}`);
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
    const response = await client.fetch(server.url, { method: 'POST', headers: { 'x-note': 'hello' } });
    expect([response.status, await response.text()]).toEqual([200, 'POST hello']);
  });

  it('answers a redirect and does not follow it, whatever it is asked to do', async () => {
    const response = await client.fetch(`${server.url}/redirect`, { redirect: 'follow' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/elsewhere']);
    expect(server.requests).toHaveLength(1);
  });

  it('refuses private addresses, and names that resolve to one', async () => {
    for (const url of [
      server.url,
      `http://localhost:${server.port}`,
      'http://169.254.169.254',
      'file:///etc/passwd',
    ]) {
      await expect(strict.fetch(url)).rejects.toBeInstanceOf(Error);
    }
    expect(server.requests).toHaveLength(0);
  });
});
