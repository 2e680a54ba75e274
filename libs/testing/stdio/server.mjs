#!/usr/bin/env node
/* An MCP server that is a program, for tests: what one might do in its sandbox, as tools. It needs no package. */
import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

const remembered = new Map();
const asked = new Map();
let lastAsked = 0;
let handshakes = 0;

const tools = {
  echo: ({ text }) => text,
  environment: ({ name }) => process.env[name] ?? '',
  arguments: () => JSON.stringify(process.argv.slice(2)),
  handshakes: () => String(handshakes),
  /** What this process was told before: another process knows nothing of it. */
  remember({ key, value }) {
    const before = remembered.get(key) ?? '';
    if (value !== undefined) remembered.set(key, value);
    return before;
  },
  async wait({ ms }) {
    await delay(ms);
    return 'waited';
  },
  /** By the proxy, as a client of HTTP in the clear asks it. */
  plain: ({ url }) => answered(viaProxy({ method: 'GET', path: url, headers: { host: new URL(url).host } })),
  /** How much came back for so many bytes that were sent. */
  async transfer({ url, bytes }) {
    const asking = viaProxy({ method: 'POST', path: url, headers: { host: new URL(url).host } });
    asking.write('y'.repeat(bytes));
    return (await answered(asking)).length;
  },
  /** By CONNECT, as every client asks for HTTPS. */
  tunnel: ({ host, path }) => tunnelled(host, path),
  /** As most programs ask, which know nothing of a proxy: the runtime does, by its environment. */
  async fetch({ url }) {
    try {
      const response = await fetch(url);
      return `${response.status} ${await response.text()}`;
    } catch ({ message, cause }) {
      return `${message}: ${cause}`;
    }
  },
  direct: ({ host, port }) =>
    new Promise((resolve) => {
      const socket = connect({ host, port, timeout: 2_000 });
      const end = (text) => {
        socket.destroy();
        resolve(text);
      };
      socket.once('connect', () => end('connected'));
      socket.once('timeout', () => end('timeout'));
      socket.once('error', ({ code }) => end(code));
    }),
  async ask({ message }) {
    const answer = await ask('elicitation/create', {
      message,
      requestedSchema: { type: 'object', properties: {} },
    });
    return JSON.stringify(answer);
  },
  ping: async () => JSON.stringify(await ask('ping', {})),
  notify() {
    say({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' });
    return 'notified';
  },
  /** A child that leaves its group, and outlives this process where nothing ends it. */
  orphan() {
    spawn('sleep', ['86400'], { detached: true, stdio: 'ignore' }).unref();
    return 'left one';
  },
  complain({ text }) {
    process.stderr.write(`${text}\n`);
    return 'complained';
  },
  exit: ({ code }) => process.exit(code),
  flood: ({ bytes }) => 'x'.repeat(bytes),
  garbage: () => process.stdout.write('{"not": "json-rpc"}\n'),
  memory({ megabytes }) {
    remembered.set('memory', Buffer.alloc(megabytes * 1024 * 1024, 1));
    return 'held';
  },
};

const answers = {
  initialize({ protocolVersion }) {
    handshakes += 1;
    return {
      protocolVersion,
      capabilities: { tools: { listChanged: true } },
      serverInfo: { name: 'stdio-test', version: '1.0.0' },
    };
  },
  ping: () => ({}),
  'tools/list': () => ({
    tools: Object.keys(tools).map((name) => ({
      name,
      description: `Does ${name}.`,
      inputSchema: { type: 'object' },
    })),
  }),
  async 'tools/call'({ name, arguments: given = {} }) {
    const text = String(await tools[name](given));
    return { content: [{ type: 'text', text }] };
  },
};

createInterface({ input: process.stdin }).on('line', (line) => void take(JSON.parse(line)));
process.stdin.on('end', () => process.exit());

async function take({ id, method, params = {}, result, error }) {
  if (method === undefined) return asked.get(id)?.(result ?? error);
  if (id === undefined) return;
  if (!answers[method]) return say({ jsonrpc: '2.0', id, error: { code: -32601, message: `no ${method}` } });
  try {
    say({ jsonrpc: '2.0', id, result: await answers[method](params) });
  } catch (failure) {
    say({ jsonrpc: '2.0', id, error: { code: -32603, message: String(failure) } });
  }
}

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function ask(method, params) {
  lastAsked += 1;
  const id = `of the server ${lastAsked}`;
  say({ jsonrpc: '2.0', id, method, params });
  return new Promise((resolve) => {
    asked.set(id, resolve);
  });
}

function viaProxy(options) {
  const { hostname, port } = new URL(process.env.HTTP_PROXY);
  return request({ hostname, port, ...options });
}

function answered(asking) {
  return new Promise((resolve) => {
    asking.once('response', async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve(`${response.statusCode} ${text}`);
    });
    asking.once('error', ({ message }) => resolve(message));
    asking.end();
  });
}

function tunnelled(host, path) {
  return new Promise((resolve) => {
    const asking = viaProxy({ method: 'CONNECT', path: host });
    asking.once('connect', (response, socket, head) => {
      let text = String(head);
      if (response.statusCode === 200)
        socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
      socket.on('data', (chunk) => (text += chunk));
      socket.once('close', () => resolve(`${response.statusCode} ${text.split('\r\n\r\n').at(-1)}`));
    });
    asking.once('error', ({ message }) => resolve(message));
    asking.end();
  });
}
