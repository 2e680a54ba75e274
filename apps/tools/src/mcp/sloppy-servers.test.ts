import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutboundClient } from '@patchbay/service';
import { PIXEL } from '@patchbay/testing';
import { answerOf } from './mcp.outcome.js';
import { McpSession } from './mcp.session.js';
import { reasonOf } from './mcp-errors.js';

type Answers = Record<string, unknown>;
interface Message {
  id: number;
  method: string;
  params?: { cursor?: string };
}
const ERAS = ['2025-11-25', '2026-07-28'];
const object = { type: 'object' };
const good = (name: string) => ({ name, inputSchema: object });

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

const json = (response: ServerResponse, body: unknown, type = 'application/json') =>
  void response.writeHead(200, type ? { 'content-type': type } : {}).end(JSON.stringify(body));

/** A session with a server that answers each method with what is given, in either era of the protocol. */
async function sessionWith(era: string, answers: Answers, type?: string): Promise<McpSession> {
  const isModern = era === '2026-07-28';
  const info = { capabilities: { tools: {} }, serverInfo: { name: 'sloppy', version: '1' } };
  const known: Answers = {
    ...(isModern && { 'server/discover': { supportedVersions: [era], ...info } }),
    ...(!isModern && { initialize: { protocolVersion: era, ...info } }),
    ...answers,
  };
  const envelope = isModern ? { resultType: 'complete', ttlMs: 0, cacheScope: 'private' } : {};
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      if (!body) return response.writeHead(405).end();
      const message = JSON.parse(body) as Message;
      if (message.method.startsWith('notifications/')) return response.writeHead(202).end();
      const given = known[message.method];
      const result = typeof given === 'function' ? (given as (asked: Message) => object)(message) : given;
      const { id } = message;
      if (result === undefined) {
        return json(response, { jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } });
      }
      return json(response, { jsonrpc: '2.0', id, result: { ...envelope, ...(result as object) } }, type);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
  return McpSession.open(client, url, {}, { toolkit: 'up' });
}

async function listed(era: string, list: unknown) {
  const session = await sessionWith(era, { 'tools/list': { tools: list } });
  const { tools, skipped } = await session.listTools({ timeout: 5_000 });
  await session.close();
  return { names: tools.map(({ name }) => name), tools, skipped };
}

async function answered(era: string, result: object) {
  const session = await sessionWith(era, { 'tools/call': result });
  const answer = await session.run((mcp) => mcp.callTool({ name: 'go', arguments: {} }, { timeout: 5_000 }));
  await session.close();
  const content: { type: string }[] = [];
  const files = {
    read: () => Promise.reject(new Error('not asked for')),
    store: async ({ name, mimetype, bytes }: { name: string; mimetype: string; bytes: Uint8Array }) => ({
      name,
      mimetype,
      s3key: `${bytes.length}`,
      s3url: '',
    }),
  };
  const data = await answerOf(answer, { name: 'Up', files, content });
  return { data, content };
}

