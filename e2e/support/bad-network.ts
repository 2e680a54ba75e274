import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { environment } from './environment.js';

/** A request as it came through, in its order. */
export interface Passed {
  method: string;
  path: string;
  /** How often the client has sent it before, by its own count. */
  retryCount: number;
}

export interface BadNetwork {
  url: string;
  passed: Passed[];
  /** Called as each request comes through. */
  onPass: (passed: Passed) => void;
  /** Whether the answer to a request is lost on its way back. */
  loses: (passed: Passed) => boolean;
  close(): void;
}

/** What lies between a client and the platform: it passes requests on, and can lose the answers. */
export async function startBadNetwork(): Promise<BadNetwork> {
  const target = new URL(environment.baseUrl);
  const network: BadNetwork = {
    url: '',
    passed: [],
    onPass: () => {},
    loses: () => false,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  const server = createServer((request, response) => {
    const passed = describe(request);
    network.passed.push(passed);
    const onward = httpRequest(
      {
        host: target.hostname,
        port: target.port,
        method: request.method,
        path: request.url,
        headers: request.headers,
      },
      (answer) => {
        if (network.loses(passed)) {
          answer.resume().once('end', () => request.socket.destroy());
          return;
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.once('error', () => request.socket.destroy());
    response.once('close', () => onward.destroy());
    request.pipe(onward);
    network.onPass(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  network.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return network;
}

function describe({ method = '', url = '', headers }: IncomingMessage): Passed {
  return { method, path: url, retryCount: Number(headers['x-stainless-retry-count'] ?? 0) };
}
