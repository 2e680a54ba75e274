import { describe, expect, it } from 'vitest';
import { newId } from '@patchbay/contracts';
import type { InstalledToolkit, McpTool } from '@patchbay/toolkits';
import type { ProjectTunings, SearchService } from '../search/index.js';
import { Catalogue } from '../toolkits/catalogue.js';
import { CatalogueService } from './catalogue.service.js';
import type { ProjectCatalogues } from './project-catalogues.service.js';
import { ProjectCatalogue } from '../toolkits/project.catalogue.js';

const projectId = newId('project');

function tool(
  slug: string,
  tags: string[] = [],
  input: McpTool['input'] = { type: 'object', properties: {} },
): McpTool {
  return { kind: 'mcp', slug, upstreamName: slug, name: slug, description: slug, tags, input };
}

function toolkit(slug: string, tools: McpTool[]): InstalledToolkit {
  return { slug, name: slug, description: slug, logo: '', categories: [], version: '20260101_00', tools };
}

const many = (slug: string, count: number, tags?: string[]) =>
  toolkit(
    slug,
    Array.from({ length: count }, (_, index) => tool(`${slug.toUpperCase()}_${index}`, tags)),
  );

function serviceOf(...toolkits: InstalledToolkit[]) {
  const catalogue = new ProjectCatalogue([{ catalogue: new Catalogue(toolkits) }]);
  const catalogues = { of: async () => catalogue } as unknown as ProjectCatalogues;
  return new CatalogueService(catalogues, {} as SearchService, {} as ProjectTunings);
}

const list = async (service: CatalogueService, more: object) => {
  const input = { projectId, limit: 20, includeDeprecated: true, ...more };
  return service.listTools(input as Parameters<CatalogueService['listTools']>[0]);
};
const slugsOf = (page: Awaited<ReturnType<typeof list>>) => page.items.map(({ slug }) => slug);

describe('a list of the tools of several toolkits', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const service = serviceOf(...names.map((name) => many(name, 15)), many('other', 3));

  it('has some of each on its first page', async () => {
    const { items, total, nextCursor } = await list(service, { toolkits: names });
    const counts = names.map((name) => items.filter(({ toolkit: { slug } }) => slug === name).length);
    expect(counts).toEqual([3, 3, 3, 3, 3, 3, 2]);
    expect({ total, isMore: nextCursor !== null }).toEqual({ total: 105, isMore: true });
  });

  it('has each tool once over all its pages', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(service, { toolkits: names, limit: 20, cursor });
      seen.push(...slugsOf(page));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect([seen.length, new Set(seen).size]).toEqual([105, 105]);
  });

  it('gives what smaller ones leave to the larger ones', async () => {
    const uneven = serviceOf(many('a', 2), many('b', 30));
    expect(slugsOf(await list(uneven, { toolkits: ['a', 'b'], limit: 6 }))).toEqual([
      'A_0',
      'B_0',
      'A_1',
      'B_1',
      'B_2',
      'B_3',
    ]);
  });

  it('of one toolkit, or of named tools, keeps their order', async () => {
    expect(slugsOf(await list(service, { toolkits: ['b'], limit: 2 }))).toEqual(['B_0', 'B_1']);
    expect(slugsOf(await list(service, { slugs: ['B_1', 'A_0', 'B_0'] }))).toEqual(['B_1', 'A_0', 'B_0']);
  });
});

describe('the important tools', () => {
  const service = serviceOf(
    toolkit('marked', [tool('MARKED_A'), tool('MARKED_B', ['important'])]),
    many('own', 3, ['readOnlyHint']),
  );
  it('of a toolkit in which nothing is marked are all of them', async () => {
    const asked = { toolkits: ['marked', 'own'], tags: ['important'] };
    expect(slugsOf(await list(service, asked))).toEqual(['MARKED_B', 'OWN_0', 'OWN_1', 'OWN_2']);
    expect(slugsOf(await list(service, { tags: ['important'] }))).toEqual(['MARKED_B']);
  });
});

describe('the arguments of a tool', () => {
  it('have those that are required first, at every depth, as its schema names them', async () => {
    const inner = { type: 'object', properties: { x: {}, needed: {} }, required: ['needed'] };
    const input = {
      type: 'object',
      properties: { a: {}, b: { type: 'array', items: inner }, title: {}, owner: {} },
      required: ['owner', 'title'],
    };
    const { items } = await list(serviceOf(toolkit('own', [tool('OWN_A', [], input)])), {});
    const { properties } = (items[0]?.inputSchema ?? {}) as {
      properties: Record<string, { items?: { properties: object } }>;
    };
    expect(Object.keys(properties)).toEqual(['owner', 'title', 'a', 'b']);
    expect(Object.keys(properties['b']?.items?.properties ?? {})).toEqual(['needed', 'x']);
  });
});
