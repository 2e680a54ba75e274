import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@patchbay/contracts';
import { OutboundClient } from '@patchbay/service';
import { REGISTRY_TOKEN, startMcpRegistry, type LocalServer } from '@patchbay/testing';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { ToolsConfig } from '../config.js';
import type { ListedPrograms } from './listed.programs.js';
import { McpRegistriesService } from './mcp-registries.service.js';
import { registrySettings } from './registry.settings.js';

const projectId = 'pr_test';
const Settings = z.object(registrySettings);
const settings = (given: Record<string, string>) => Settings.parse(given);

let registry: LocalServer;
const opened: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  registry = await startMcpRegistry('http://127.0.0.1:1');
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await registry?.close();
});

function serviceFor(given: Record<string, string>): McpRegistriesService {
  const service = new McpRegistriesService(
    settings(given) as ToolsConfig,
    new OutboundClient(['127.0.0.1:1']),
    {
      list: async () => ({ packages: [], refusal: 'Programs are switched off.' }),
    } as unknown as ListedPrograms,
  );
  opened.push({ close: () => service.onApplicationShutdown() });
  return service;
}
const both = (more: Record<string, string> = {}) =>
  serviceFor({
    PATCHBAY_MCP_REGISTRIES: `public=${registry.url},ours=${registry.url}/ours/`,
    PATCHBAY_MCP_REGISTRY_TOKENS: `ours=${REGISTRY_TOKEN}`,
    ...more,
  });
const names = (found: { items: { name: string }[] }) => found.items.map(({ name }) => name);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );

/** A registry that answers as a test likes, and counts how often it is asked. */
async function oddRegistry(listener: RequestListener) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({ close: async () => void server.close() });
  const { port } = server.address() as AddressInfo;
  const service = serviceFor({ PATCHBAY_MCP_REGISTRIES: `odd=http://127.0.0.1:${port}` });
  return { service, asked: () => asked };
}

describe('registries of MCP servers', () => {
  it('are the official one, unless the operator says others, or none', () => {
    expect(serviceFor({}).list()).toEqual([
      { name: 'official', url: 'https://registry.modelcontextprotocol.io' },
    ]);
    expect(serviceFor({ PATCHBAY_MCP_REGISTRIES: 'none' }).list()).toEqual([]);
    for (const odd of [
      'x',
      'A=https://x.example',
      'a=ftp://x.example',
      'a=https://x.example,a=https://y.example',
    ])
      expect(Settings.safeParse({ PATCHBAY_MCP_REGISTRIES: odd }).success).toBe(false);
    for (const odd of ['io.github', 'io.github.*', '*/x'])
      expect(Settings.safeParse({ PATCHBAY_MCP_REGISTRY_ALLOWED: odd }).success).toBe(false);
  });

  it('are searched page by page, each server in its newest version and none that was deleted', async () => {
    const service = both();
    const all: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await service.search({ projectId, limit: 4, cursor });
      all.push(...names(page));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(all).toHaveLength(14);
    expect(new Set(all).size).toBe(14);
    expect(all).not.toContain('test.patchbay/gone');
    expect(await service.search({ projectId, limit: 4, search: 'open-mcp' })).toMatchObject({
      items: [{ version: '1.1.0', refusal: null, ways: ['sse', 'streamable-http'] }],
    });
  });

  it('show of an entry what it asks for, and why it cannot be added', async () => {
    const service = both();
    const refusalOf = async (server: string) => (await service.get({ projectId, server })).refusal;
    expect(
      await service.get({ projectId, server: 'test.patchbay/open-mcp', version: '1.0.0' }),
    ).toMatchObject({
      version: '1.0.0',
      suggestedSlug: 'open',
    });
    expect(await refusalOf('test.patchbay/keyed')).toBeNull();
    expect(await refusalOf('test.patchbay/inside')).toMatch(/not a public address/);
    expect(await refusalOf('test.patchbay/broken')).toMatch(/not as server.json has it/);
    expect(await refusalOf('io.github.upstash/context7')).toMatch(/a program/);
    expect(await codeOf(service.get({ projectId, server: 'no.such/server' }))).toBe('not_found');
    expect(await codeOf(service.get({ projectId, registry: 'other', server: 'no.such/server' }))).toBe(
      'not_found',
    );
  });

  it('show what the operator does not allow, and do not add it', async () => {
    const service = both({ PATCHBAY_MCP_REGISTRY_ALLOWED: 'ours:*,com.apify/*,io.github.PostHog/mcp' });
    expect(names(await service.search({ projectId, limit: 100 }))).toEqual([
      'io.github.PostHog/mcp',
      'com.apify/apify-mcp-server',
    ]);
    // The one that is allowed is pages away.
    expect(names(await service.search({ projectId, limit: 1, cursor: 'at:1' }))).toEqual([
      'com.apify/apify-mcp-server',
    ]);
    const server = 'test.patchbay/open-mcp';
    expect((await service.get({ projectId, server })).refusal).toMatch(/does not allow/);
    const source = { type: 'mcp_registry', server } as const;
    expect(await codeOf(service.choose(projectId, 'open', source))).toBe('forbidden');
    expect(await service.choose(projectId, 'open', { ...source, registry: 'ours' })).toMatchObject({
      url: 'http://127.0.0.1:1/sessions/registry-open/mcp',
      ref: { registry: 'ours', version: '1.1.0' },
    });
  });

  it('are asked once for what is asked side by side, and again later', async () => {
    const { service, asked } = await oddRegistry((_, response) => response.end('{"servers":[]}'));
    await Promise.all([1, 2, 3].map(() => service.search({ projectId, limit: 5 })));
    expect(asked()).toBe(1);
    await service.search({ projectId, limit: 6 });
    expect(asked()).toBe(2);
  });

  it.each<[string, RequestListener]>([
    ['no JSON', (_, response) => response.end('<html>')],
    ['a list', (_, response) => response.end('[]')],
    ['what nests without end', (_, response) => response.end(`{"servers":[${'['.repeat(5_000)}`)],
    ['a failure', (_, response) => response.writeHead(500).end()],
    ['a refusal', (_, response) => response.writeHead(403).end()],
    ['a way elsewhere', (_, response) => response.writeHead(302, { location: 'http://10.0.0.1/' }).end()],
    ['more than it may', (_, response) => response.end(`{"servers":["${'x'.repeat(5 * 1024 * 1024)}"]}`)],
  ])('that answer %s are unavailable, and nothing of it is remembered', async (_, listener) => {
    const { service, asked } = await oddRegistry(listener);
    for (const time of [1, 2]) {
      expect(await codeOf(service.search({ projectId, limit: 5 }))).toMatch(
        /^(unavailable|invalid_request)$/,
      );
      expect(asked()).toBe(time);
    }
  });

  it('cannot answer one server for another', async () => {
    const { service } = await oddRegistry((_, response) =>
      response.end(JSON.stringify({ server: { name: 'evil.example/one', version: '1', remotes: [] } })),
    );
    expect(await codeOf(service.get({ projectId, server: 'good.example/one' }))).toBe('unavailable');
  });
});
