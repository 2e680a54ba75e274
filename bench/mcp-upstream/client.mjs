// MCP of 2025-11-25 as a client speaks it, on bare HTTP connections: streamable HTTP, and HTTP with SSE before it.
import { Pool } from 'undici';

/**
 * @typedef {object} Target
 * @property {string} url of the MCP endpoint
 * @property {'streamable' | 'sse'} transport
 * @property {Record<string, string>} [headers]
 * @property {{ name: string, arguments: object }} call the `params` of `tools/call`
 */

const PROTOCOL = '2025-11-25';
const HANDSHAKE = {
  protocolVersion: PROTOCOL,
  capabilities: {},
  clientInfo: { name: 'bench', version: '1.0.0' },
};

/**
 * Opens a session.
 * @param {Pick<Target, 'url' | 'transport' | 'headers'>} target
 * @param {number} connections
 * @param {AbortSignal} [signal] ends it at once, and what is under way in it
 * @returns {Promise<{ request(method: string, params?: object): Promise<object>, close(): Promise<void> }>} `request`
 *   answers the whole message of JSON-RPC
 */
export async function openMcp({ url, transport, headers = {} }, connections, signal) {
  const { origin, pathname, search } = new URL(url);
  // One more than there are calls at once: an event stream holds its own as long as the session.
  const pool = new Pool(origin, { connections: connections + 1, pipelining: 1, bodyTimeout: 0 });
  signal?.addEventListener('abort', () => pool.destroy(signal.reason), { once: true });
  const wire = await TRANSPORTS[transport](pool, pathname + search, {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...headers,
  });
  let lastId = 0;
  const request = (method, params) => {
    lastId += 1;
    return wire.exchange({ jsonrpc: '2.0', id: lastId, method, ...(params && { params }) });
  };
  const { result, error } = await request('initialize', HANDSHAKE);
  if (!result) throw new Error(`${url} refused the handshake: ${JSON.stringify(error)}`);
  await wire.notify({ jsonrpc: '2.0', method: 'notifications/initialized' });
  const close = async () => {
    await wire.end();
    await pool.destroy();
  };
  return { request, close };
}

const TRANSPORTS = {
  /** An answer comes back on the request that asked for it. */
  streamable: async (pool, path, headers) => {
    const ofSession = { ...headers };
    const post = async (message) => {
      const response = await pool.request({
        method: 'POST',
        path,
        headers: ofSession,
        body: JSON.stringify(message),
      });
      return { response, text: await response.body.text() };
    };
    return {
      async exchange(message) {
        const { response, text } = await post(message);
        if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${text.slice(0, 300)}`);
        const session = response.headers['mcp-session-id'];
        if (message.method === 'initialize') {
          ofSession['mcp-protocol-version'] = PROTOCOL;
          if (session) ofSession['mcp-session-id'] = session;
        }
        const isEvents = response.headers['content-type']?.startsWith('text/event-stream');
        return isEvents ? answerIn(text, message.id) : JSON.parse(text);
      },
      notify: post,
      async end() {
        if (!ofSession['mcp-session-id']) return;
        const { body } = await pool.request({ method: 'DELETE', path, headers: ofSession });
        await body.dump();
      },
    };
  },

  /** All answers come back on one event stream. */
  sse: async (pool, path, headers) => {
    const stream = await pool.request({
      method: 'GET',
      path,
      headers: { ...headers, accept: 'text/event-stream' },
    });
    if (stream.statusCode !== 200) throw new Error(`${stream.statusCode} ${await stream.body.text()}`);
    const waiting = new Map();
    const { promise: endpoint, resolve: endpointIs, reject: giveUp } = Promise.withResolvers();
    let rest = '';
    stream.body.setEncoding('utf8');
    stream.body.on('close', () => {
      const over = new Error('The event stream ended');
      giveUp(over);
      for (const { reject } of waiting.values()) reject(over);
    });
    stream.body.on('error', () => undefined);
    stream.body.on('data', (chunk) => {
      const events = (rest + chunk).split(/\r?\n\r?\n/);
      rest = events.pop();
      for (const event of events) {
        const data = dataOf(event);
        if (/^event: ?endpoint/m.test(event)) endpointIs(data);
        else if (data) {
          const message = JSON.parse(data);
          waiting.get(message.id)?.resolve(message);
          waiting.delete(message.id);
        }
      }
    });
    const to = await endpoint;
    const post = async (message) => {
      const { body, statusCode } = await pool.request({
        method: 'POST',
        path: to,
        headers,
        body: JSON.stringify(message),
      });
      const text = await body.text();
      if (statusCode >= 300) throw new Error(`${statusCode} ${text.slice(0, 300)}`);
    };
    return {
      async exchange(message) {
        const answer = Promise.withResolvers();
        waiting.set(message.id, answer);
        await Promise.all([post(message), answer.promise]);
        return answer.promise;
      },
      notify: post,
      end: async () => void stream.body.destroy(),
    };
  },
};

/** The answer to a request, among what else its event stream says. */
function answerIn(text, id) {
  for (const event of text.split(/\r?\n\r?\n/)) {
    const data = dataOf(event);
    const message = data && JSON.parse(data);
    if (message?.id === id) return message;
  }
  throw new Error(`No answer in ${text.slice(0, 300)}`);
}

function dataOf(event) {
  return event
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length).trimStart())
    .join('\n');
}
