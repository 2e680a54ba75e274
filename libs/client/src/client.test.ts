import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ApiError, ConnectionError, Patchbay, PatchbayError, TimeoutError } from './index.js';

interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

const KEY = 'ak_of_a_test';
const received: Received[] = [];
let answer: (response: ServerResponse, request: Received) => void;
let baseUrl: string;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
    received.push(one);
    answer(response, one);
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => received.splice(0));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const clientOf = (more: { timeoutMs?: number; retries?: number } = {}) =>
  new Patchbay({ apiKey: KEY, baseUrl, ...more });

function json(body: unknown, status = 200, headers: Record<string, string> = {}) {
  return (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

const refusal = (more: object = {}) => ({
  error: {
    message: 'No.',
    code: 4302,
    slug: 'ToolRouterV2_NoActiveConnection',
    status: 400,
    request_id: 'req_1',
    ...more,
  },
});

/** Fails with the status so often, then succeeds. */
function failing(times: number, status: number, headers: Record<string, string> = {}) {
  return (response: ServerResponse) =>
    received.length <= times
      ? json(refusal(), status, headers)(response)
      : json({ session_id: 'trs_1', mcp: { type: 'http', url: `${baseUrl}/mcp` } })(response);
}

async function caught(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a request', () => {
  it('goes where the document says, with ids and lists encoded', async () => {
    answer = json({ items: [], next_cursor: null });
    await clientOf().request('getTool', {
      path: { slug: 'A/B?' },
      query: { toolkit_versions: { github: '20260101_00' } },
    });
    await clientOf().request('listConnectedAccounts', { query: { user_ids: ['a', 'b,c'], limit: 5 } });
    expect(received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /api/v3.1/tools/A%2FB%3F?toolkit_versions%5Bgithub%5D=20260101_00',
      'GET /api/v3.1/connected_accounts?user_ids=a&user_ids=b%2Cc&limit=5',
    ]);
  });

  it('has the body as JSON or as a form', async () => {
    answer = json({});
    await clientOf().request('createSession', { body: { user_id: 'user_a' } });
    await clientOf().request('revokeToken', { body: { token: 'a b&c' } });
    expect(received.map(({ headers, body }) => [headers['content-type']?.split(';')[0], body])).toEqual([
      ['application/json', '{"user_id":"user_a"}'],
      ['application/x-www-form-urlencoded', 'token=a+b%26c'],
    ]);
  });

  it('keeps the path of the base URL', async () => {
    answer = json({});
    const patchbay = new Patchbay({ apiKey: KEY, baseUrl: `${baseUrl}/behind/` });
    await patchbay.request('getSession', { path: { sessionId: 'trs_1' } });
    expect(received[0]?.url).toBe('/behind/api/v3.1/tool_router/session/trs_1');
  });

  it.each(['..', '.', ''])('is not sent with %j for an id', async (sessionId) => {
    answer = json({});
    const error = await caught(clientOf().request('deleteSession', { path: { sessionId } }));
    expect(error).toBeInstanceOf(PatchbayError);
    expect(received).toEqual([]);
  });

  it('has the headers of each kind of credential', async () => {
    answer = json({});
    const person = { userApiKey: 'uak_1', organisationId: 'org_1', projectId: 'pr_1' };
    await new Patchbay({ ...person, baseUrl }).request('getCurrentProject');
    await new Patchbay({ organisationApiKey: 'oak_1', baseUrl }).request('listProjects');
    expect(received[0]?.headers).toMatchObject({
      'x-user-api-key': 'uak_1',
      'x-org-id': 'org_1',
      'x-project-id': 'pr_1',
    });
    expect(received[1]?.headers['x-org-api-key']).toBe('oak_1');
    await new Patchbay({ anonymous: true, baseUrl }).request('getReadiness');
    expect(Object.keys(received[2]?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual([]);
    await new Patchbay({ csrfToken: 'csrf_1', projectId: 'pr_1', baseUrl }).request('getCurrentProject');
    expect(received[3]?.headers).toMatchObject({ 'x-csrf-token': 'csrf_1', 'x-project-id': 'pr_1' });
    expect(() => new Patchbay({ apiKey: '', baseUrl })).toThrow('x-api-key');
  });

  it('is not followed elsewhere: the key would go along', async () => {
    answer = (response) => response.writeHead(302, { location: `${baseUrl}/elsewhere` }).end();
    const error = await caught(clientOf().request('getCurrentProject'));
    expect(error).toMatchObject({ name: 'ApiError', status: 302 });
    expect(received).toHaveLength(1);
  });

  it('reads pages as they are needed', async () => {
    answer = (response, { url }) =>
      url.includes('cursor=two')
        ? json({ items: [{ slug: 'C' }], next_cursor: null })(response)
        : json({ items: [{ slug: 'A' }, { slug: 'B' }], next_cursor: 'two' })(response);
    const slugs: string[] = [];
    for await (const { slug } of clientOf().items('listTools', { query: { limit: 2 } })) slugs.push(slug);
    expect(slugs).toEqual(['A', 'B', 'C']);
    expect(received.map(({ url }) => url)).toEqual([
      '/api/v3.1/tools?limit=2',
      '/api/v3.1/tools?limit=2&cursor=two',
    ]);
  });
});

describe('a refusal', () => {
  it('is an error with its code, name, what to do, and the id of the request', async () => {
    answer = json(refusal({ suggested_fix: 'Connect one.', errors: ['a: is wrong'] }), 400);
    const error = await caught(clientOf().request('createSession', { body: { user_id: 'a' } }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      message: 'No.',
      status: 400,
      code: 4302,
      slug: 'ToolRouterV2_NoActiveConnection',
      suggestion: 'Connect one.',
      requestId: 'req_1',
      details: ['a: is wrong'],
    });
  });

  it.each(['<html>', '{"error":"text"}', '[]', ''])('need not be one of ours: %j', async (text) => {
    answer = (response) => response.writeHead(418, { 'content-type': 'application/json' }).end(text);
    const error = await caught(clientOf().request('getCurrentProject'));
    expect(error).toMatchObject({ name: 'ApiError', status: 418, code: 418, slug: undefined, details: [] });
  });

  it('tells nothing of the key, and neither do a client and a session that are printed', async () => {
    answer = json({ session_id: 'trs_1', mcp: { type: 'http', url: 'u' } });
    const patchbay = clientOf({ retries: 0 });
    const session = await patchbay.sessions.get('trs_1');
    answer = json(refusal(), 400);
    const refused = await caught(patchbay.request('getCurrentProject'));
    answer = (response) => response.destroy();
    const broken = await caught(patchbay.request('getCurrentProject'));
    answer = () => undefined;
    const late = await caught(patchbay.request('getCurrentProject', { timeoutMs: 50 }));
    expect([refused, broken, late].map((error) => (error as Error).name)).toEqual([
      'ApiError',
      'ConnectionError',
      'TimeoutError',
    ]);
    const printed = inspect([patchbay, session, refused, broken, late], { depth: 20, showHidden: true });
    expect(printed).not.toContain(KEY);
    expect(session.mcp()).toEqual({ type: 'http', url: 'u', headers: { 'x-api-key': KEY } });
  });
});

describe('a request that fails', () => {
  const create = (idempotencyKey?: string) =>
    clientOf().request('createSession', {
      body: { user_id: 'a' },
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    });
  const read = () => clientOf().request('getSession', { path: { sessionId: 'trs_1' } });

  it.each([
    ['a read', () => read(), 2],
    ['a creation without an idempotency key', () => create(), 1],
    ['a creation with one', () => create('once'), 2],
  ])('is sent again only when that is safe: %s', async (_what, send, times) => {
    answer = failing(1, 503);
    const error = await caught(send());
    expect(error === undefined).toBe(times === 2);
    expect(received).toHaveLength(times);
    expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  it('is not sent with an idempotency key where the operation takes none', async () => {
    answer = failing(1, 503);
    const input = { body: { toolkit: { slug: 'a' } }, idempotencyKey: 'once' };
    // @ts-expect-error createAuthConfig takes no idempotency key
    const error = await caught(clientOf().request('createAuthConfig', input));
    expect(error).toMatchObject({ status: 503 });
    expect(received).toHaveLength(1);
  });

  it.each([
    ['x-should-retry says so', 500, { 'x-should-retry': 'true' }, 2],
    ['x-should-retry says so of a conflict', 409, { 'x-should-retry': 'true' }, 2],
    ['x-should-retry forbids it', 503, { 'x-should-retry': 'false' }, 1],
    ['it would have to wait for long', 429, { 'retry-after': '3600' }, 1],
    ['it is refused', 404, {}, 1],
  ])('is sent again or not when %s', async (_when, status, headers, times) => {
    answer = failing(1, status, headers);
    await caught(read());
    expect(received).toHaveLength(times);
  });

  it('is given up after so many attempts, with the error of the last', async () => {
    answer = failing(9, 503);
    expect(await caught(read())).toMatchObject({ name: 'ApiError', status: 503 });
    expect(received).toHaveLength(3);
  });

  it('is an error of the connection when nobody answers', async () => {
    const patchbay = new Patchbay({ apiKey: KEY, baseUrl: 'http://127.0.0.1:1', retries: 0 });
    expect(await caught(patchbay.request('getCurrentProject'))).toBeInstanceOf(ConnectionError);
  });

  it('is an error of the connection when the answer is no JSON', async () => {
    answer = (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    expect(await caught(clientOf().request('getCurrentProject'))).toBeInstanceOf(ConnectionError);
  });
});

describe('a time limit', () => {
  it('ends a request that is not answered', async () => {
    answer = () => undefined;
    const error = await caught(clientOf({ timeoutMs: 50 }).request('getCurrentProject'));
    expect(error).toBeInstanceOf(TimeoutError);
  });

  it('ends an answer that does not end', async () => {
    answer = (response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    const error = await caught(clientOf({ timeoutMs: 200 }).request('getCurrentProject'));
    expect(error).toBeInstanceOf(TimeoutError);
  });

  it('lets a stream last, which its signal ends', async () => {
    const limit = 1_000;
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('first');
      setTimeout(() => response.write('later'), 1.2 * limit);
    };
    const ended = new AbortController();
    const stream = await clientOf({ timeoutMs: limit }).open('tailLogs', { signal: ended.signal });
    const reader = stream.body!.getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);
    expect([await read(), await read()]).toEqual(['first', 'later']);
    const next = caught(reader.read());
    ended.abort(new Error('enough'));
    expect(await next).toBeInstanceOf(Error);
  });

  it('is not needed by who aborts: the reason is theirs', async () => {
    const ended = new AbortController();
    const reason = new Error('enough');
    answer = () => ended.abort(reason);
    expect(await caught(clientOf().request('getCurrentProject', { signal: ended.signal }))).toBe(reason);
    expect(received).toHaveLength(1);
  });
});

describe('the types', () => {
  it('know what an operation takes and answers', async () => {
    answer = json({ session_id: 'trs_1' });
    const patchbay = clientOf();
    const { session_id: id } = await patchbay.request('createSession', { body: { user_id: 'a' } });
    expect(id.length).toBe(5);
    // @ts-expect-error there is no such operation
    expect(await caught((async () => patchbay.request('makeSession'))())).toBeDefined();
    // @ts-expect-error a body is required
    await patchbay.request('createSession');
    // @ts-expect-error of the fields this one is missing
    await patchbay.request('createSession', { body: {} });
    // @ts-expect-error of the fields this one is missing
    await patchbay.sessions.create({});
    // @ts-expect-error there is no such field
    await patchbay.sessions.create({ user_id: 'a', toolkit: 'time' });
    // @ts-expect-error a path is required
    expect(await caught(patchbay.request('getSession'))).toBeDefined();
    // @ts-expect-error it has no pages
    await caught(patchbay.items('getSession', { path: { sessionId: 'a' } }).next());
  });
});
