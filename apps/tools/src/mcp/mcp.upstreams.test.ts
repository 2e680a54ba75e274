import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OutboundClient, type Bus } from '@patchbay/service';
import { eventually, PIXEL, type LocalServer, type McpControl, type McpWorld } from '@patchbay/testing';
import { startMcpServers } from '@patchbay/testing/mcp-servers';
import { ToolFailure, type McpTool } from '@patchbay/toolkits';
import type { ProviderAccess } from '../calls/provider.client.js';
import { McpSession, SignInWanted } from './mcp.session.js';
import { McpUpstreams, type Upstream } from './mcp.upstreams.js';

const tool = (upstreamName: string): McpTool => ({
  kind: 'mcp',
  slug: 'UP_TOOL',
  upstreamName,
  name: upstreamName,
  description: '',
  tags: [],
  input: { type: 'object', properties: {} },
});
const files: ProviderAccess['files'] = {
  read: () => Promise.reject(new Error('not asked for')),
  store: async ({ name, mimetype, bytes }) => ({
    name,
    mimetype,
    s3key: 'key',
    s3url: `https://files.example/${bytes.length}`,
  }),
};
const ownHeaders = { 'x-tenant': 'acme' };

let servers: LocalServer;
let client: OutboundClient;
let upstreams: McpUpstreams;
beforeEach(async () => {
  const ownerOf = async (token: string) => (token === 'fresh' ? 'ada' : undefined);
  servers = await startMcpServers({ issuer: 'https://issuer.example', ownerOf });
  client = new OutboundClient(['127.0.0.1']);
  // The toolkit's own headers are the only thing that is asked for.
  upstreams = new McpUpstreams(client, { request: async () => ({ headers: ownHeaders }) } as unknown as Bus);
});
afterEach(async () => {
  upstreams.onApplicationShutdown();
  await servers.close();
  await client.close();
});

const upstream = (kind: string, token?: string): Upstream => ({
  projectId: 'proj_a',
  slug: 'up',
  url: `${servers.url}/${kind}/up/mcp`,
  headers: token ? { authorization: `Bearer ${token}` } : {},
});

function run(kind: string, name: string, input = {}, more: Partial<ProviderAccess> = {}) {
  const content: { type: string }[] = [];
  const access = {
    toolkit: { slug: 'up', name: 'Up', addedBy: 'proj_a', baseUrl: upstream(kind).url },
    deadline: Date.now() + 20_000,
    files,
    ...more,
  } as ProviderAccess;
  return upstreams.run(tool(name), input, access, content).then((data) => ({ data, content }));
}

async function control(change?: McpControl): Promise<McpWorld> {
  const body = change && { method: 'POST', body: JSON.stringify(change) };
  return (await (await fetch(`${servers.url}/control/up`, body)).json()) as McpWorld;
}

describe.each(['sessions', 'stateless'])('an upstream MCP server (%s)', (kind) => {
  it('shows its tools, to each request with the headers of the toolkit, and leaves no session behind', async () => {
    const names = (await upstreams.listTools(upstream(kind))).map(({ name }) => name);
    expect(names).toEqual(['add_numbers', 'draw', 'fail']);
    expect(new Set((await control()).tenants)).toEqual(new Set(['acme']));
    await eventually(async () => expect(await control()).toMatchObject({ open: 0 }));
  });

  it('runs a tool: data that is structured, and pictures as files beside what MCP clients get', async () => {
    expect(await run(kind, 'add_numbers', { a: 1, b: 2 })).toEqual({ data: { sum: 3 }, content: [] });
    const { data, content } = await run(kind, 'draw');
    expect(data).toMatchObject({
      content: [
        { type: 'text', text: 'A picture.' },
        { type: 'image', file: { name: 'image-2.png', mimetype: 'image/png', s3url: expect.any(String) } },
        { type: 'resource', resource: { text: 'About the picture.' } },
      ],
    });
    expect(JSON.stringify(data)).not.toContain(PIXEL);
    expect(content).toMatchObject([{ type: 'image', data: PIXEL }, { type: 'resource' }]);
  });

  it('says itself why a tool failed', async () => {
    await expect(run(kind, 'fail')).rejects.toThrow(new ToolFailure('No luck today.'));
  });

  it('tells while a session is held that its tools changed', async () => {
    const heard: string[] = [];
    upstreams.onToolsChanged = ({ projectId, slug }) => void heard.push(`${projectId} ${slug}`);
    await run(kind, 'add_numbers', { a: 1, b: 2 });
    // What is said before its stream is open, nobody hears.
    await eventually(async () => {
      await control({ tell: true });
      expect(heard[0]).toBe('proj_a up');
    });
  });
});

describe('a session with an upstream MCP server', () => {
  it('is one for all calls of an account, and begun anew once when it is over', async () => {
    for (const b of [1, 2, 3]) await run('sessions', 'add_numbers', { a: 1, b });
    expect(await control({ endSessions: true })).toMatchObject({ opened: 1 });
    const answers = await Promise.all([4, 5, 6].map((b) => run('sessions', 'add_numbers', { a: 1, b })));
    expect(answers.map(({ data }) => data)).toEqual([{ sum: 5 }, { sum: 6 }, { sum: 7 }]);
    expect(await control()).toMatchObject({ opened: 2, open: 1 });
  });

  it('is shown the account of each call, and a renewed one after a 401', async () => {
    const refusal: unknown = await upstreams
      .listTools(upstream('private', 'stale'))
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(SignInWanted);
    const { challenge } = refusal as SignInWanted;
    expect(challenge.resourceMetadataUrl?.pathname).toBe(
      '/.well-known/oauth-protected-resource/private/up/mcp',
    );
    const credential = { connectionId: 'ca_1', headers: { authorization: 'Bearer stale' } };
    const fresh = { connectionId: 'ca_1', headers: { authorization: 'Bearer fresh' } };
    const access = { credential, renew: async () => fresh } as unknown as Partial<ProviderAccess>;
    expect(await run('private', 'add_numbers', { a: 1, b: 2 }, access)).toMatchObject({ data: { sum: 3 } });
  });

  it('is not opened at a private address', async () => {
    const guarded = new OutboundClient([]);
    const careful = new McpUpstreams(guarded, { request: async () => ({ headers: {} }) } as unknown as Bus);
    await expect(careful.listTools(upstream('sessions'))).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('is not a public address'),
    });
    await guarded.close();
  });
});

describe('an MCP server that lies', () => {
  let server: Server;
  async function opening(listener: RequestListener, openWithinMs = 15_000) {
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
    return McpSession.open(client, url, {}, { openWithinMs });
  }
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is given up when it never answers', async () => {
    await expect(opening(() => undefined, 500)).rejects.toThrow(/timed out|did not answer within 500 ms/);
  });

  it('is said to be none when it answers a page', async () => {
    const page: RequestListener = (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>');
    await expect(opening(page)).rejects.toThrow(/text\/html/);
  });

  it('is cut off when it sends without end', async () => {
    const chunk = Buffer.alloc(256 * 1024, 'x');
    const pour: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    };
    const before = process.memoryUsage().rss;
    await expect(opening(pour)).rejects.toThrow('sent more than 10485760 bytes');
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it('is said to be away when nobody listens', async () => {
    await servers.close();
    await expect(McpSession.open(client, new URL(servers.url), {})).rejects.toThrow(
      'could not be reached (ECONNREFUSED)',
    );
  });
});
