import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  Client,
  ProtocolError,
  SdkError,
  SdkHttpError,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { OutboundClient, OutboundError } from '@patchbay/service';
import {
  AnsweringServer,
  compressed,
  event,
  events,
  inPieces,
  json,
  refuse,
  result,
  type Behaviour,
  type SentCall,
} from '../../test/answering-server.js';
import { McpSession, SignInWanted } from './mcp.session.js';

const CALL = { name: 'read', arguments: { a: 1 } };
const NOTICE = event({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 1 } });
/** Where the client is to wait for what does not come. */
const SHORT_MS = 300;

let server: AnsweringServer;
let url: URL;
let http: OutboundClient;
beforeEach(async () => {
  http = new OutboundClient(['127.0.0.1']);
  server = new AnsweringServer();
  url = await server.start();
});
afterEach(async () => {
  server.close();
  await http.close();
});

/** The call as the official client makes it over the runtime's own `fetch`, and as a session of ours does. */
async function byBoth(timeout = 10_000) {
  const official = new Client(
    { name: 'patchbay', version: '0.1.0' },
    { versionNegotiation: { mode: 'auto' } },
  );
  await official.connect(new StreamableHTTPClientTransport(url));
  const theirs = await outcomeOf(official.callTool(CALL, { timeout }));
  await official.close();
  const theirCalls = server.calls.splice(0);
  const session = await McpSession.open(http, url, {}, { toolkit: 'up' });
  const ours = await outcomeOf(session.callTool(CALL, { timeout }));
  await session.close();
  return { theirs, ours, theirCalls, ourCalls: server.calls };
}

async function outcomeOf(call: Promise<object>): Promise<unknown> {
  try {
    // What a server of 2026-07-28 says of each answer: it is said here for those that do not.
    const { ttlMs: _ttl, cacheScope: _scope, ...answer } = (await call) as Record<string, unknown>;
    return answer;
  } catch (error) {
    if (error instanceof SdkHttpError) return { status: error.status, text: error.data['text'] };
    if (error instanceof ProtocolError || error instanceof SdkError) {
      return { name: error.name, code: error.code, message: error.message };
    }
    return error;
  }
}

/** What was sent, without what tells which HTTP client sent it. */
function sent(calls: SentCall[]) {
  const names = [
    'accept',
    'content-type',
    'mcp-session-id',
    'mcp-protocol-version',
    'mcp-method',
    'mcp-name',
  ];
  return calls.map(({ body, headers }) => ({ body, headers: names.map((name) => headers[name]) }));
}

