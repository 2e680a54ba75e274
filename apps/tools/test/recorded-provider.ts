import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OutboundClient, type OutboundRequest } from '@patchbay/service';

/** One request that a tool should make, and what the provider then answers. */
export interface Exchange {
  /** Method and whole address, as in the provider's documentation: `GET https://api.example/v1/me?full=true`. */
  request: string;
  /** JSON as what it says, a form or a text as it is written. */
  body?: unknown;
  headers?: Record<string, string>;
  status?: number;
  answer?: unknown;
  answerHeaders?: Record<string, string>;
}

export interface SeenRequest {
  request: string;
  body: unknown;
  headers: Record<string, string | string[] | undefined>;
}

const ORIGIN = 'x-test-origin';

/** Sends what is meant for any provider to the one on this machine, which learns whom it stands for. */
class DivertedClient extends OutboundClient {
  constructor(private readonly port: () => number) {
    super(['127.0.0.1']);
  }

  override async send(outbound: OutboundRequest) {
    const { url, headers } = outbound;
    const here = new URL(url.pathname + url.search, `http://127.0.0.1:${this.port()}`);
    const answer = await super.send({
      ...outbound,
      // Where it was meant to go is not where it goes: that it may is not asked here.
      purpose: { for: 'toolkit', toolkit: 'diverted' },
      url: here,
      headers: { ...headers, [ORIGIN]: url.origin },
    });
    return { ...answer, url };
  }
}

/** A provider that answers what it was told to, and remembers what it was asked. */
export class RecordedProvider {
  seen: SeenRequest[] = [];
  private expected: Exchange[] = [];
  private readonly server = createServer((request, response) => void this.answer(request, response));
  readonly client = new DivertedClient(() => (this.server.address() as AddressInfo).port);

  start(): Promise<void> {
    // A connection that this end gave up while a busy machine was about to use it would look like a broken one.
    this.server.keepAliveTimeout = 60_000;
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    await this.client.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  expect(exchanges: Exchange[]): void {
    this.seen = [];
    this.expected = [...exchanges];
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const line = readable(`${request.method} ${String(request.headers[ORIGIN])}${request.url}`);
    this.seen.push({
      request: line,
      body: readBody(request, Buffer.concat(chunks)),
      headers: request.headers,
    });
    const index = this.expected.findIndex((exchange) => readable(exchange.request) === line);
    const [exchange] = index < 0 ? [] : this.expected.splice(index, 1);
    if (!exchange) {
      response.writeHead(501).end(`No answer is recorded for ${line}`);
      return;
    }
    const { status = 200, answer = {}, answerHeaders } = exchange;
    const isRaw = typeof answer === 'string' || Buffer.isBuffer(answer);
    response.writeHead(status, {
      'content-type': isRaw ? 'text/plain' : 'application/json',
      ...answerHeaders,
    });
    response.end(isRaw ? answer : JSON.stringify(answer));
  }
}

/** A request's line as people read it: what is encoded in it, decoded. */
export function readable(line: string): string {
  const [place = '', query] = line.split(/\?(.*)/s);
  if (!query) return decodeURI(place);
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => `${name}=${value}`);
  return `${decodeURI(place)}?${pairs.join('&')}`;
}

function readBody(request: IncomingMessage, bytes: Buffer): unknown {
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return undefined;
  if (type.startsWith('application/json')) return JSON.parse(bytes.toString()) as unknown;
  if (type.includes('form-urlencoded')) return Object.fromEntries(new URLSearchParams(bytes.toString()));
  return bytes.toString();
}
