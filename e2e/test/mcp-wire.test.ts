import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '@patchbay/testing';
import { environment, unique } from '../support/environment.js';
import { call, createSession, errorOf } from '../support/http.js';

const ACCEPT = { accept: 'application/json, text/event-stream' };
const PING = { jsonrpc: '2.0', id: 7, method: 'ping' };
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};
let url: string;

beforeAll(async () => {
  const id = await createSession({ user_id: unique('wire'), toolkits: { enable: ['time'] } });
  url = `${environment.baseUrl}/tool_router/${id}/mcp`;
});

const post = (body: unknown, headers: Record<string, string> = {}) =>
  call(url, { body, headers: { ...ACCEPT, ...headers } });
/** A body of so many bytes, of which none is sent: the answer comes before it. */
async function announce(length: number): Promise<{ status: number | undefined; body: unknown }> {
  const headers = { ...ACCEPT, 'x-api-key': environment.apiKey, 'content-type': 'application/json' };
  const request = httpRequest(url, { method: 'POST', headers: { ...headers, 'content-length': length } });
  request.flushHeaders();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const body: unknown = JSON.parse(await text(response));
  request.destroy();
  return { status: response.statusCode, body };
}

const refusal = (code: number, id: unknown = null) => ({
  jsonrpc: '2.0',
  id,
  error: { code, message: expect.stringMatching(/\w/) },
});

describe("what a session's MCP endpoint answers to what is no message of its protocol", () => {
  it.each([
    ['what is no JSON', '{"jsonrpc":', 400, -32700],
    ['nothing', '', 400, -32700],
    ['what is no message', {}, 400, -32600],
    ['a number', '5', 400, -32600],
    ['an empty batch', [], 400, -32600],
    ['a batch with something else in it', [PING, { hello: 1 }], 400, -32600],
  ])('%s: an error without an id', async (_, body, status, code) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status, body: refusal(code) });
  });

  it('another content type, and a body that is too large', async () => {
    const plain = await post('hello', { 'content-type': 'text/plain' });
    expect(plain).toMatchObject({ status: 415, body: refusal(-32000) });
    expect(await announce(6 * 1024 * 1024)).toMatchObject({ status: 413, body: refusal(-32000) });
  });

  it('a client that takes neither JSON nor events', async () => {
    expect(await post(PING, { accept: 'text/html' })).toMatchObject({ status: 406, body: refusal(-32000) });
  });

  it('batches: taken in the version that has them, and refused in later ones', async () => {
    const batch = [PING, { ...PING, id: 'b' }, { jsonrpc: '2.0', method: 'notifications/initialized' }];
    const taken = await post(batch, { 'mcp-protocol-version': '2025-03-26' });
    expect(taken).toMatchObject({
      status: 200,
      body: [
        { id: 7, result: {} },
        { id: 'b', result: {} },
      ],
    });
    for (const version of ['2025-06-18', '2025-11-25']) {
      const refused = await post(batch, { 'mcp-protocol-version': version });
      expect(refused).toMatchObject({ status: 400, body: refusal(-32600) });
    }
  });

  it('an unknown method, wrong parameters, an unknown version and an unknown client', async () => {
    const methodless = await post({ ...PING, method: 'no/such' });
    expect(methodless).toMatchObject({ status: 200, body: refusal(-32601, 7) });
    const nameless = await post({ ...PING, method: 'tools/call', params: {} });
    expect(nameless).toMatchObject({ status: 200, body: refusal(-32602, 7) });
    expect(await post(PING, { 'mcp-protocol-version': '1999-01-01' })).toMatchObject({ status: 400 });
    expect(await post(PING, { 'mcp-session-id': 'nobody' })).toMatchObject({ status: 404 });
  });
});

describe('web pages', () => {
  const preflight = (origin: string, at = url) =>
    fetch(at, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,mcp-protocol-version,x-api-key',
      },
    });

  it('of this machine speak to a session from a browser, and read what they need of the answer', async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      // Another port is another origin.
      await page.goto(`${environment.keyedUrl}/open`);
      const seen = await page.evaluate(
        async ([endpoint, key, initialize]) => {
          const send = (headers: Record<string, string>, body: unknown) =>
            fetch(endpoint, {
              method: 'POST',
              headers: { accept: 'application/json, text/event-stream', ...headers },
              body: JSON.stringify(body),
            });
          const json = { 'content-type': 'application/json' };
          const stranger = await send(json, initialize);
          const opened = await send({ ...json, 'x-api-key': key }, initialize);
          const client = opened.headers.get('mcp-session-id') ?? '';
          const streamed = await fetch(endpoint, {
            headers: { accept: 'text/event-stream', 'x-api-key': key, 'mcp-session-id': client },
          });
          await streamed.body?.cancel();
          const listed = await send(
            { ...json, 'x-api-key': key, 'mcp-session-id': client, 'mcp-protocol-version': '2025-11-25' },
            { jsonrpc: '2.0', id: 2, method: 'tools/list' },
          );
          const { result } = (await listed.json()) as { result: { tools: unknown[] } };
          return {
            challenge: stranger.headers.get('www-authenticate'),
            client,
            stream: streamed.headers.get('content-type'),
            tools: result.tools.length,
          };
        },
        [url, environment.apiKey, INITIALIZE] as const,
      );
      expect(seen.challenge).toContain('resource_metadata=');
      expect(seen.client).not.toBe('');
      expect(seen.stream).toBe('text/event-stream');
      expect(seen.tools).toBeGreaterThan(0);
    } finally {
      await browser.close();
    }
  });

  it('of elsewhere may not: neither are they told that they may ask, nor is what they send taken', async () => {
    const origin = 'https://elsewhere.example';
    expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
    const sent = await post(PING, { origin });
    errorOf(sent, 403);
    expect(sent.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('of anywhere may register a client and exchange its codes, as nothing of theirs takes part', async () => {
    const origin = 'https://elsewhere.example';
    const answer = await preflight(origin, `${environment.baseUrl}/oauth/register`);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-headers')).toContain('content-type');
    const metadata = await fetch(`${environment.baseUrl}/.well-known/oauth-authorization-server`, {
      headers: { origin },
    });
    expect(metadata.headers.get('access-control-allow-origin')).toBe('*');
  });
});
