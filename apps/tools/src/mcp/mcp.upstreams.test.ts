import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutboundClient, type Bus, type NatsClient } from '@patchbay/service';
import { eventually, PIXEL, type LocalServer, type McpControl, type McpWorld } from '@patchbay/testing';
import { startMcpServers } from '@patchbay/testing/mcp-servers';
import { ToolFailure, type McpTool } from '@patchbay/toolkits';
import type { ProviderAccess } from '../providers/provider.client.js';
import type { CallCredential } from '../providers/call-credential.js';
import { McpSession, SignInWanted } from './mcp.session.js';
import { McpUpstreams, type HttpUpstream } from './mcp.upstreams.js';

const tool = (upstreamName: string): McpTool => ({
  kind: 'mcp',
  slug: 'UP_TOOL',
  upstreamName,
  name: upstreamName,
  description: '',
  tags: [],
  input: { type: 'object', properties: {} },
});
const files: ProviderAccess['files'] = {
  read: () => Promise.reject(new Error('not asked for')),
  store: async ({ name, mimetype, bytes }) => ({
    name,
    mimetype,
    s3key: 'key',
    s3url: `https://files.example/${bytes.length}`,
  }),
};
const ownHeaders = { 'x-tenant': 'acme' };

let servers: LocalServer;
let client: OutboundClient;
let upstreams: McpUpstreams;
beforeEach(async () => {
  const ownerOf = async (token: string) => (token === 'fresh' ? 'ada' : undefined);
  servers = await startMcpServers({ issuer: 'https://issuer.example', ownerOf });
  client = new OutboundClient(['127.0.0.1']);
  // The toolkit's own headers are the only thing that is asked for.
  upstreams = newUpstreams(client, ownHeaders);
});
afterEach(async () => {
  upstreams.onApplicationShutdown();
  await servers.close();
  await client.close();
});

function newUpstreams(http: OutboundClient, headers: Record<string, string>): McpUpstreams {
  const bus = { request: async () => ({ headers }) } as unknown as Bus;
  return new McpUpstreams(http, bus, { onReturn: () => undefined } as unknown as NatsClient);
}

const upstream = (kind: string, token?: string): HttpUpstream => ({
  projectId: 'proj_a',
  slug: 'up',
  address: `${servers.url}/${kind}/up/mcp`,
  url: `${servers.url}/${kind}/up/mcp`,
  headers: token ? { authorization: `Bearer ${token}` } : {},
});

function run(kind: string, name: string, input = {}, more: Partial<ProviderAccess> = {}) {
  const content: { type: string }[] = [];
  const access = {
    toolkit: { slug: 'up', name: 'Up', addedBy: 'proj_a', baseUrl: upstream(kind).url },
    deadline: Date.now() + 20_000,
    files,
    userId: 'ada',
    ...more,
  } as ProviderAccess;
  return upstreams.run(tool(name), input, access, content).then((data) => ({ data, content }));
}

async function control(change?: McpControl): Promise<McpWorld> {
  const body = change && { method: 'POST', body: JSON.stringify(change) };
  return (await (await fetch(`${servers.url}/control/up`, body)).json()) as McpWorld;
}

describe.each(['sessions', 'stateless'])('an upstream MCP server (%s)', (kind) => {
  it('shows its tools, to each request with the headers of the toolkit, and leaves no session behind', async () => {
    const names = (await upstreams.listTools(upstream(kind))).tools.map(({ name }) => name);
    expect(names).toEqual(['add_numbers', 'draw', 'fail']);
    expect(new Set((await control()).tenants)).toEqual(new Set(['acme']));
    await eventually(async () => expect(await control()).toMatchObject({ open: 0 }));
  });

  it('runs a tool: data that is structured, and pictures as files beside what MCP clients get', async () => {
    expect(await run(kind, 'add_numbers', { a: 1, b: 2 })).toEqual({ data: { sum: 3 }, content: [] });
    const { data, content } = await run(kind, 'draw');
    expect(data).toMatchObject({
      content: [
        { type: 'text', text: 'A picture.' },
        { type: 'image', file: { name: 'image-2.png', mimetype: 'image/png', s3url: expect.any(String) } },
        { type: 'resource', resource: { text: 'About the picture.' } },
      ],
    });
    expect(JSON.stringify(data)).not.toContain(PIXEL);
    expect(content).toMatchObject([{ type: 'image', data: PIXEL }, { type: 'resource' }]);
  });

  it('says itself why a tool failed', async () => {
    await expect(run(kind, 'fail')).rejects.toThrow(
      new ToolFailure('No luck today.', { content: [{ type: 'text', text: 'No luck today.' }] }),
    );
  });

  it('tells while a session is held that its tools changed', async () => {
    const heard: string[] = [];
    upstreams.onToolsChanged = ({ projectId, slug }) => void heard.push(`${projectId} ${slug}`);
    await run(kind, 'add_numbers', { a: 1, b: 2 });
    // What is sent before its stream is open is lost.
    await eventually(async () => {
      await control({ tell: true });
      expect(heard[0]).toBe('proj_a up');
    });
  });
});

/** What a call carried to its server, and in which session. */
async function seenBy(kind: string, more: Partial<ProviderAccess>) {
  const { data } = await run(kind, 'show_request', {}, more);
  const { authorization, 'mcp-session-id': session } = data['headers'] as Record<string, string>;
  return { authorization, session };
}
const ofAccount = (connectionId: string, secret: string) =>
  ({ connectionId, headers: { authorization: secret } }) as unknown as CallCredential;
const ofThisCall = (secret: string): CallCredential => ({
  headers: { authorization: secret },
  query: {},
  urlValues: {},
  isOfThisCall: true,
});

