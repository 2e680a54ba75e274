import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { startHttpServer } from '../../test/http-server.js';
import { refusalOf } from '../../test/refusal-of.js';
import { OutboundClient, type OutboundRequest } from './outbound.client.js';

type HttpServer = Awaited<ReturnType<typeof startHttpServer>>;

describe('OutboundClient', () => {
  let listed: HttpServer;
  let alsoListed: HttpServer;
  /** On the same machine, but the operator did not list its port. */
  let unlisted: HttpServer;
  let client: OutboundClient;
  let strict: OutboundClient;

  beforeAll(async () => {
    [alsoListed, unlisted] = await Promise.all([
      startHttpServer((_request, response) => response.end('the other origin')),
      startHttpServer((_request, response) => response.end('inside')),
    ]);
    listed = await startHttpServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', listed.url);
      const chunk = 'A'.repeat(1_000);
      if (pathname === '/redirect') {
        const status = Number(searchParams.get('status') ?? 302);
        response.writeHead(status, { location: searchParams.get('to') ?? '/' }).end('moved');
      } else if (pathname === '/circle') {
        response.writeHead(302, { location: '/circle' }).end();
      } else if (pathname === '/silence') {
        // Takes the request and never answers.
      } else if (pathname === '/endless') {
        const timer = setInterval(() => response.write('.'), 20);
        response.once('close', () => clearInterval(timer));
      } else if (pathname === '/flood') {
        const pour = () => {
          while (!response.destroyed && response.write(chunk));
        };
        response.on('drain', pour);
        pour();
      } else {
        response.setHeader('set-cookie', ['a=1', 'b=2']);
        response.end(`${request.method} ${pathname}`);
      }
    });
    client = new OutboundClient([listed.host, alsoListed.host]);
    strict = new OutboundClient([]);
  });

  beforeEach(() => {
    for (const { requests } of [listed, alsoListed, unlisted]) requests.length = 0;
  });

  afterAll(async () => {
    await Promise.all([client?.close(), strict?.close()]);
    await Promise.all([listed?.close(), alsoListed?.close(), unlisted?.close()]);
  });

  const send = (path: string, outbound: Partial<OutboundRequest> = {}, by = client) =>
    by.send({
      purpose: { for: 'toolkit', toolkit: 'acme' },
      method: 'GET',
      url: new URL(path, listed.url),
      headers: {},
      timeoutMs: 5_000,
      maxBytes: 100_000,
      ...outbound,
    });
  const redirect = (to: string, status = 302) => `/redirect?status=${status}&to=${encodeURIComponent(to)}`;

  it('answers with status, headers and body', async () => {
    const { status, headers, body } = await send('/hello', { method: 'DELETE' });
    expect({ status, body: body.toString() }).toEqual({ status: 200, body: 'DELETE /hello' });
    expect(headers['set-cookie']).toBe('a=1, b=2');
  });

  it.each([301, 302, 303, 307, 308])('follows a redirect %i of a GET', async (status) => {
    expect((await send(redirect('/there', status))).body.toString()).toBe('GET /there');
  });

  it('answers the redirect of a POST, which may not be sent twice', async () => {
    const response = await send(redirect('/there'), { method: 'POST', body: '{}' });
    expect(response).toMatchObject({ status: 302, headers: { location: '/there' } });
    expect(listed.requests).toHaveLength(1);
  });

  it('ends redirects that go in a circle', async () => {
    const refusal = await refusalOf(send('/circle'));
    expect(refusal).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('redirects too many times'),
    });
  });

  it.each(['http://169.254.169.254/latest', 'file:///etc/passwd', 'http://ada:secret@example.com'])(
    'refuses a redirect to %s',
    async (to) => {
      expect((await refusalOf(send(redirect(to)))).code).toBe('invalid_request');
    },
  );

  it('refuses a redirect to a private address that is not listed, and does not call it', async () => {
    for (const to of [unlisted.url, `http://localhost:${unlisted.port}`]) {
      expect((await refusalOf(send(redirect(to)))).code).toBe('invalid_request');
    }
    expect(unlisted.requests).toHaveLength(0);
  });

  it('ends with a refusal when a redirect leads to what is no address', async () => {
    const refusal = await refusalOf(send(redirect('http://')));
    expect(refusal).toMatchObject({ code: 'unavailable' });
  });

  it('keeps credentials to the origin they were meant for', async () => {
    const headers = {
      authorization: 'Bearer secret',
      cookie: 'secret',
      'X-Api-Key': 'secret',
      accept: 'text/plain',
    };
    await send(redirect('/there'), { headers });
    expect(listed.requests.at(-1)?.headers).toMatchObject({ authorization: 'Bearer secret' });
    await send(redirect(alsoListed.url), { headers });
    expect(alsoListed.requests[0]?.headers).toMatchObject({ accept: 'text/plain' });
    expect(JSON.stringify(alsoListed.requests[0]?.headers)).not.toContain('secret');
  });

  it('gives up when no answer comes in time', async () => {
    const refusal = await refusalOf(send('/silence', { timeoutMs: 200 }));
    expect(refusal).toMatchObject({ code: 'unavailable', retryable: false });
  });

  it('gives up on a body that never ends, and hangs up', async () => {
    const refusal = await refusalOf(send('/endless', { timeoutMs: 300 }));
    expect(refusal).toMatchObject({ code: 'unavailable', retryable: false });
    await eventually(() => expect(listed.requests[0]?.socket.destroyed).toBe(true));
  });

  it('refuses a body that is too large, and hangs up', async () => {
    const refusal = await refusalOf(send('/flood'));
    expect(refusal).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('more than 100000 bytes'),
    });
    await eventually(() => expect(listed.requests[0]?.socket.destroyed).toBe(true));
  });

  it('does not send what was given up before there was a connection', async () => {
    const alone = new OutboundClient([listed.host]);
    const left = new AbortController();
    const refusal = refusalOf(send('/given-up', { signal: left.signal }, alone));
    left.abort();
    expect(await refusal).toMatchObject({ trouble: 'cancelled' });
    await send('/afterwards', {}, alone);
    await alone.close();
    expect(listed.requests.map(({ url }) => url)).toEqual(['/afterwards']);
  });

  it('says that the connection was refused', async () => {
    const gone = await startHttpServer((_request, response) => response.end());
    await gone.close();
    const alone = new OutboundClient([gone.host]);
    const refusal = await refusalOf(send('/', { url: new URL(gone.url) }, alone));
    expect(refusal).toMatchObject({ code: 'unavailable', message: expect.stringContaining('ECONNREFUSED') });
    await alone.close();
  });

  it('refuses a name that resolves to a private address unless it is listed', async () => {
    const url = new URL(`http://localhost:${listed.port}/name`);
    const refusal = await refusalOf(send('/', { url }, strict));
    expect(refusal).toMatchObject({
      code: 'invalid_request',
      suggestion: expect.stringContaining('PATCHBAY_ALLOWED_PRIVATE_HOSTS'),
    });
    expect(listed.requests).toHaveLength(0);
    expect((await send('/', { url })).body.toString()).toBe('GET /name');
  });
});
