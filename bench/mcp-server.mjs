// One way to answer MCP's `tools/call` with one request to the upstream, in a process of its own.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import 'reflect-metadata';
import { Server, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import Fastify from 'fastify';
import { Pool } from 'undici';
import { followRequests } from '../apps/gateway/dist/http/index.js';
import { LegacyMcp } from '../apps/gateway/dist/mcp/legacy-mcp.js';
import { McpEndpoint } from '../apps/gateway/dist/mcp/mcp.endpoint.js';
import { McpMethods } from '../apps/gateway/dist/mcp/methods/methods.service.js';
import { presentToolResult } from '../apps/gateway/dist/mcp/methods/tool.presenter.js';
import { ClientsService } from '../apps/gateway/dist/mcp/transport/clients.service.js';
import { HttpExchange } from '../apps/gateway/dist/mcp/transport/http-exchange.js';
import { listenAndTell } from './child.mjs';

const [kind, upstream] = process.argv.slice(2);
const pool = new Pool(upstream, { connections: 128 });

async function callTool() {
  const { body } = await pool.request({ method: 'GET', path: '/repos/bench/hello' });
  return presentToolResult({ successful: true, data: await body.json(), error: null, logId: 'log_bench' });
}

/** A server whose handler may wait; what it throws ends the request, and with it the bench. */
function answering(handle) {
  return createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
}

const SERVERS = {
  /** The same JSON-RPC and nothing else: no check of anything. */
  plain: () =>
    answering(async (request, response) => {
      const { id } = JSON.parse(await text(request));
      const answer = JSON.stringify({ jsonrpc: '2.0', id, result: await callTool() });
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    }),

  /** The SDK's own server and transport, new for each request. */
  sdk: () =>
    answering(async (request, response) => {
      const body = await text(request);
      const server = new Server({ name: 'bench', version: '1.0.0' }, { capabilities: { tools: {} } });
      server.setRequestHandler('tools/call', callTool);
      const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
      await server.connect(transport);
      const { method, headers } = request;
      const answer = await transport.handleRequest(
        new Request('http://bench/mcp', { method, headers, body }),
      );
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
      await server.close();
    }),

  /** The gateway's endpoint behind the gateway's framework, with the tool call alone taken out. */
  patchbay: async () => {
    const clients = new ClientsService({ signal: () => undefined });
    const legacy = new LegacyMcp(new McpMethods({ call: callTool }), clients, undefined);
    const endpoint = new McpEndpoint(undefined, legacy);
    const app = Fastify();
    followRequests(app, { isLevelEnabled: () => false });
    app.all('/mcp', (request, reply) =>
      endpoint.serve({ id: 'trs_bench' }, new HttpExchange(request, reply)),
    );
    await app.ready();
    return app.server;
  },
};

await listenAndTell(await SERVERS[kind]());