describe('a call of a tool is answered as the official client has it, and made once', () => {
  it.each<[string, Behaviour]>([
    ['JSON', ({ id, response }) => json(response, result(id))],
    [
      'JSON with its character set',
      ({ id, response }) =>
        json(response, result(id, 'ü€😀'), { 'content-type': 'application/json; charset=utf-8' }),
    ],
    [
      'JSON, compressed',
      ({ id, response }) => compressed(response, 'application/json', JSON.stringify(result(id))),
    ],
    [
      'JSON in pieces',
      ({ id, response }) => inPieces(response, 'application/json', JSON.stringify(result(id))),
    ],
    ['a list of messages', ({ id, response }) => json(response, [result('other'), result(id)])],
    [
      'an error of the protocol',
      ({ id, response }) =>
        json(response, { jsonrpc: '2.0', id, error: { code: -32_602, message: 'No such tool' } }),
    ],
    [
      'a failed tool',
      ({ id, response }) => json(response, { jsonrpc: '2.0', id, result: { content: [], isError: true } }),
    ],
    ['an event', ({ id, response }) => events(response).end(event(result(id)))],
    [
      'an event with its type and id',
      ({ id, response }) => events(response).end(`event: message\nid: 7\n${event(result(id))}`),
    ],
    [
      'an event of another type, and an answer',
      ({ id, response }) => events(response).end(`event: x\n${event(result(id, 'x'))}${event(result(id))}`),
    ],
    [
      'an event without a space',
      ({ id, response }) => events(response).end(`data:${JSON.stringify(result(id))}\n\n`),
    ],
    [
      'an event with CRLF',
      ({ id, response }) =>
        events(response).end(`event: message\r\ndata: ${JSON.stringify(result(id))}\r\n\r\n`),
    ],
    [
      'an event in pieces',
      ({ id, response }) => inPieces(response, 'text/event-stream', event(result(id, 'ü€😀'))),
    ],
    [
      'an event, compressed',
      ({ id, response }) => compressed(response, 'text/event-stream', event(result(id))),
    ],
    [
      'an event behind a byte order mark',
      ({ id, response }) => events(response).end(`\uFEFF${event(result(id))}`),
    ],
    ['an event behind an empty line', ({ id, response }) => events(response).end(`\n${event(result(id))}`)],
    [
      'an event behind a comment',
      ({ id, response }) => events(response).end(`: ping\n\n${event(result(id))}`),
    ],
    [
      'data of several lines',
      ({ id, response }) =>
        events(response).end(
          `data: {"jsonrpc": "2.0",\ndata: "id": ${id}, "result":\ndata: {"content": []}}\n\n`,
        ),
    ],
    [
      'an error in an event',
      ({ id, response }) =>
        events(response).end(event({ jsonrpc: '2.0', id, error: { code: 5, message: 'no' } })),
    ],
    ['notices before it', ({ id, response }) => events(response).end(NOTICE + NOTICE + event(result(id)))],
    [
      'a notice, and it when that has been read',
      async ({ id, response }) => {
        await new Promise((resolve) => events(response).write(NOTICE, resolve));
        setImmediate(() => response.end(event(result(id))));
      },
    ],
    ['a notice behind it', ({ id, response }) => events(response).end(event(result(id)) + NOTICE)],
    ['a stream that stays open behind it', ({ id, response }) => events(response).write(event(result(id)))],
    [
      'the answer to another request before it',
      ({ id, response }) => events(response).end(event(result(id + 500)) + event(result(id))),
    ],
    [
      'what is no message before it',
      ({ id, response }) => events(response).end(`data: {"id":\n\n${event(result(id))}`),
    ],
    [
      'a ping that it waits for',
      async ({ id, response, reply }) => {
        events(response).write(event({ jsonrpc: '2.0', id: 'p', method: 'ping' }));
        response.end(event(result(id, JSON.stringify(await reply))));
      },
    ],
    [
      'a question to the user that it waits for',
      async ({ id, response, reply }) => {
        const params = { message: 'Sure?', requestedSchema: { type: 'object', properties: {} } };
        events(response).write(event({ jsonrpc: '2.0', id: 'e', method: 'elicitation/create', params }));
        response.end(event(result(id, JSON.stringify(await reply))));
      },
    ],
    [
      'a stream that is resumed',
      ({ id, response }) => {
        server.resumed = (again) => void events(again).end(event(result(id, 'resumed')));
        events(response).end('id: 1\nretry: 1\ndata: \n\n');
      },
    ],
    ['a page', ({ response }) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>')],
    ['no type', ({ response }) => response.writeHead(200).end('x')],
    [
      'JSON that is none',
      ({ response }) => response.writeHead(200, { 'content-type': 'text/plain' }).end('{'),
    ],
    ['a 400', refuse(400)],
    ['a 403', refuse(403, 'no', { 'www-authenticate': 'Bearer error="invalid_token"' })],
    ['a 404 of a session that is over', refuse(404, '')],
    ['a 413', refuse(413)],
    ['a 429', refuse(429, 'later', { 'retry-after': '9' })],
    [
      'a 500 with JSON',
      ({ response }) => response.writeHead(500, { 'content-type': 'application/json' }).end('{"a":1}'),
    ],
    ['a 502 as an event stream', ({ response }) => events(response, 502).end('no')],
    ['a redirect to another place', refuse(307, '', { location: 'http://127.0.0.2/mcp' })],
    ['a redirect that would change the method', refuse(303, '', { location: '/other' })],
  ])('%s', async (_, does) => {
    server.behaviour = does;
    const { theirs, ours, theirCalls, ourCalls } = await byBoth();
    expect(ours).toEqual(theirs);
    expect(ourCalls).toHaveLength(1);
    expect(sent(ourCalls)).toEqual(sent(theirCalls));
  });

  it.each<[string, Behaviour]>([
    ['a 202', refuse(202, '')],
    [
      'an event that ends with CR, which may be half of an end',
      ({ id, response }) => events(response).end(`data: ${JSON.stringify(result(id))}\r\r`),
    ],
    ['a stream that ends without it', ({ response }) => events(response).end(NOTICE)],
    ['a stream of nothing', ({ response }) => events(response).end()],
    ['the answer to another request', ({ response }) => json(response, result('other'))],
  ])('%s, which is waited for in vain', async (_, does) => {
    server.behaviour = does;
    const { theirs, ours, ourCalls } = await byBoth(SHORT_MS);
    expect(ours).toEqual(theirs);
    expect(ours).toMatchObject({ code: 'REQUEST_TIMEOUT' });
    expect(ourCalls).toHaveLength(1);
  });
});

describe('a call of a tool that comes to nothing', () => {
  const failure = async (does: Behaviour): Promise<unknown> => {
    server.behaviour = does;
    const session = await McpSession.open(http, url, {}, { toolkit: 'up' });
    const error: unknown = await session.callTool(CALL, {}).catch((caught: unknown) => caught);
    await session.close();
    expect(server.calls).toHaveLength(1);
    return error;
  };

  it('tells what sign-in the server wants', async () => {
    const error = await failure(
      refuse(401, '', { 'www-authenticate': 'Bearer scope="read", error="invalid_token"' }),
    );
    expect(error).toBeInstanceOf(SignInWanted);
    expect((error as SignInWanted).challenge).toMatchObject({ scope: 'read' });
  });

  it.each([
    ['JSON', 'application/json'],
    ['an event', 'text/event-stream'],
  ])('says at once that the connection broke off in the middle of %s', async (_, type) => {
    const error = await failure(({ response }) => {
      response.writeHead(200, { 'content-type': type, 'content-length': '1000' });
      response.write('data: {"jsonrpc"', () => response.destroy());
    });
    expect(error).toBeInstanceOf(OutboundError);
    expect(error).toMatchObject({ trouble: 'lost' });
  });

  it.each([
    ['JSON', 'application/json'],
    ['an event', 'text/event-stream'],
  ])('is given up when %s is larger than any answer', async (_, type) => {
    const error = await failure(({ response }) =>
      response.writeHead(200, { 'content-type': type }).end(`data: ${'x'.repeat(11 * 1024 * 1024)}\n\n`),
    );
    expect(error).toMatchObject({ trouble: 'too_large' });
  });

  it('ends at the server when it is cancelled', async () => {
    const cancelled = new AbortController();
    server.behaviour = () => cancelled.abort(new Error('Never mind'));
    const session = await McpSession.open(http, url, {}, { toolkit: 'up' });
    const call = session.callTool(CALL, { signal: cancelled.signal });
    await expect(call).rejects.toThrow('Never mind');
    await session.close();
  });
});
