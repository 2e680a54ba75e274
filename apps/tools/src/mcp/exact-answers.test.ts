import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { markedValue, readJson, unmarkedText, unmarkedValue, writeJson } from '@patchbay/contracts';
import { OutboundClient } from '@patchbay/service';
import { markedNumbers } from './exact-answers.js';
import { McpSession } from './mcp.session.js';

const IDS = '{"id":1234567890123456789,"text":"say \\"12345678901234567890\\""}';

describe('what an MCP server answers', () => {
  const through = async (text: string, isEvents: boolean, size: number) => {
    const bytes = new TextEncoder().encode(text);
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    const body = ReadableStream.from(chunks) as ReadableStream<Uint8Array>;
    return new Response(body.pipeThrough(markedNumbers(isEvents))).text();
  };

  it.each([1, 7, 1_000])('keeps its bytes but for long numbers, in pieces of %s', async (size) => {
    const events = `id: 12345678901234567890\r\nevent: message\r\ndata: ${IDS}\r\n\r\ndata:${IDS}\n\ndata: "ü 日本"\n\n: end`;
    for (const [text, isEvents] of [
      [events, true],
      [`[${IDS},\n ${IDS}]\n`, false],
    ] as const) {
      const marked = await through(text, isEvents, size);
      expect(marked).not.toBe(text);
      expect(unmarkedText(marked)).toBe(text);
    }
    const marked = await through(events, true, size);
    expect(marked).toContain('id: 12345678901234567890\r\n');
    expect(JSON.parse(/data: (.*)\r/.exec(marked)?.[1] ?? '')).toMatchObject({
      text: 'say "12345678901234567890"',
    });
  });

  let http: OutboundClient;
  let server: Server | undefined;
  let asked: string[];
  beforeEach(() => {
    http = new OutboundClient(['127.0.0.1']);
    asked = [];
  });
  afterEach(async () => {
    server?.closeAllConnections();
    server?.close();
    await http.close();
  });

  async function sessionWith(answer: (response: ServerResponse, id: unknown) => void): Promise<McpSession> {
    const made = createServer((request, response) => {
      void request.toArray().then((chunks: Buffer[]) => {
        const text = Buffer.concat(chunks).toString();
        const { id, method } = (text ? JSON.parse(text) : {}) as { id?: unknown; method?: string };
        const json = (body: object, status = 200) =>
          response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
        if (method === 'server/discover') return json({}, 404);
        if (method === 'initialize') {
          const serverInfo = { name: 'large', version: '1' };
          return json({
            jsonrpc: '2.0',
            id,
            result: { protocolVersion: '2025-11-25', capabilities: {}, serverInfo },
          });
        }
        if (method !== 'tools/call') return response.writeHead(202).end();
        asked.push(text);
        return answer(response, id);
      });
    });
    server = made;
    await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
    const { port } = made.address() as AddressInfo;
    return McpSession.open(http, new URL(`http://127.0.0.1:${port}/mcp`), {}, { toolkit: 'up' });
  }

  it.each([
    ['application/json', (text: string) => text],
    ['text/event-stream', (text: string) => `event: message\ndata: ${text}\n\n`],
  ])('is read and asked digit by digit, in %s', async (type, form) => {
    const session = await sessionWith((response, id) => {
      const result = `{"content":[],"structuredContent":${IDS}}`;
      response
        .writeHead(200, { 'content-type': type })
        .end(form(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result}}`));
    });
    const given = markedValue(readJson(IDS)) as Record<string, unknown>;
    const answer = await session.run((client) => client.callTool({ name: 'find', arguments: given }));
    expect(writeJson(unmarkedValue(answer).structuredContent)).toBe(IDS);
    expect(asked[0]).toContain(`"arguments":${IDS}`);
    await session.close();
  });
});
