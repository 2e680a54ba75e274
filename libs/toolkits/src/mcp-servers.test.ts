import { describe, expect, it } from 'vitest';
import { SHIPPED_TOOLKITS } from './catalogue.js';
import { McpServerManifest, readMcpServers } from './mcp-servers.js';

const manifests = readMcpServers();

describe("the manifests of vendors' MCP servers", () => {
  it.each(manifests.map((manifest) => [manifest.slug, manifest] as const))('%s is one', (_, manifest) => {
    const { error } = McpServerManifest.safeParse(manifest);
    expect(error?.issues ?? []).toEqual([]);
    expect(manifest.description).toMatch(/\.$/);
  });

  it('are each of another toolkit and another address', () => {
    const twice = (values: string[]) => values.filter((value, at) => values.indexOf(value) !== at);
    expect(twice(manifests.map(({ slug }) => slug))).toEqual([]);
    expect(twice(manifests.map(({ url }) => url))).toEqual([]);
  });

  it('take the place of no toolkit that has tools of its own', () => {
    const served = SHIPPED_TOOLKITS.filter(({ server }) => !server).map(({ slug }) => slug);
    expect(manifests.filter(({ slug }) => served.includes(slug)).map(({ slug }) => slug)).toEqual([]);
  });
});
