import { summary } from '../client.mjs';
import { bodyOf, json } from '../provider.mjs';
import { flood } from './flood.mjs';

/** @typedef {import('../arena.mjs').Arena} Arena */
/** @typedef {{ id: number, method: string, params?: any }} Request */
/** @typedef {{ tools?: object[], page?: (request: Request) => object, list?: (request: Request, response: import('node:http').ServerResponse) => void, call?: (request: Request, response: import('node:http').ServerResponse) => object | undefined }} Behaviour */

const TOOL = { name: 'run', description: 'Runs.', inputSchema: { type: 'object', properties: {} } };

/** An MCP server of the 2025 protocol, without sessions, that does as it is told. @param {Behaviour} behaviour @returns {import('../provider.mjs').Handler} */
export function mcpServer({ tools = [TOOL], page, list, call }) {
  return async (request, response) => {
    if (request.method !== 'POST') return response.writeHead(405).end();
    const message = JSON.parse(await bodyOf(request));
    const result = (/** @type {object} */ value) =>
      json(response, { jsonrpc: '2.0', id: message.id, result: value });
    switch (message.method) {
      case 'initialize':
        return result({
          protocolVersion: '2025-06-18',
          capabilities: { tools: {} },
          serverInfo: { name: 'evil', version: '1' },
        });
      case 'tools/list':
        if (list) return list(message, response);
        return result(page ? page(message) : { tools });
      case 'tools/call': {
        const answer = call ? call(message, response) : { content: [] };
        return answer && result(answer);
      }
      default:
        return message.id === undefined
          ? response.writeHead(202).end()
          : json(response, {
              jsonrpc: '2.0',
              id: message.id,
              error: { code: -32601, message: 'no such method' },
            });
    }
  };
}

let number = 0;
/** Adds the server as a toolkit, and calls its tool. @param {Behaviour} behaviour */
const attack =
  (behaviour, times = 4) =>
  async (/** @type {Arena} */ { attacker, provider }) => {
    const slug = `evil${(number += 1)}`;
    provider.serve(`/mcp/${slug}`, mcpServer(behaviour));
    const added = await attacker.api('POST', '/custom/toolkits/upsert', {
      body: { slug, source: { type: 'mcp', url: `${provider.url}/mcp/${slug}` } },
    });
    const adding = summary([{ status: 'fulfilled', value: added }]);
    if (added.status >= 300) return `added: ${adding}`;
    const session = await attacker.session('mallory', [slug]);
    const settled = await flood(times, times, () =>
      attacker.execute(session, `${slug.toUpperCase()}_RUN`, {}),
    );
    return `added: ${adding}; called: ${summary(settled)}`;
  };

const LONG = 'a'.repeat(40);
const withOutput = (/** @type {object} */ outputSchema) => [{ ...TOOL, outputSchema }];

/** As text: what writes JSON here gives up long before. @param {number} depth */
function nestedSchema(depth) {
  return '{"type":"object","properties":{"a":'.repeat(depth) + '{"type":"string"}' + '}}'.repeat(depth);
}

/** @type {import('./index.mjs').Attack[]} */
export const servers = [
  {
    name: 'MCP server: the pattern ^(a+)+$ for its answer',
    run: attack({
      tools: withOutput({ type: 'object', properties: { v: { type: 'string', pattern: '^(a+)+$' } } }),
      call: () => ({ content: [{ type: 'text', text: 'x' }], structuredContent: { v: `${LONG}!` } }),
    }),
  },
  {
    name: 'MCP server: the pattern ^(a+)+$ for an argument',
    run: async ({ attacker, provider }) => {
      const inputSchema = { type: 'object', properties: { v: { type: 'string', pattern: '^(a+)+$' } } };
      provider.serve('/mcp/pattern', mcpServer({ tools: [{ ...TOOL, inputSchema }] }));
      const body = { slug: 'pattern', source: { type: 'mcp', url: `${provider.url}/mcp/pattern` } };
      const added = await attacker.api('POST', '/custom/toolkits/upsert', { body });
      if (added.status >= 300) return `added: ${summary([{ status: 'fulfilled', value: added }])}`;
      const session = await attacker.session('mallory', ['pattern']);
      return summary(await flood(4, 4, () => attacker.execute(session, 'PATTERN_RUN', { v: `${LONG}!` })));
    },
  },
  {
    name: 'MCP server: pages of tools without an end',
    run: attack({ page: ({ params }) => ({ tools: [], nextCursor: `${Number(params?.cursor ?? 0) + 1}` }) }),
  },
  {
    name: 'MCP server: 20,000 tools',
    isLong: true,
    run: attack({ tools: Array.from({ length: 20_000 }, (_, index) => ({ ...TOOL, name: `run_${index}` })) }),
  },
  {
    name: 'MCP server: a description of 8 MB',
    isLong: true,
    run: attack({ tools: [{ ...TOOL, description: 'd'.repeat(8_000_000) }] }),
  },
  {
    name: 'MCP server: a schema 5,000 deep',
    run: attack({
      list: ({ id }, response) => {
        const tool = `{"name":"run","inputSchema":${nestedSchema(5_000)}}`;
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":{"tools":[${tool}]}}`);
      },
    }),
  },
  {
    name: 'MCP server: an answer of 50,000 lists in each other',
    run: attack({
      call: ({ id }, response) => {
        const deep = '['.repeat(50_000) + ']'.repeat(50_000);
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(
            `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":{"content":[],"structuredContent":{"deep":${deep}}}}`,
          );
        return undefined;
      },
    }),
  },
  {
    name: 'MCP server: an event stream that pours',
    isLong: true,
    run: attack({
      call: (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const event = `event: message\ndata: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"${'z'.repeat(10_000)}"}}\n\n`;
        const pour = () => {
          if (response.destroyed) return;
          if (response.write(event)) setImmediate(pour);
          else response.once('drain', pour);
        };
        pour();
        return undefined;
      },
    }),
  },
  { name: 'MCP server: never answers a call', isLong: true, run: attack({ call: () => undefined }) },
];