describe.each(['sessions', 'stateless'])('calls of several users at an upstream MCP server (%s)', (kind) => {
  it('carry nothing of a credential that came with another call', async () => {
    const alice = await seenBy(kind, { userId: 'alice', credential: ofThisCall('alice-secret') });
    expect(alice.authorization).toBe('alice-secret');
    for (const userId of ['bob', 'carol', 'alice'])
      expect((await seenBy(kind, { userId })).authorization).toBeUndefined();
    await eventually(async () => expect((await control()).open).toBe(kind === 'sessions' ? 3 : 0));
  });

  it('each carry their own credential, however they run into each other', async () => {
    const callers = Array.from({ length: 120 }, (_, n) => {
      const userId = `user-${n % 8}`;
      const secret = `${userId}-secret-${n % 3 === 2 ? n : ''}`;
      if (n % 3 === 0) return { secret: undefined, access: { userId } };
      const credential = n % 3 === 1 ? ofAccount(`ca_${userId}`, secret) : ofThisCall(secret);
      return { secret, access: { userId, credential } };
    });
    const seen = await Promise.all(callers.map(({ access }) => seenBy(kind, access)));
    expect(seen.map(({ authorization }) => authorization)).toEqual(callers.map(({ secret }) => secret));
  });

  it('carry what each opened while an account is renewed under way', async () => {
    const secrets = Array.from({ length: 60 }, (_, n) => (n < 20 ? 'old' : n % 5 === 0 ? 'old' : 'new'));
    const seen = await Promise.all(
      secrets.map((secret) => seenBy(kind, { credential: ofAccount('ca_1', secret) })),
    );
    expect(seen.map(({ authorization }) => authorization)).toEqual(secrets);
    await seenBy(kind, { credential: ofAccount('ca_1', 'new') });
    await eventually(async () => expect((await control()).open).toBe(kind === 'sessions' ? 1 : 0));
  });
});

describe('a session with an upstream MCP server', () => {
  it('is not shared by two users of one account', async () => {
    const credential = ofAccount('ca_shared', 'shared');
    const [ada, bob, again] = await Promise.all([
      seenBy('sessions', { userId: 'ada', credential }),
      seenBy('sessions', { userId: 'bob', credential }),
      seenBy('sessions', { userId: 'ada', credential }),
    ]);
    expect(ada.session).toBe(again.session);
    expect(ada.session).not.toBe(bob.session);
  });

  it('holds one stream a toolkit open for what its server says by itself', async () => {
    for (let n = 0; n < 5; n += 1) await seenBy('sessions', { userId: `user-${n}` });
    await eventually(async () => expect((await control()).streams).toBe(1));
  });

  it('is one for all calls of an account, and begun again once when it has ended', async () => {
    for (const b of [1, 2, 3]) await run('sessions', 'add_numbers', { a: 1, b });
    expect(await control({ endSessions: true })).toMatchObject({ opened: 1 });
    const answers = await Promise.all([4, 5, 6].map((b) => run('sessions', 'add_numbers', { a: 1, b })));
    expect(answers.map(({ data }) => data)).toEqual([{ sum: 5 }, { sum: 6 }, { sum: 7 }]);
    expect(await control()).toMatchObject({ opened: 2, open: 1 });
  });

  it('is shown the account of each call, and a renewed one after a 401', async () => {
    const refusal: unknown = await upstreams
      .listTools(upstream('private', 'stale'))
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(SignInWanted);
    const { challenge } = refusal as SignInWanted;
    expect(challenge.resourceMetadataUrl?.pathname).toBe(
      '/.well-known/oauth-protected-resource/private/up/mcp',
    );
    const credential = { connectionId: 'ca_1', headers: { authorization: 'Bearer stale' } };
    const fresh = { connectionId: 'ca_1', headers: { authorization: 'Bearer fresh' } };
    const access = { credential, refresh: async () => fresh } as unknown as Partial<ProviderAccess>;
    expect(await run('private', 'add_numbers', { a: 1, b: 2 }, access)).toMatchObject({ data: { sum: 3 } });
  });

  it("is opened with none of the headers that are the protocol's or the connection's", async () => {
    for (const name of ['Mcp-Session-Id', 'accept', 'Host']) {
      const credential = { ...ofThisCall('mine'), headers: { [name]: 'x' } };
      await expect(run('sessions', 'draw', {}, { credential })).rejects.toThrow(
        `The header ${name.toLowerCase()} is`,
      );
    }
    expect((await control()).opened).toBe(0);
  });

  it('is not opened at a private address', async () => {
    const guarded = new OutboundClient([]);
    const careful = newUpstreams(guarded, {});
    await expect(careful.listTools(upstream('sessions'))).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('is not a public address'),
    });
    await guarded.close();
  });
});

describe('an MCP server that lies', () => {
  let server: Server;
  async function opening(listener: RequestListener, openWithinMs = 15_000) {
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
    return McpSession.open(client, url, {}, { toolkit: 'up', openWithinMs });
  }
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is given up when it never answers', async () => {
    await expect(opening(() => undefined, 500)).rejects.toThrow(/timed out|did not answer within 500 ms/);
  });

  it('is said to be none when it answers a page', async () => {
    const page: RequestListener = (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>');
    await expect(opening(page)).rejects.toThrow(/text\/html/);
  });

  it('is cut off when it sends without end', async () => {
    const chunk = Buffer.alloc(256 * 1024, 'x');
    const pour: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    };
    const before = process.memoryUsage().rss;
    await expect(opening(pour)).rejects.toThrow('sent more than 10485760 bytes');
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it('is reported as unreachable when no server listens', async () => {
    await servers.close();
    await expect(McpSession.open(client, new URL(servers.url), {}, { toolkit: 'up' })).rejects.toThrow(
      'could not be reached (ECONNREFUSED)',
    );
  });
});
