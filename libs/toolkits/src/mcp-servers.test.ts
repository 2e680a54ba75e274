import { describe, expect, it } from 'vitest';
import { SHIPPED_TOOLKITS } from './catalogue.js';
import { readIndex } from './data-file.js';
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

  it('give way to a toolkit of the same slug that has tools of its own', () => {
    const slugs = SHIPPED_TOOLKITS.map(({ slug }) => slug);
    expect(slugs.filter((slug, at) => slugs.indexOf(slug) !== at)).toEqual([]);
    const imported = new Set(Object.keys(readIndex()));
    expect(SHIPPED_TOOLKITS.filter(({ slug, server }) => server && imported.has(slug))).toEqual([]);
  });
});
