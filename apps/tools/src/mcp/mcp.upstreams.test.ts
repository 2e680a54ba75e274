import { randomUUID } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { OutboundClient, type Bus } from '@patchbay/service';
import { eventually } from '@patchbay/testing';
import { ToolFailure, type McpTool } from '@patchbay/toolkits';
import { z } from 'zod';
import type { ProviderAccess } from '../calls/provider.client.js';
import { isUnauthorized, McpUpstreams, type Upstream } from './mcp.upstreams.js';

/** An official server of the 2025 protocol, with sessions that can be ended from outside. */
class RunningServer {
  readonly sessions = new Map<string, StreamableHTTPServerTransport>();
  readonly servers: McpServer[] = [];
  readonly authorizations: (string | undefined)[] = [];
  token: string | undefined;
  readonly streams: ServerResponse[] = [];
  url = '';
  private http: Server | undefined;

  async start(): Promise<this> {
    const http = createServer((request, response) => {
      this.authorizations.push(request.headers.authorization);
      if (this.token && request.headers.authorization !== `Bearer ${this.token}`) {
        response.writeHead(401).end();
        return;
      }
      void this.handle(request, response);
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    this.http = http;
    this.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`;
    return this;
  }

  close(): void {
    this.http?.close();
    this.http?.closeAllConnections();
  }

  private async handle(
    request: Parameters<StreamableHTTPServerTransport['handleRequest']>[0],
    response: Parameters<StreamableHTTPServerTransport['handleRequest']>[1],
  ): Promise<void> {
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? this.sessions.get(id) : undefined;
    if (id && !known) {
      response.writeHead(404).end();
      return;
    }
    const transport =
      known ??
      new StreamableHTTPServerTransport({
        sessionIdGenerator: () => randomUUID(),
        onsessioninitialized: (made) => void this.sessions.set(made, transport),
      });
    if (!known) await this.newServer().connect(transport);
    if (request.method === 'GET') this.streams.push(response);
    await transport.handleRequest(request, response);
  }

  private newServer(): McpServer {
    const server = new McpServer({ name: 'upstream', version: '1.0.0' });
    server.registerTool(
      'add_numbers',
      {
        description: 'Adds.',
        inputSchema: { a: z.number(), b: z.number() },
        outputSchema: { sum: z.number() },
      },
      ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }], structuredContent: { sum: a + b } }),
    );
    server.registerTool('fail', { description: 'Fails.' }, () => ({
      isError: true,
      content: [{ type: 'text', text: 'no luck today' }],
    }));
    this.servers.push(server);
    return server;
  }
}

const tool = (upstreamName: string): McpTool => ({
  kind: 'mcp',
  slug: 'UP_TOOL',
  upstreamName,
  name: upstreamName,
  description: '',
  tags: [],
  input: { type: 'object', properties: {} },
});

describe('an upstream MCP server', () => {
  let server: RunningServer;
  let upstreams: McpUpstreams;
  let client: OutboundClient;
  beforeEach(async () => {
    server = await new RunningServer().start();
    client = new OutboundClient(['127.0.0.1']);
    // The toolkit's own headers are the only thing that is asked for.
    const bus = { request: async () => ({ headers: { 'x-tenant': 'acme' } }) } as unknown as Bus;
    upstreams = new McpUpstreams(client, bus);
  });
  afterEach(async () => {
    upstreams.onApplicationShutdown();
    server.close();
    await client.close();
  });

  const upstream = (token?: string): Upstream => ({
    projectId: 'proj_a',
    slug: 'up',
    url: server.url,
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  const run = (name: string, input: Record<string, unknown>, more: Partial<ProviderAccess> = {}) =>
    upstreams.run(
      tool(name),
      input,
      {
        toolkit: { slug: 'up', name: 'Up', addedBy: 'proj_a', baseUrl: server.url },
        deadline: Date.now() + 20_000,
        ...more,
      } as ProviderAccess,
      [],
    );

  it('shows its tools and runs them, in one session', async () => {
    expect((await upstreams.listTools(upstream())).map(({ name }) => name)).toEqual(['add_numbers', 'fail']);
    expect(await run('add_numbers', { a: 1, b: 2 })).toEqual({ sum: 3 });
    expect(await run('add_numbers', { a: 3, b: 4 })).toEqual({ sum: 7 });
    expect(server.sessions.size).toBe(1);
  });

  it('is spoken to in a new session when the old one is over', async () => {
    expect(await run('add_numbers', { a: 1, b: 2 })).toEqual({ sum: 3 });
    server.sessions.clear();
    expect(await run('add_numbers', { a: 1, b: 3 })).toEqual({ sum: 4 });
  });

  it('says itself why a tool failed', async () => {
    await expect(run('fail', {})).rejects.toThrow(new ToolFailure('no luck today'));
  });

  it('tells when its tools change', async () => {
    const heard: string[][] = [];
    upstreams.onToolsChanged = (_, tools) => void heard.push(tools.map(({ name }) => name));
    await upstreams.listTools(upstream());
    // The server tells it on the stream that the client opens: before that nobody would hear it.
    await eventually(() => expect(server.streams[0]?.headersSent).toBe(true));
    server.servers.at(-1)?.registerTool('late', { description: 'Came later.' }, () => ({ content: [] }));
    await eventually(() => expect(heard.at(-1)).toContain('late'));
  });

  it('is shown the account of each call, and a renewed one after a 401', async () => {
    server.token = 'fresh';
    const refusal: unknown = await upstreams.listTools(upstream('stale')).catch((error: unknown) => error);
    expect(isUnauthorized(refusal)).toBe(true);
    const credential = { connectionId: 'ca_1', headers: { authorization: 'Bearer stale' } };
    const fresh = { connectionId: 'ca_1', headers: { authorization: 'Bearer fresh' } };
    const access = { credential, renew: async () => fresh } as unknown as Partial<ProviderAccess>;
    expect(await run('add_numbers', { a: 1, b: 2 }, access)).toEqual({ sum: 3 });
  });

  it('is not reached at a private address', async () => {
    const guarded = new OutboundClient([]);
    const careful = new McpUpstreams(guarded, { request: async () => ({ headers: {} }) } as unknown as Bus);
    await expect(careful.listTools(upstream())).rejects.toThrow('is not a public address');
    expect(server.authorizations).toEqual([]);
    await guarded.close();
  });
});
