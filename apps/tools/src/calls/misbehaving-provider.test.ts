import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OutboundClient } from '@patchbay/service';
import { httpTool, type HttpTool, type InstalledToolkit } from '@patchbay/toolkits';
import { z } from 'zod';
import { acmeAt } from '../../test/acme.js';
import { NO_UPSTREAMS } from '../../test/no-upstreams.js';
import { PARSERS } from '../../test/parsers.js';
import { readData } from './tool-result.js';
import { ToolRunner } from './tool.runner.js';

/* Providers that behave badly: whatever they do, a call ends, soon and in little memory. */

type Behave = (response: ServerResponse, request: IncomingMessage, times: number) => void;

const json = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

const BEHAVIOURS: Record<string, Behave> = {
  '/silent': () => undefined,
  '/half': (response) => void response.writeHead(200, { 'content-length': '1000' }).write('{"half":'),
  '/huge': (response) => pour(response, { 'content-type': 'application/json' }),
  '/endless': (response) => pour(response, { 'content-type': 'text/plain' }),
  '/dripping': (response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('x'), 5);
    response.on('close', () => clearInterval(drip));
  },
  '/truncated': (response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"half":', () => response.destroy());
  },
  '/busy': (response, _, times) =>
    times === 1
      ? json(response, 429, { message: 'Slow down' }, { 'retry-after': '0' })
      : json(response, 200, { times }),
  '/busy-for-long': (response) => json(response, 429, { message: 'Slow down' }, { 'retry-after': '3600' }),
  '/broken-once': (response, _, times) =>
    times === 1 ? json(response, 500, { message: 'Oops' }) : json(response, 200, { times }),
  '/broken': (response) => json(response, 500, { message: 'Oops' }),
  '/lost-once': (response, _, times) => (times === 1 ? response.destroy() : json(response, 200, { times })),
  '/inwards': (response) => response.writeHead(302, { location: 'http://10.0.0.1/secret' }).end(),
  '/metadata': (response) =>
    response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
  '/around': (response) => response.writeHead(302, { location: '/around' }).end(),
  '/not-json': (response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('<html>{"a":'),
};

/** As much and as fast as it is taken. */
function pour(response: ServerResponse, headers: Record<string, string>): void {
  const chunk = Buffer.alloc(256 * 1024, 'x');
  const endless = Readable.from(
    (function* () {
      for (;;) yield chunk;
    })(),
  );
  response.writeHead(200, headers).on('close', () => endless.destroy());
  endless.pipe(response);
}