describe.each(ERAS)('a list of tools of a server of %s', (era) => {
  const php = (more: object) => ({ name: 'odd', inputSchema: { type: 'object', ...more } });
  it.each<[string, unknown]>([
    ['no type of inputSchema', { name: 'odd', inputSchema: { properties: { a: {} } } }],
    ['a list of types', php({ type: ['object', 'null'] })],
    ['an empty inputSchema', { name: 'odd', inputSchema: {} }],
    ['an empty list as inputSchema', { name: 'odd', inputSchema: [] }],
    ['an empty list of properties', php({ properties: [] })],
    ['null for properties', php({ properties: null })],
    ['null for required', php({ required: null })],
    ['required that is no list', php({ required: true })],
    ['required of what are no names', php({ properties: { a: {} }, required: ['a', 1, null] })],
    ['null for description', { ...good('odd'), description: null }],
    ['a number for description', { ...good('odd'), description: 7 }],
    ['an object for description', { ...good('odd'), description: { en: 'Odd.' } }],
    ['null for title', { ...good('odd'), title: null }],
    ['null for annotations', { ...good('odd'), annotations: null }],
    ['an empty list of annotations', { ...good('odd'), annotations: [] }],
    ['texts for hints', { ...good('odd'), annotations: { readOnlyHint: 'true', title: 1 } }],
    ['null for outputSchema', { ...good('odd'), outputSchema: null }],
    ['an outputSchema of a list', { ...good('odd'), outputSchema: { type: 'array', items: {} } }],
    ['an outputSchema that is a text', { ...good('odd'), outputSchema: 'text' }],
    ['null for _meta', { ...good('odd'), _meta: null }],
    ['a text for icons', { ...good('odd'), icons: 'https://icons.example/a.png' }],
    ['an unknown execution', { ...good('odd'), execution: { taskSupport: 'sometimes' } }],
    ['null for execution', { ...good('odd'), execution: null }],
    ['input_schema for inputSchema', { name: 'odd', input_schema: object }],
    ['parameters for inputSchema', { name: 'odd', parameters: object }],
    ['required among its properties', php({ properties: { a: {}, required: ['a'] } })],
    ['a choice of objects for its inputSchema', { name: 'odd', inputSchema: { anyOf: [object, object] } }],
    [
      'a schema of another library',
      { name: 'odd', inputSchema: { _def: { typeName: 'ZodObject' }, '~standard': {} } },
    ],
    ['a $schema that is no text', php({ $schema: 4 })],
  ])('with a tool with %s is read with it', async (_, odd) => {
    const { names, skipped, tools } = await listed(era, [good('a'), odd, good('b')]);
    expect({ names, skipped }).toEqual({ names: ['a', 'odd', 'b'], skipped: [] });
    expect(tools.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(tools[1]?.annotations?.['readOnlyHint']).toBeUndefined();
  });

  const endless = JSON.parse(`${'{"anyOf":['.repeat(300)}{}${']}'.repeat(300)}`) as object;
  it.each<[string, unknown, string]>([
    ['no inputSchema', { name: 'odd' }, 'has no inputSchema'],
    ['null for inputSchema', { name: 'odd', inputSchema: null }, 'has no inputSchema'],
    ['a text for inputSchema', { name: 'odd', inputSchema: 'none' }, 'is a text'],
    ['an inputSchema of a text', { name: 'odd', inputSchema: { type: 'string' } }, 'is of type string'],
    ['an inputSchema of a list', { name: 'odd', inputSchema: { type: 'array' } }, 'is of type array'],
    ['a list of properties', php({ properties: [{ name: 'a' }] }), 'properties that are a list'],
    ['a text for properties', php({ properties: 'a' }), 'properties that are a text'],
    ['no name', { inputSchema: object }, 'has no name'],
    ['null for a name', { name: null, inputSchema: object }, 'its name is null'],
    ['a number for a name', { name: 5, inputSchema: object }, 'its name is a number'],
    ['an empty name', { name: '', inputSchema: object }, 'must be a text'],
    ['schemas in schemas without end', php({ properties: { x: endless } }), 'nests deeper than 200 levels'],
    ['nothing at all', null, 'is null'],
    ['a text for all of it', 'odd', 'is a text'],
    ['a list for all of it', [], 'is a list'],
  ])('with a tool with %s skips it, and has the others', async (_, odd, reason) => {
    const { names, skipped } = await listed(era, [good('a'), odd, good('b')]);
    expect({ names, skipped }).toEqual({
      names: ['a', 'b'],
      skipped: [expect.objectContaining({ index: 1, reason: expect.stringContaining(reason) })],
    });
  });

  it('that is an object of tools by their names is read', async () => {
    expect((await listed(era, { a: { inputSchema: object }, b: good('b') })).names).toEqual(['a', 'b']);
  });

  it.each([null, '', 2])('goes on over pages, and ends where the next is %j', async (last) => {
    const pages = { '': [good('a'), null], second: [good('b')], '2': [good('c')] };
    const next = { '': 'second', second: last, '2': null };
    const session = await sessionWith(era, {
      'tools/list': ({ params: { cursor = '' } = {} }: Message) => ({
        tools: pages[cursor as 'second'],
        nextCursor: next[cursor as 'second'],
      }),
    });
    const { tools, skipped } = await session.listTools({ timeout: 5_000 });
    expect(tools.map(({ name, index }) => [name, index])).toEqual([
      ['a', 0],
      ['b', 2],
      ...(last === 2 ? [['c', 3]] : []),
    ]);
    expect(skipped).toMatchObject([{ index: 1 }]);
  });

  it('that is none is told as what it is', async () => {
    const failure = await listed(era, 'none').catch(reasonOf);
    expect(failure).toMatch(/^its answer to tools\/list is not as the protocol has it \(at tools\)$/);
  });
});

it('a tool of 2026-07-28 whose headers are none is skipped too', async () => {
  const at = { type: 'string', 'x-mcp-header': 'not a header' };
  const odd = { name: 'odd', inputSchema: { type: 'object', properties: { at } } };
  const { names, skipped } = await listed('2026-07-28', [good('a'), odd]);
  expect(names).toEqual(['a']);
  expect(skipped).toMatchObject([{ index: 1, name: 'odd', reason: expect.stringContaining('x-mcp-header') }]);
});

it.each([
  ['no resultType', { resultType: undefined }],
  ['null for resultType', { resultType: null }],
  ['no ttlMs, no cacheScope', { ttlMs: undefined, cacheScope: undefined }],
  ['a ttlMs that is a text', { ttlMs: '60', cacheScope: 'mine' }],
])('a server of 2026-07-28 whose answers have %s is read', async (_, envelope) => {
  const session = await sessionWith('2026-07-28', {
    'tools/list': { tools: [good('a')], ...envelope },
    'tools/call': { content: [], structuredContent: { a: 1 }, ...envelope },
  });
  expect((await session.listTools({ timeout: 5_000 })).tools).toMatchObject([{ name: 'a' }]);
  const answer = await session.run((mcp) => mcp.callTool({ name: 'a' }, { timeout: 5_000 }));
  expect(answer.structuredContent).toEqual({ a: 1 });
  await session.close();
});

describe.each(ERAS)('an answer of a server of %s', (era) => {
  const text = (words: string) => ({ type: 'text', text: words });
  it.each<[string, object, unknown]>([
    [
      'a block of another type',
      { content: [text('a'), { type: 'chart', points: [1] }] },
      { content: [text('a'), { type: 'chart', points: [1] }] },
    ],
    ['a block without a type', { content: [{ message: 'hi' }] }, { content: [{ message: 'hi' }] }],
    ['a text for a block', { content: ['hi'] }, { content: [text('hi')] }],
    ['null for a block', { content: [null, text('a')] }, { content: [{ value: null }, text('a')] }],
    ['a text for its content', { content: 'hi' }, { content: [text('hi')] }],
    ['a block for its content', { content: text('hi') }, { content: [text('hi')] }],
    ['null for its content', { content: null }, { content: [] }],
    ['no content', {}, { content: [] }],
    ['no content, and what is structured', { structuredContent: { a: 1 } }, { a: 1 }],
    ['toolResult, as of 2024', { toolResult: { a: 1 } }, { a: 1 }],
    ['toolResult around its content', { toolResult: { content: [text('a')] } }, { content: [text('a')] }],
    [
      'a block of an error',
      { content: [{ type: 'error', text: 'no' }] },
      { content: [{ type: 'error', text: 'no' }] },
    ],
    ['rows beside nothing', { rows: [1, 2] }, { rows: [1, 2] }],
    ['a structured list', { content: [], structuredContent: [1, 2] }, { result: [1, 2] }],
    ['a structured text', { content: [], structuredContent: 'a' }, { result: 'a' }],
    [
      'null for what is structured',
      { content: [text('a')], structuredContent: null },
      { content: [text('a')] },
    ],
    ['null for isError', { content: [text('a')], isError: null }, { content: [text('a')] }],
    ['null for _meta', { content: [text('a')], _meta: null }, { content: [text('a')] }],
    ['a number for a text', { content: [{ type: 'text', text: 7 }] }, { content: [text('7')] }],
    ['null for a text', { content: [{ type: 'text', text: null }] }, { content: [text('')] }],
    [
      'an object for a text',
      { content: [{ type: 'text', text: { a: 1 } }] },
      { content: [{ type: 'text', text: { a: 1 } }] },
    ],
    ['null for annotations', { content: [{ ...text('a'), annotations: null }] }, { content: [text('a')] }],
    [
      'annotations of other values',
      { content: [{ ...text('a'), annotations: { audience: ['human'], priority: 9 } }] },
      { content: [text('a')] },
    ],
    [
      'further members of a block',
      { content: [{ ...text('a'), citations: [1] }] },
      { content: [{ ...text('a'), citations: [1] }] },
    ],
    [
      'a resource without its address',
      { content: [{ type: 'resource', resource: { text: 'x' } }] },
      { content: [{ type: 'resource', resource: { uri: '', text: 'x' } }] },
    ],
    [
      'a resource with null for its type',
      { content: [{ type: 'resource', resource: { uri: 'a:b', text: 'x', mimeType: null } }] },
      { content: [{ type: 'resource', resource: { uri: 'a:b', text: 'x' } }] },
    ],
    [
      'a resource of nothing',
      { content: [{ type: 'resource', resource: null }] },
      { content: [{ type: 'resource', resource: null }] },
    ],
    [
      'a link without a name',
      { content: [{ type: 'resource_link', uri: 'a:b' }] },
      { content: [{ type: 'resource_link', uri: 'a:b', name: 'a:b' }] },
    ],
  ])('with %s is passed on', async (_, result, data) => {
    expect((await answered(era, result)).data).toEqual(data);
  });

  it.each<[string, object]>([
    ['without a type', { type: 'image', data: PIXEL }],
    ['with null for its type', { type: 'image', data: PIXEL, mimeType: null }],
    ['with mime_type', { type: 'image', data: PIXEL, mime_type: 'image/png' }],
    ['as a data: address', { type: 'image', data: `data:image/png;base64,${PIXEL}` }],
  ])('with a picture %s gives a file and a picture', async (_, block) => {
    const { data, content } = await answered(era, { content: [block] });
    const file = {
      name: 'image-1.png',
      mimetype: 'image/png',
      s3key: `${Buffer.from(PIXEL, 'base64').length}`,
    };
    expect(data).toMatchObject({ content: [{ type: 'image', file }] });
    expect(content).toMatchObject([{ type: 'image', data: PIXEL, mimeType: 'image/png' }]);
    expect(JSON.stringify(content)).not.toContain('patchbay');
  });

  it('with bytes in the alphabet of addresses gives a file of these bytes', async () => {
    const bytes = Buffer.from([0xfb, 0xff, 0xfe, 0x3e, 0x3f]);
    const block = { type: 'audio', data: bytes.toString('base64url'), mimeType: 'audio/wav' };
    expect(block.data).toMatch(/[-_]/);
    const { content } = await answered(era, { content: [block] });
    expect(content).toMatchObject([{ data: bytes.toString('base64') }]);
  });

  it('with a film, which is none of its blocks yet, gives a file', async () => {
    const { data, content } = await answered(era, {
      content: [{ type: 'video', data: PIXEL, mimeType: 'video/mp4', seconds: 3 }],
    });
    const file = expect.objectContaining({ name: 'video-1.mp4', mimetype: 'video/mp4' }) as object;
    expect(data).toEqual({ content: [{ type: 'video', mimeType: 'video/mp4', seconds: 3, file }] });
    expect(content).toEqual([]);
  });

  it('that fails says so, whatever else is odd in it', async () => {
    await expect(answered(era, { content: 'No luck.', isError: 'true' })).rejects.toThrow('No luck.');
  });
});

describe('a server whose handshake is not as it should be', () => {
  const info = { name: 'sloppy', version: '1' };
  const begin = (more: object) => ({
    initialize: { protocolVersion: '2025-06-18', serverInfo: info, capabilities: { tools: {} }, ...more },
  });
  it.each<[string, object]>([
    ['no serverInfo', begin({ serverInfo: undefined })],
    ['null for its version', begin({ serverInfo: { name: 'x', version: null } })],
    ['no capabilities', begin({ capabilities: undefined })],
    ['null for capabilities', begin({ capabilities: null })],
    ['an empty list of capabilities', begin({ capabilities: [] })],
    ['an empty list for its tools', begin({ capabilities: { tools: [] } })],
    ['true for its tools', begin({ capabilities: { tools: true } })],
    ['null for listChanged', begin({ capabilities: { tools: { listChanged: null } } })],
    ['a list for experimental', begin({ capabilities: { tools: {}, experimental: [] } })],
    ['no word of its tools', begin({ capabilities: { prompts: {} } })],
    ['null for instructions', begin({ instructions: null })],
  ])('is read: %s', async (_, handshake) => {
    const session = await sessionWith('2025-06-18', { ...handshake, 'tools/list': { tools: [good('a')] } });
    expect((await session.listTools({ timeout: 5_000 })).tools).toMatchObject([{ name: 'a' }]);
    await session.close();
  });

  it.each(['text/plain', 'text/json; charset=utf-8', 'application/json-rpc', ''])(
    'is read: JSON whose type is "%s"',
    async (type) => {
      const session = await sessionWith('2025-06-18', { 'tools/list': { tools: [good('a')] } }, type);
      expect((await session.listTools({ timeout: 5_000 })).tools).toMatchObject([{ name: 'a' }]);
      await session.close();
    },
  );

  it('has no tools when it knows no such method', async () => {
    const session = await sessionWith('2025-06-18', begin({ capabilities: {} }));
    expect(await session.listTools({ timeout: 5_000 })).toEqual({ tools: [], skipped: [] });
    await session.close();
  });
});
