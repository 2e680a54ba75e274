import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { freePort } from '@patchbay/local';
import { createEmulator } from 'emulate';
import { listenLocally, type LocalServer } from './local.server.js';

/** What an emulator has not: by method and path. @returns the answer's JSON; undefined: it is the emulator's after all */
export type Fill = (request: {
  method: string;
  path: string;
  body: string;
  headers: IncomingMessage['headers'];
  /** Asks the emulator, as who asked. */
  ask: (path: string) => Promise<Record<string, unknown>>;
}) => Promise<object | undefined> | object | undefined;

/** An emulator with what it leaves out of its provider's API. */
export async function startFilledEmulator(
  { service, seed }: { service: 'google' | 'stripe'; seed: (url: string) => Record<string, unknown> },
  fill: Fill,
): Promise<LocalServer> {
  const [inner, outer] = [await freePort(), await freePort()];
  const innerUrl = `http://localhost:${inner}`;
  const url = `http://127.0.0.1:${outer}`;
  const emulator = await createEmulator({ service, port: inner, baseUrl: innerUrl, seed: seed(url) });
  const server = await listenLocally(outer, (request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  return {
    url,
    close: async () => {
      await server.close();
      await emulator.close();
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/' } = request;
    const { host: _, connection: __, 'content-length': ___, ...given } = request.headers;
    const headers = given as Record<string, string>;
    const bytes = await buffer(request);
    const ask = async (asked: string) =>
      (await (await fetch(innerUrl + asked, { headers })).json()) as Record<string, unknown>;
    const filled = await fill({ method, path, body: bytes.toString(), headers, ask });
    if (filled) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(filled));
      return;
    }
    const body = method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(bytes) };
    const found = await fetch(innerUrl + path, { method, headers, ...body });
    const type = found.headers.get('content-type') ?? 'application/json';
    response.writeHead(found.status, { 'content-type': type }).end(Buffer.from(await found.arrayBuffer()));
  }
}