let server: Server;
let toolkit: InstalledToolkit;
let times: Record<string, number> = {};
let keys: unknown[] = [];
const http = new OutboundClient(['127.0.0.1']);

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    times[path] = (times[path] ?? 0) + 1;
    keys.push(request.headers['idempotency-key']);
    BEHAVIOURS[path]?.(response, request, times[path]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  toolkit = acmeAt(`http://127.0.0.1:${port}`);
});
beforeEach(() => {
  times = {};
  keys = [];
});
afterAll(async () => {
  await http.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Given {
  method?: HttpTool['method'];
  limitMs?: number;
  signal?: AbortSignal;
  toolkit?: Partial<InstalledToolkit>;
}

async function run(path: string, { method = 'GET', limitMs = 20_000, signal, toolkit: own }: Given = {}) {
  const about = { slug: 'ACME_DO', name: 'Do', description: 'Does it.', input: z.object({}), tags: [] };
  const result = await new ToolRunner(http, NO_UPSTREAMS, PARSERS).run(
    httpTool({ ...about, method, path }),
    {},
    {
      projectId: 'prj_1',
      toolkit: { ...toolkit, ...own },
      credential: undefined,
      userId: 'ada',
      sessionId: null,
      refresh: () => Promise.reject(new Error('not asked for')),
      deadline: Date.now() + limitMs,
      signal,
      idempotencyKey: 'log_1',
      files: {
        read: () => Promise.reject(new Error('not asked for')),
        store: () => Promise.reject(new Error('not asked for')),
      },
    },
  );
  return { ...result, data: readData(result) };
}
const failed = (words: string) => ({ successful: false, error: expect.stringContaining(words) });

describe('a provider that takes too long', () => {
  it.each(['/silent', '/half', '/dripping'])('%s is left at the deadline', async (path) => {
    expect(await run(path, { limitMs: 800 })).toMatchObject(failed('did not answer within'));
    expect(times[path] ?? 1).toBe(1);
  });

  it('is left when the caller gives up, and hears of it', async () => {
    const caller = new AbortController();
    const left = new Promise((resolve) =>
      server.once('request', (request: IncomingMessage) => {
        request.once('close', resolve);
        caller.abort();
      }),
    );
    const result = await run('/silent', { signal: caller.signal, method: 'POST' });
    expect(result).toMatchObject(failed('was cancelled'));
    expect(result.data).toMatchObject({ outcome_unknown: true });
    await left;
  });
});

describe('a provider that sends too much', () => {
  it.each(['/huge', '/endless'])('%s is cut off, and little of it was ever held', async (path) => {
    const before = process.memoryUsage().rss;
    expect(await run(path)).toMatchObject(failed('sent more than 10485760 bytes'));
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });
});

describe('a provider that fails now and then', () => {
  it.each(['/busy', '/broken-once', '/lost-once'])('%s is asked again for what only reads', async (path) => {
    expect(await run(path)).toEqual({ successful: true, data: { times: 2 }, error: null });
  });

  it.each(['POST', 'PATCH'] as const)('is never asked twice for a %s', async (method) => {
    for (const path of ['/busy', '/broken-once', '/lost-once', '/truncated']) {
      expect(await run(path, { method })).toMatchObject({ successful: false });
      expect(times[path]).toBe(1);
    }
  });

  it('is asked for a DELETE again only where it has surely done nothing', async () => {
    expect(await run('/busy', { method: 'DELETE' })).toMatchObject({ successful: true });
    expect(await run('/broken-once', { method: 'DELETE' })).toMatchObject(failed('500'));
    expect(times['/broken-once']).toBe(1);
  });

  it('is asked for a change again with the key by which it knows a repeat', async () => {
    const keyed = { idempotencyHeader: 'idempotency-key' };
    expect(await run('/broken-once', { method: 'POST', toolkit: keyed })).toMatchObject({ successful: true });
    expect(keys).toEqual(['log_1-1', 'log_1-1']);
    await run('/broken-once', { toolkit: keyed });
    expect(keys.slice(2)).toEqual([undefined]);
  });

  it('is given up after three times', async () => {
    expect(await run('/broken')).toMatchObject(failed('Acme answered 500 Internal Server Error: Oops'));
    expect(times['/broken']).toBe(3);
  });

  it('that wants long to be left alone is left, and the caller told for how long', async () => {
    const result = await run('/busy-for-long');
    expect(result).toMatchObject(failed('It asks to try again after 3600 seconds.'));
    expect(result.data).toMatchObject({ status_code: 429, retry_after_seconds: 3600 });
    expect(times['/busy-for-long']).toBe(1);
  });

  it('is said to be in doubt after a change that broke off', async () => {
    expect(await run('/truncated', { method: 'POST' })).toMatchObject({
      error: expect.stringContaining('Whether Acme has carried it out is not known'),
      data: { outcome_unknown: true },
    });
  });

  it('is tried again for anything while it cannot be reached at all', async () => {
    const result = await run('/', {
      method: 'POST',
      toolkit: { baseUrl: 'http://127.0.0.1:1' },
      limitMs: 5_000,
    });
    expect(result).toMatchObject(failed('could not be reached (ECONNREFUSED)'));
    expect(result.data).not.toHaveProperty('outcome_unknown');
  });
});

describe('a provider that leads elsewhere', () => {
  it.each([
    ['/inwards', '10.0.0.1 is not a public address'],
    ['/metadata', '169.254.169.254 is not a public address'],
    ['/around', 'redirects too many times'],
  ])('%s is not followed', async (path, words) => {
    expect(await run(path)).toMatchObject(failed(words));
  });
});

describe('a provider that talks nonsense', () => {
  it('has its words passed on as they are', async () => {
    expect(await run('/not-json')).toMatchObject({ successful: true, data: { text: '<html>{"a":' } });
  });

  it('is told to have broken off, rather than passed on by half', async () => {
    expect(await run('/truncated')).toMatchObject(failed('broke off'));
    expect(times['/truncated']).toBe(3);
  });
});
