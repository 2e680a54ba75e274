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

  it('are 100 and more, and stand back where a toolkit has tools of its own', () => {
    const servers = SHIPPED_TOOLKITS.filter(({ server }) => server);
    expect(servers.length).toBeGreaterThanOrEqual(100);
    expect(SHIPPED_TOOLKITS.filter(({ slug }) => slug === 'github')).toMatchObject([
      { quality: { grade: 'written' } },
    ]);
    const slugs = SHIPPED_TOOLKITS.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(slugs.length);
  });
});
