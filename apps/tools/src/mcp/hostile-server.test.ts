import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutboundClient } from '@patchbay/service';
import { eventually } from '@patchbay/testing';
import { boundedEvents, type EventBounds } from './event-limits.js';
import { McpSession, type SessionOptions } from './mcp.session.js';
import { McpSignIn } from './mcp.sign-in.js';
import { pauseFor, Reconnections } from './reconnections.js';

type Message = { id?: number; method?: string; params?: Record<string, unknown> };
type Behaviour = (message: Message, response: ServerResponse, request: IncomingMessage) => void;

let client: OutboundClient;
const servers: Server[] = [];
beforeEach(() => {
  client = new OutboundClient(['127.0.0.1']);
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await client.close();
});

const json = (response: ServerResponse, body: unknown, status = 200) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const result = (response: ServerResponse, { id }: Message, value: object) =>
  json(response, { jsonrpc: '2.0', id, result: value });
const events = (response: ServerResponse, headers = {}) =>
  response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
const event = (message: unknown) => `data: ${JSON.stringify(message)}\n\n`;

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A session with a server of 2025-11-25 that shakes hands as it should, and then behaves as it is told. */
async function sessionWith(behaviour: Behaviour, options: Partial<SessionOptions> = {}): Promise<McpSession> {
  const url = await listen((request, response) => {
    void readAll(request).then((body) => {
      const message = (body ? JSON.parse(body) : {}) as Message;
      if (message.method === 'server/discover') return json(response, {}, 404);
      if (message.method === 'initialize') {
        const capabilities = { tools: { listChanged: true } };
        const serverInfo = { name: 'hostile', version: '1' };
        return result(response, message, { protocolVersion: '2025-11-25', capabilities, serverInfo });
      }
      if (message.method === 'notifications/initialized') return void response.writeHead(202).end();
      return behaviour(message, response, request);
    });
  });
  return McpSession.open(client, new URL(`${url}/mcp`), {}, { toolkit: 'up', ...options });
}

async function readAll(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

const listTools = (session: McpSession, timeout = 5_000) =>
  session.run(async (mcp) => (await mcp.listTools({}, { timeout })).tools);
const tool = (name: string) => ({ name, inputSchema: { type: 'object' } });

describe('an MCP server whose answers do not end', () => {
  it('is not followed from page to page for ever', async () => {
    let pages = 0;
    const session = await sessionWith((message, response) => {
      if (message.method !== 'tools/list') return json(response, {}, 405);
      pages += 1;
      return result(response, message, { tools: [tool(`t${pages}`)], nextCursor: `page-${pages}` });
    });
    await expect(listTools(session)).rejects.toThrow('exceeded listMaxPages');
    expect(pages).toBe(100);
    await session.close();
  });

  it('has all of its pages counted together', async () => {
    let pages = 0;
    const session = await sessionWith(
      (message, response) => {
        if (message.method !== 'tools/list') return json(response, {}, 405);
        pages += 1;
        const description = 'd'.repeat(40_000);
        const tools = [{ ...tool(`t${pages}`), description }];
        return result(response, message, { tools, nextCursor: `page-${pages}` });
      },
      { sessionBytes: 100_000 },
    );
    await expect(listTools(session)).rejects.toThrow('sent more than 100000 bytes in all');
    expect(pages).toBe(3);
    await session.close();
  });

  it.each([1, 2])('is cut off in a bomb of %i layers', async (layers) => {
    const description = 'd'.repeat(64 * 1024 * 1024);
    // Packed before it is asked for: that takes longer than a busy machine leaves to an answer.
    let body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, result: { tools: [], description } }));
    for (let layer = 0; layer < layers; layer += 1) body = gzipSync(body);
    const encoding = Array(layers).fill('gzip').join(', ');
    const session = await sessionWith((message, response) => {
      if (message.method !== 'tools/list') return json(response, {}, 405);
      return response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding })
        .end(body);
    });
    await expect(listTools(session)).rejects.toThrow('sent more than 10485760 bytes');
    await session.close();
  });

  it('is asked by few answers at once, however often it pings', async () => {
    let replies = 0;
    let answer: ServerResponse | undefined;
    const session = await sessionWith((message, response) => {
      if (message.method === undefined) {
        // It takes our replies, and answers none.
        replies += 1;
        return;
      }
      if (message.method !== 'tools/list') return json(response, {}, 405);
      answer = events(response);
      for (let id = 0; id < 500; id += 1) response.write(event({ jsonrpc: '2.0', id, method: 'ping' }));
      response.write(event({ jsonrpc: '2.0', id: message.id, result: { tools: [tool('after')] } }));
      return response.end();
    });
    expect((await listTools(session)).map(({ name }) => name)).toEqual(['after']);
    // The replies that it holds are all there are: hundreds would have no connection left for this.
    expect((await listTools(session)).map(({ name }) => name)).toEqual(['after']);
    expect(replies).toBe(8);
    expect(answer?.writableFinished).toBe(true);
    await session.close();
  });

  it('is cut off when one answer is a crowd of events', async () => {
    const session = await sessionWith((message, response) => {
      if (message.method !== 'tools/list') return json(response, {}, 405);
      events(response);
      const progress = event({
        jsonrpc: '2.0',
        method: 'notifications/message',
        params: { level: 'info', data: 1 },
      });
      response.write(progress.repeat(5_001));
      return response.end(event({ jsonrpc: '2.0', id: message.id, result: { tools: [] } }));
    });
    await expect(listTools(session, 500)).rejects.toThrow(/timed out|5000 events/i);
    await session.close();
  });

  it('is not called back without a pause when it ends each stream and asks for none', async () => {
    let opened = 0;
    const session = await sessionWith(
      (message, response, request) => {
        if (request.method !== 'GET') return json(response, {}, 405);
        opened += 1;
        return events(response).end(
          'retry: 0\nid: 1\ndata: {"jsonrpc":"2.0","method":"notifications/x"}\n\n',
        );
      },
      { onToolsChanged: () => undefined },
    );
    // A second time after a second: without the pause it is thousands of times by then.
    await eventually(() => expect(opened).toBe(2), { timeout: 5_000 });
    await session.close();
  });

  it('has its lasting stream closed when an event in it does not end', async () => {
    let closed = false;
    const session = await sessionWith(
      (_message, response, request) => {
        if (request.method !== 'GET') return json(response, {}, 405);
        response.once('close', () => (closed = true));
        events(response).write(`data: ${'x'.repeat(300 * 1024)}`);
      },
      { onToolsChanged: () => undefined },
    );
    await eventually(() => expect(closed).toBe(true), { timeout: 5_000 });
    await session.close();
  });
});

