// An MCP server of somebody else's: the official SDK with its defaults, a session a client, an event stream an answer.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Server, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { listenAndTell, onQuestion } from '../child.mjs';

const TOOL = {
  name: 'read',
  description: 'Reads what every call of the bench reads.',
  inputSchema: { type: 'object', properties: { owner: { type: 'string' }, repo: { type: 'string' } } },
  annotations: { readOnlyHint: true },
};
const ANSWER = JSON.stringify({
  id: 1,
  login: 'bench',
  name: 'hello',
  full_name: 'bench/hello',
  description: 'What every call of the bench reads.',
  default_branch: 'main',
  private: false,
  open_issues_count: 3,
});

/** @type {Map<string, WebStandardStreamableHTTPServerTransport>} */
const sessions = new Map();
let requests = 0;

async function newSession() {
  const server = new Server({ name: 'bench', version: '1.0.0' }, { capabilities: { tools: {} } });
  server.setRequestHandler('tools/list', () => ({ tools: [TOOL] }));
  server.setRequestHandler('tools/call', () => {
    requests += 1;
    return { content: [{ type: 'text', text: ANSWER }] };
  });
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => void sessions.set(id, transport),
    onsessionclosed: (id) => void sessions.delete(id),
  });
  await server.connect(transport);
  return transport;
}

async function answer(request, response) {
  const { method, headers, url } = request;
  const body = method === 'POST' ? await text(request) : undefined;
  const id = headers['mcp-session-id'];
  const transport = id === undefined ? await newSession() : sessions.get(id);
  if (!transport) return response.writeHead(404).end();
  const left = new AbortController();
  response.on('close', () => left.abort());
  const { signal } = left;
  const asked = new Request(new URL(url, 'http://upstream'), { method, headers, body, signal });
  const answered = await transport.handleRequest(asked);
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  if (!answered.body) return response.end();
  return Readable.fromWeb(answered.body).pipe(response);
}

onQuestion(() => ({ requests }));
await listenAndTell(createServer((request, response) => void answer(request, response)));
