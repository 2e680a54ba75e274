import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OutboundClient } from '@patchbay/service';
import { McpSession } from './mcp.session.js';

/** A server of 2026-07-28 that has its list read again in the middle of a call, with a pattern that never ends in it. */
const TOOL = {
  name: 'look',
  inputSchema: { type: 'object', properties: { at: { type: 'string', 'x-mcp-header': 'At' } } },
  outputSchema: { type: 'object', properties: { text: { type: 'string', pattern: '^(a+)+$' } } },
};
const TEXT = `${'a'.repeat(60)}!`;
let calls = 0;
let listed = 0;
let server: Server;
let http: OutboundClient;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const { id, method } = JSON.parse(body) as { id: number; method: string };
      const say = (status: number, said: object) =>
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify({ jsonrpc: '2.0', id, ...said }));
      if (method === 'server/discover') {
        return say(200, {
          result: {
            resultType: 'complete',
            supportedVersions: ['2026-07-28'],
            capabilities: { tools: {} },
            serverInfo: { name: 'hostile', version: '1' },
            ttlMs: 0,
            cacheScope: 'private',
          },
        });
      }
      if (method === 'tools/list') {
        listed += 1;
        return say(200, {
          result: { resultType: 'complete', tools: [TOOL], ttlMs: 60_000, cacheScope: 'private' },
        });
      }
      calls += 1;
      if (calls === 1) return say(400, { error: { code: -32020, message: 'Header mismatch' } });
      return say(200, {
        result: { resultType: 'complete', content: [], structuredContent: { text: TEXT } },
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  http = new OutboundClient(['127.0.0.1']);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await http.close();
});

it('a pattern of a server, read in the middle of a call, is never run', async () => {
  const { port } = server.address() as AddressInfo;
  const session = await McpSession.open(http, new URL(`http://127.0.0.1:${port}/mcp`), {}, { toolkit: 'up' });
  const began = process.threadCpuUsage();
  const result = await session.run((client) => client.callTool({ name: 'look', arguments: { at: 'x' } }));
  await session.close();
  expect(result.structuredContent).toEqual({ text: TEXT });
  expect({ listed, calls }).toEqual({ listed: 1, calls: 2 });
  // With V8's own engine it would take longer than anybody lives.
  expect(process.threadCpuUsage(began).user / 1_000).toBeLessThan(5_000);
});
