import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OutboundClient } from '@patchbay/service';
import { httpTool, type HttpTool, type InstalledToolkit } from '@patchbay/toolkits';
import { z } from 'zod';
import { HttpExecutor } from './http.executor.js';

/** What the provider answers, by path. */
const ANSWERS: Record<string, (response: ServerResponse) => void> = {
  '/object': (response) => json(response, 200, { id: 7, title: 'Broken' }),
  '/list': (response) => json(response, 200, [{ id: 7 }, { id: 8 }]),
  '/created': (response) => json(response, 201, { id: 9 }),
  '/nothing': (response) => response.writeHead(204).end(),
  '/text': (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('just words'),
  '/null': (response) => json(response, 200, null),
  '/broken': (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"id": '),
  '/forbidden': (response) => json(response, 403, { message: 'Not yours', hint: 'ask' }),
  '/gone': (response) => response.writeHead(410).end(),
  '/described': (response) => json(response, 400, { error: 'bad', error_description: 'Very bad' }),
  '/crashed': (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Oops</h1>'),
  '/huge': (response) => json(response, 200, { text: 'x'.repeat(700_001) }),
  '/slow': () => undefined,
  '/moved': (response) => response.writeHead(302, { location: '/object' }).end(),
  '/renamed': (response) => {
    response.writeHead(307, { location: '/created', 'content-type': 'application/json' });
    response.end(JSON.stringify({ message: 'Moved', url: '/created' }));
  },
};

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

let server: Server;
let toolkit: InstalledToolkit;
const http = new OutboundClient(['127.0.0.1']);

beforeAll(async () => {
  server = createServer((request, response) => ANSWERS[request.url ?? '']?.(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  toolkit = {
    slug: 'acme',
    name: 'Acme',
    description: 'A provider.',
    logo: '',
    categories: [],
    version: '20260101_00',
    baseUrl: `http://127.0.0.1:${port}`,
    tools: [],
  };
});

afterAll(async () => {
  await http.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function run(path: string, given: Partial<HttpTool> = {}, timeoutMs = 5_000) {
  const about = { slug: 'ACME_DO', name: 'Do', description: 'Does it.', input: z.object({}), tags: [] };
  const tool = httpTool({ ...about, method: 'GET', path, ...given });
  return new HttpExecutor(http).run(tool, toolkit, {}, undefined, timeoutMs);
}

describe('a tool that is a request', () => {
  it.each([
    ['an object as the data', '/object', {}, { id: 7, title: 'Broken' }],
    ['a list under "items"', '/list', {}, { items: [{ id: 7 }, { id: 8 }] }],
    ["a list under the tool's own key", '/list', { dataKey: 'issues' }, { issues: [{ id: 7 }, { id: 8 }] }],
    ['no content as no data', '/nothing', {}, {}],
    ['a text under "text"', '/text', {}, { text: 'just words' }],
    ['null under "text"', '/null', {}, { text: null }],
    ['JSON that breaks off as the text that it is', '/broken', {}, { text: '{"id": ' }],
    ['what a redirect of a GET leads to', '/moved', {}, { id: 7, title: 'Broken' }],
  ])('answers %s', async (_, path, given, data) => {
    expect(await run(path, given)).toEqual({ successful: true, data, error: null });
  });

  it("fails with the provider's status, words and body", async () => {
    expect(await run('/forbidden')).toEqual({
      successful: false,
      data: {
        status_code: 403,
        http_error: '403 Forbidden',
        message: 'Not yours',
        body: { message: 'Not yours', hint: 'ask' },
      },
      error: 'Acme answered 403 Forbidden: Not yours',
    });
  });

  it.each([
    ['/described', 400, 'Acme answered 400 Bad Request: Very bad'],
    ['/gone', 410, 'Acme answered 410 Gone: 410 Gone'],
    ['/crashed', 502, 'Acme answered 502 Bad Gateway: <h1>Oops</h1>'],
  ])('finds the words of a failure at %s', async (path, status, error) => {
    expect(await run(path)).toMatchObject({ successful: false, error, data: { status_code: status } });
  });

  it('does not pass a write off as done that the provider sent elsewhere', async () => {
    expect(await run('/renamed', { method: 'POST' })).toMatchObject({
      successful: false,
      data: { status_code: 307, message: 'Moved' },
    });
  });

  it('refuses an answer that would not fit into a message, and does not read it to its end', async () => {
    await expect(run('/huge')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('sent more than'),
    });
  });

  it('gives up when its time is over', async () => {
    await expect(run('/slow', {}, 100)).rejects.toMatchObject({
      code: 'unavailable',
      retryable: false,
    });
  });
});