describe('a bounded stream of events', () => {
  const through = async (pieces: string[], bounds: EventBounds) => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
        controller.close();
      },
    }).pipeThrough(boundedEvents('up.example', bounds));
    return new Response(stream).text();
  };

  it.each([
    ['LF', 'data: a\n\ndata: b\n\n'],
    ['CR', 'data: a\r\rdata: b\r\r'],
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n'],
  ])('ends events at empty lines (%s)', async (_, text) => {
    const bounds = { maxEventBytes: 13, maxEvents: 2 };
    expect(await through([text], bounds)).toBe(text);
    // The same in pieces of one byte: a line's end may be cut in two.
    expect(await through(text.split(''), bounds)).toBe(text);
    await expect(through([text], { ...bounds, maxEvents: 1 })).rejects.toThrow('more than 1 events');
    await expect(through([text], { ...bounds, maxEventBytes: 7 })).rejects.toThrow('more than 7 bytes');
  });

  it('is one event as long as no empty line comes', async () => {
    await expect(through(Array(20).fill('data: x\r\n'), { maxEventBytes: 100 })).rejects.toThrow('100 bytes');
  });

  it('is read at its pace', async () => {
    const began = performance.now();
    await through(Array(4).fill(`:${'x'.repeat(98)}\n\n`), { maxEventBytes: 200, bytesPerSecond: 1_000 });
    // 404 bytes of which 200 may come at once: the rest takes a fifth of a second.
    expect(performance.now() - began).toBeGreaterThan(150);
  });
});

describe('the pause before a stream is opened again', () => {
  it.each([
    [0, 1_000, 1_000],
    [-5, 1_000, 1_000],
    [30_000, 1_000, 30_000],
    [1e300, 1_000, 60_000],
    [Infinity, 1_000, 60_000],
    [NaN, 1_000, 60_000],
    [10, 32_000, 32_000],
  ])('of %p ms asked, %p ms at least, is %p ms', (asked, least, expected) => {
    expect(pauseFor(asked, least)).toBe(expected);
  });

  it('can be taken back', () => {
    new Reconnections().schedule(() => {
      throw new Error('It was taken back');
    }, 0)();
  });
});

describe('the sign-in that an MCP server describes', () => {
  const documents = (url: string, more: object = {}) => ({
    '/.well-known/oauth-protected-resource/mcp': { resource: `${url}/mcp`, authorization_servers: [url] },
    '/.well-known/oauth-authorization-server': {
      issuer: url,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      registration_endpoint: `${url}/register`,
      response_types_supported: ['code'],
      ...more,
    },
  });
  const discoverAt = async (more: (url: string) => object, by = client) => {
    const url = await listen((request, response) => {
      const found = Object.entries(documents(url, more(url))).find(([path]) => path === request.url);
      json(response, found?.[1] ?? {}, found ? 200 : 404);
    });
    const signIn = new McpSignIn(by, { PUBLIC_URL: 'https://patchbay.example' });
    return (await signIn.discover({ slug: 'up', url: `${url}/mcp` }, {}))[0];
  };

  it('is taken as it is while it is what such documents are', async () => {
    const scopes = Array.from({ length: 500 }, (_, n) => `scope-${n}`);
    const spec = await discoverAt(() => ({ scopes_supported: ['offline_access', ...scopes] }));
    expect(spec).toMatchObject({ scheme: 'DCR_OAUTH', scopes: ['offline_access'] });
  });

  it('is not read when it is longer', async () => {
    await expect(discoverAt(() => ({ padding: 'x'.repeat(200_000) }))).rejects.toThrow(
      'sent more than 131072 bytes',
    );
    await expect(discoverAt((url) => ({ token_endpoint: `${url}/${'x'.repeat(3_000)}` }))).rejects.toThrow(
      'by more than 2000 characters',
    );
  });

  it('leads no server that is public into private hosts, unless one is named for its toolkit', async () => {
    /** As if its own host were a public one, which a test has none of. */
    class AsIfPublic extends OutboundClient {
      override mayBePrivate(...[url, purpose]: Parameters<OutboundClient['mayBePrivate']>): boolean {
        return !url.pathname.startsWith('/mcp') && super.mayBePrivate(url, purpose);
      }
    }
    const inside = { token_endpoint: 'http://10.0.0.7/token' };
    for (const [entries, isTaken] of [
      [['127.0.0.1=up', '10.0.0.7'], false],
      [['127.0.0.1=up', '10.0.0.7=other'], false],
      [['127.0.0.1=up', '10.0.0.7=up'], true],
    ] as const) {
      const http = new AsIfPublic(entries);
      const found = await discoverAt(() => inside, http).then(
        () => true,
        () => false,
      );
      expect(found).toBe(isTaken);
      await http.close();
    }
  });
});
