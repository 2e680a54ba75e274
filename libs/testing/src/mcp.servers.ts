import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { Server as SessionServer } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { createMcpHandler, Server, type McpHttpHandler } from '@modelcontextprotocol/server';
import { freePort } from '@patchbay/local';
import { listenLocally, type LocalServer } from './local.server.js';
import { callTool, newWorld, toolsOf, type McpWorld, type RequestHeaders } from './mcp.tools.js';

const INFO = { name: 'upstream', version: '1.0.0' };
const OPTIONS = { capabilities: { tools: { listChanged: true } } };

/** Who gives the tokens that private servers take. */
export interface TokenIssuer {
  issuer: string;
  /** Whose token it is, if it was given for this very server and is good still. */
  ownerOf: (token: string, resource: string) => Promise<string | undefined>;
}

/** What a test changes of a server. */
export interface McpControl {
  extraTools?: Record<string, string>;
  /** Whether who is connected is told that the tools changed. */
  tell?: boolean;
  /** Forgets the sessions, as a server does that is started again. */
  endSessions?: boolean;
}

/**
 * Official MCP servers, as many as tests name: `/sessions/<name>/mcp` of the 2025 protocol with sessions and
 * event streams, `/stateless/<name>/mcp` of 2026-07-28 and nothing older, and `/private/<name>/mcp`, which
 * takes tokens that the OpenID provider gave for it (RFC 9728, RFC 8707). `/keyed/<name>/mcp` takes `key-of-<person>` in
 * `x-key`, and says nothing of how one gets one. What they offer and saw is at `/control/<name>`.
 */
export async function startMcpServers({ issuer, ownerOf }: TokenIssuer): Promise<LocalServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const servers = new Map<string, NamedServer>();
  const named = (name: string) => {
    const server = servers.get(name) ?? new NamedServer();
    servers.set(name, server);
    return server;
  };
  return listenLocally(port, (request, response) => {
    const { pathname } = new URL(request.url ?? '/', url);
    const [kind = '', name = ''] = pathname
      .replace('/.well-known/oauth-protected-resource', '')
      .slice(1)
      .split('/');
    const resource = `${url}/private/${name}/mcp`;
    const about = `${url}/.well-known/oauth-protected-resource/private/${name}/mcp`;
    if (pathname.startsWith('/.well-known/') && kind !== 'private') {
      response.writeHead(404).end();
    } else if (pathname.startsWith('/.well-known/')) {
      const scopes_supported = ['openid', 'offline_access'];
      answerJson(response, 200, { resource, authorization_servers: [issuer], scopes_supported });
    } else if (kind === 'control') {
      void named(name).control(request, response);
    } else if (kind === 'stateless') {
      void named(name).stateless(request, response);
    } else if (kind === 'private') {
      const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
      void ownerOf(token, resource).then((person) => {
        if (person) return named(name).session(request, response, person);
        const challenge = `Bearer error="invalid_token", resource_metadata="${about}"`;
        response.writeHead(401, { 'www-authenticate': challenge }).end();
        return undefined;
      });
    } else if (kind === 'keyed') {
      const [, person] = /^key-of-(\w+)$/.exec(String(request.headers['x-key'])) ?? [];
      if (person) void named(name).session(request, response, person);
      else response.writeHead(401).end();
    } else {
      void named(name).session(request, response);
    }
  });
}

/** Of the request whose tool is run. */
const requestHeaders = new AsyncLocalStorage<RequestHeaders>();

class NamedServer {
  private readonly world: McpWorld = newWorld();
  private readonly sessions = new Map<
    string,
    { transport: StreamableHTTPServerTransport; server: SessionServer }
  >();
  private readonly handler: McpHttpHandler = createMcpHandler(() => this.newModern(), { legacy: 'reject' });

  async control(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'POST') {
      const { extraTools, tell, endSessions } = (await json(request)) as McpControl;
      if (extraTools) this.world.extraTools = extraTools;
      if (endSessions)
        await Promise.all([...this.sessions.values()].map(({ transport }) => transport.close()));
      if (tell) {
        this.handler.notify.toolsChanged();
        await Promise.all([...this.sessions.values()].map(({ server }) => server.sendToolListChanged()));
      }
    }
    answerJson(response, 200, { ...this.world, open: this.sessions.size });
  }

  async stateless(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.note(request);
    const left = new AbortController();
    response.on('close', () => left.abort());
    const { method = 'GET' } = request;
    const received = new Request(new URL(request.url ?? '/', 'http://upstream'), {
      method,
      headers: request.headers as Record<string, string>,
      signal: left.signal,
      ...(method === 'POST' && { body: Buffer.concat(await request.toArray()) }),
    });
    const answer = await requestHeaders.run(request.headers, () => this.handler.fetch(received));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (answer.body)
      Readable.fromWeb(answer.body as never)
        .on('error', () => undefined)
        .pipe(response);
    else response.end();
  }

  /** A session is over for a client when the server does not know it: 404, as the protocol says. */
  async session(request: IncomingMessage, response: ServerResponse, person?: string): Promise<void> {
    this.note(request, person);
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? this.sessions.get(id) : undefined;
    if (id && !known) {
      response.writeHead(404).end();
      return;
    }
    if (request.method === 'GET') this.world.streams += 1;
    const { transport } = known ?? (await this.newSession());
    await requestHeaders.run(request.headers, () => transport.handleRequest(request, response));
  }

  private note({ headers }: IncomingMessage, person?: string): void {
    const tenant = headers['x-tenant'];
    if (typeof tenant === 'string') this.world.tenants.push(tenant);
    if (person) this.world.people.push(person);
  }

  private async newSession() {
    const server = new SessionServer(INFO, OPTIONS);
    server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: toolsOf(this.world) }));
    server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
      callTool(params.name, params.arguments, requestHeaders.getStore()),
    );
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => {
        this.world.opened += 1;
        this.sessions.set(id, { transport, server });
      },
    });
    transport.onclose = () => void this.sessions.delete(transport.sessionId ?? '');
    // Its optional members are undefined where the interface leaves them out.
    await server.connect(transport as never);
    return { server, transport };
  }

  private newModern(): Server {
    const server = new Server(INFO, OPTIONS);
    server.setRequestHandler('tools/list', () => ({ tools: toolsOf(this.world) }));
    server.setRequestHandler('tools/call', ({ params }) =>
      callTool(params.name, params.arguments, requestHeaders.getStore()),
    );
    return server;
  }
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
