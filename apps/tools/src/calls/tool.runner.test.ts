import { writeJson } from '@patchbay/contracts';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OutboundClient } from '@patchbay/service';
import {
  functionTool,
  graphqlTool,
  httpTool,
  ToolFailure,
  type HttpTool,
  type InstalledToolkit,
  type ToolFiles,
  type ToolRuntime,
  type ToolSpec,
} from '@patchbay/toolkits';
import { z } from 'zod';
import { acmeAt } from '../../test/acme.js';
import { NO_UPSTREAMS } from '../../test/no-upstreams.js';
import { PARSERS } from '../../test/parsers.js';
import type { ProviderAccess } from '../providers/provider.client.js';
import { readData } from './tool-result.js';
import { ToolRunner } from './tool.runner.js';

const NO = [{ message: 'No such issue' }, { message: 'Not yours' }];

/** What the provider answers, by path. */
const ANSWERS: Record<string, (response: ServerResponse) => void> = {
  '/object': (response) => json(response, 200, { id: 7, title: 'Broken' }),
  '/list': (response) => json(response, 200, [{ id: 7 }, { id: 8 }]),
  '/spaced': (response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"a": 1.50, "b": "\\/"}'),
  '/pretty': (response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{\n  "id": 12345678901234567891\n}'),
  '/created': (response) => json(response, 201, { id: 9 }),
  '/nothing': (response) => response.writeHead(204).end(),
  '/text': (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('just words'),
  '/null': (response) => json(response, 200, null),
  '/broken': (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"id": '),
  '/forbidden': (response) => json(response, 403, { message: 'Not yours', hint: 'ask' }),
  '/gone': (response) => response.writeHead(410).end(),
  '/described': (response) => json(response, 400, { error: 'bad', error_description: 'Very bad' }),
  '/crashed': (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Oops</h1>'),
  '/private': (response) =>
    response.req.headers.authorization === 'new'
      ? json(response, 200, { ok: true })
      : json(response, 401, { message: 'Who are you?' }),
  '/graphql': (response) => {
    response.req.setEncoding('utf8').on('data', (body: string) => {
      json(response, 200, { data: { sent: JSON.parse(body) as unknown } });
    });
  },
  '/graphql-errors': (response) => json(response, 200, { errors: NO }),
  '/graphql-half': (response) => json(response, 200, { data: { issue: null }, errors: NO }),
  '/moved': (response) => response.writeHead(302, { location: '/object' }).end(),
  '/picture': (response) => {
    const named = { 'content-type': 'image/png', 'content-disposition': 'attachment; filename="cat.png"' };
    response.writeHead(200, named).end(Buffer.from([0xff, 0x00]));
  },
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
  toolkit = acmeAt(`http://127.0.0.1:${port}`);
});

afterAll(async () => {
  await http.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const about = { slug: 'ACME_DO', name: 'Do', description: 'Does it.', input: z.object({}), tags: [] };

const notAsked = () => Promise.reject(new Error('not asked for'));
const noFiles: ToolFiles = { read: notAsked, store: notAsked };

async function runTool(tool: ToolSpec, given: Partial<ProviderAccess> = {}) {
  const result = await runRaw(tool, given);
  return { ...result, data: readData(result) };
}

function runRaw(tool: ToolSpec, given: Partial<ProviderAccess> = {}) {
  return new ToolRunner(http, NO_UPSTREAMS, PARSERS).run(
    tool,
    {},
    {
      projectId: 'prj_1',
      toolkit,
      credential: undefined,
      userId: 'ada',
      sessionId: null,
      refresh: notAsked,
      deadline: Date.now() + 5_000,
      idempotencyKey: 'log_1',
      files: noFiles,
      ...given,
    },
  );
}

function run(path: string, given: Partial<HttpTool> = {}) {
  return runTool(httpTool({ ...about, method: 'GET', path, ...given }));
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

  it('passes on what its provider wrote, but for what no line of an event may hold', async () => {
    const writtenAt = async (path: string, given: Partial<ProviderAccess> = {}) =>
      writeJson((await runRaw(httpTool({ ...about, method: 'GET', path }), given)).data);
    expect(await writtenAt('/spaced')).toBe('{"a": 1.50, "b": "\\/"}');
    expect(await writtenAt('/pretty')).toBe('{"id":12345678901234567891}');
    // Where a refusal would stand in the answer, it is looked for.
    const refusing = { ...toolkit, refusal: { field: 'ok', is: false, message: 'error' } };
    expect(await writtenAt('/spaced', { toolkit: refusing })).toBe('{"a":1.5,"b":"/"}');
  });

  it('keeps what cannot be read as text as a file', async () => {
    const store: ToolFiles['store'] = async ({ name, mimetype, bytes }) => ({
      name,
      mimetype,
      s3key: 'key',
      s3url: `https://files.example/${bytes.length}`,
    });
    const tool = httpTool({ ...about, method: 'GET', path: '/picture' });
    const { data } = await runTool(tool, { files: { ...noFiles, store } });
    expect(data).toEqual({
      file: { name: 'cat.png', mimetype: 'image/png', s3key: 'key', s3url: 'https://files.example/2' },
    });
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
});

describe('a tool that is a function', () => {
  const doing = (run: (runtime: ToolRuntime) => Promise<Record<string, unknown>>) =>
    functionTool({ ...about, output: z.looseObject({}), run: (_, runtime) => run(runtime) });

  it('reads the answers to its own requests', async () => {
    const tool = doing(async ({ http: provider }) => {
      const [object, list] = await Promise.all(
        ['/object', '/list'].map((url) => provider.request({ method: 'GET', url })),
      );
      return { object, list };
    });
    expect(await runTool(tool)).toEqual({
      successful: true,
      data: { object: { id: 7, title: 'Broken' }, list: [{ id: 7 }, { id: 8 }] },
      error: null,
    });
  });

  it('fetches what is no JSON as it is, and says where it came from', async () => {
    const tool = doing(async ({ http: provider }) => {
      const { bytes, headers, url } = await provider.download({ method: 'GET', url: '/text' });
      return { text: Buffer.from(bytes).toString(), type: headers['content-type'], url };
    });
    const { data } = await runTool(tool);
    expect(data).toEqual({ text: 'just words', type: 'text/plain', url: `${toolkit.baseUrl}/text` });
  });

  it("fails with the provider's refusal, unless it makes something of that", async () => {
    const ask = ({ http: provider }: ToolRuntime) => provider.request({ method: 'GET', url: '/forbidden' });
    expect(await runTool(doing(async (runtime) => ({ got: await ask(runtime) })))).toMatchObject({
      successful: false,
      error: 'Acme answered 403 Forbidden: Not yours',
      data: { status_code: 403 },
    });
    const forgiving = doing((runtime) =>
      ask(runtime).then(
        () => ({}),
        (error: unknown) => ({ refused: error instanceof ToolFailure && error.data['status_code'] }),
      ),
    );
    expect(await runTool(forgiving)).toMatchObject({ successful: true, data: { refused: 403 } });
  });

  it('fails in its own words, and without any of an unexpected error', async () => {
    const failing = (error: Error) => runTool(doing(() => Promise.reject(error)));
    expect(await failing(new ToolFailure('No such row.'))).toEqual({
      successful: false,
      data: { message: 'No such row.' },
      error: 'No such row.',
    });
    const { error, data } = await failing(new Error('token=secret'));
    expect(JSON.stringify({ error, data })).not.toContain('secret');
  });

  it('takes one fresh credential for all its requests when the provider refuses the first', async () => {
    const credential = (token: string) => ({
      authConfigId: 'ac_1',
      connectionId: 'ca_1',
      headers: { authorization: token },
      query: {},
      urlValues: {},
      fingerprint: token,
    });
    const rejected: string[] = [];
    const tool = doing(async ({ http: provider }) => ({
      first: await provider.request({ method: 'GET', url: '/private' }),
      second: await provider.request({ method: 'GET', url: '/private' }),
    }));
    const result = await runTool(tool, {
      credential: credential('old'),
      refresh: async (refused) => {
        rejected.push(refused.headers['authorization'] ?? '');
        return credential('new');
      },
    });
    expect(result).toMatchObject({ successful: true, data: { first: { ok: true }, second: { ok: true } } });
    expect(rejected).toEqual(['old']);
  });
});

describe('a tool that is a GraphQL document', () => {
  const asking = (path: string) =>
    graphqlTool({ ...about, document: 'query { issue { title } }', path, variables: () => ({ id: 7 }) });

  it("answers the document's data", async () => {
    expect(await runTool(asking('/graphql'))).toEqual({
      successful: true,
      data: { sent: { query: 'query { issue { title } }', variables: { id: 7 } } },
      error: null,
    });
  });

  it.each(['/graphql-errors', '/graphql-half'])('fails for errors with status 200 at %s', async (path) => {
    expect(await runTool(asking(path))).toMatchObject({
      successful: false,
      error: 'No such issue; Not yours',
      data: { body: { errors: [{ message: 'No such issue' }, { message: 'Not yours' }] } },
    });
  });
});
