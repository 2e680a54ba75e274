import { createServer } from 'node:http';

/**
 * A server that does what each attack tells it: the handler of the longest prefix that fits answers.
 * @typedef {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse, url: URL) => unknown} Handler
 */
export async function startHostileProvider() {
  /** @type {Map<string, Handler>} */
  const handlers = new Map();
  const server = createServer({ maxHeaderSize: 64 * 1024 }, (request, response) => {
    const url = new URL(String(request.url), base);
    response.on('error', () => undefined);
    const prefix = [...handlers.keys()]
      .filter((known) => url.pathname.startsWith(known))
      .toSorted((one, other) => other.length - one.length)[0];
    if (prefix === undefined) {
      request.resume();
      json(response, { message: 'not here' }, 404);
      return;
    }
    Promise.resolve(handlers.get(prefix)?.(request, response, url)).catch(() => response.destroy());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const base = `http://127.0.0.1:${port}`;
  return {
    url: base,
    host: `127.0.0.1:${port}`,
    /** @param {string} prefix @param {Handler} handler */
    serve: (prefix, handler) => void handlers.set(prefix, handler),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** @param {import('node:http').ServerResponse} response @param {unknown} body */
export function json(response, body, status = 200, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** @param {import('node:http').IncomingMessage} request */
export async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
