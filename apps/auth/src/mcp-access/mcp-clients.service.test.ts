import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  OutboundClient,
  UNAUTHENTICATED,
  type OutboundPurpose,
  type OutboundRequest,
} from '@patchbay/service';
import type { Vault } from '../vault/index.js';
import { McpClientsService } from './mcp-clients.service.js';

const ID = 'https://client.example/client.json';
const RETURN_TO = 'https://app.example/callback';
const requests: IncomingMessage[] = [];
let server: Server;
let port: number;
let answer: () => { status?: number; headers?: Record<string, string>; body: string };

const document = (client_id = ID, more: object = {}) =>
  JSON.stringify({ client_id, client_name: 'Described', redirect_uris: [RETURN_TO], ...more });

/** Sends what is meant for the client's public host to this machine, and keeps for what it was sent. */
class DivertedClient extends OutboundClient {
  readonly purposes: OutboundPurpose[] = [];

  override async send(outbound: OutboundRequest) {
    this.purposes.push(outbound.purpose);
    const here = new URL(outbound.url.pathname, `http://127.0.0.1:${port}`);
    const purpose = { for: 'toolkit', toolkit: 'diverted' } as const;
    return { ...(await super.send({ ...outbound, purpose, url: here })), url: outbound.url };
  }
}

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request);
    const { status = 200, headers = {}, body } = answer();
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
beforeEach(() => {
  requests.length = 0;
  answer = () => ({ body: document() });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const serviceWith = (http: OutboundClient) => new McpClientsService({} as Vault, http);

describe('a client that describes itself at its id', () => {
  it('is read for somebody who has shown no key, and once', async () => {
    const http = new DivertedClient(['127.0.0.1']);
    const service = serviceWith(http);
    const client = {
      clientId: ID,
      name: 'Described',
      describedAt: 'client.example',
      redirectUris: [RETURN_TO],
    };
    expect(await service.get(ID, RETURN_TO)).toEqual(client);
    expect(await service.get(ID, RETURN_TO)).toEqual(client);
    expect(http.purposes).toEqual([UNAUTHENTICATED]);
    await http.close();
  });

  it.each([
    ['another client', () => ({ body: document('https://other.example/client.json') })],
    ['no JSON', () => ({ body: '<h1>Hello</h1>' })],
    ['more than a description', () => ({ body: document(ID, { padding: 'x'.repeat(20_000) }) })],
    ['a refusal', () => ({ status: 404, body: document() })],
  ])('is not taken from %s', async (_, given) => {
    answer = given;
    const http = new DivertedClient(['127.0.0.1']);
    await expect(serviceWith(http).get(ID, RETURN_TO)).rejects.toMatchObject({
      code: 'invalid_request',
      message: `There is no description of a client at ${ID}.`,
    });
    await http.close();
  });

  it('shows no characters that would turn what stands beside them', async () => {
    answer = () => ({ body: document(ID, { client_name: 'Bank\u202e\u0007\nAccess' }) });
    const http = new DivertedClient(['127.0.0.1']);
    expect((await serviceWith(http).get(ID, RETURN_TO)).name).toBe('Bank   Access');
    await http.close();
  });

  it('is never looked for at a private address, whatever the operator listed, nor told what is there', async () => {
    const entries = [
      '127.0.0.1',
      `localhost:${port}`,
      `127.0.0.1:${port}=mcp|unauthenticated`,
      '10.0.0.7',
      '[::1]',
    ];
    const http = new OutboundClient(entries);
    for (const id of [
      `http://127.0.0.1:${port}/client.json`,
      `https://127.0.0.1:${port}/client.json`,
      `https://localhost:${port}/client.json`,
      `https://[::1]:${port}/client.json`,
      `https://[::ffff:127.0.0.1]:${port}/client.json`,
      'https://10.0.0.7/client.json',
      'https://100.64.0.1/client.json',
      'https://169.254.169.254/latest/meta-data',
    ]) {
      const refusal = await serviceWith(http)
        .get(id, RETURN_TO)
        .catch((error: Error) => error.message);
      expect(refusal).toMatch(/^(There is no description of a client at|The client id is neither)/);
    }
    expect(requests).toHaveLength(0);
    await http.close();
  });
});
