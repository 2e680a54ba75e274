import { connectionFieldsOf } from './auth-spec.js';
import { describe, expect, it } from 'vitest';
import { headerRefusal } from '@patchbay/contracts';
import { SHIPPED_TOOLKITS } from './catalogue.js';
import { readIndex, readTools } from './data-file.js';
import { argumentTextsOf } from './json-schema.js';
import { applyOverrides } from './overrides.js';
import { withImported } from './shipped.js';
import { httpTool, type HttpTool, type ToolkitSpec } from './toolkit.js';

const index = readIndex();
const written: ToolkitSpec = {
  slug: 'giphy',
  name: 'Our Giphy',
  description: 'Pictures.',
  logo: 'data:image/svg+xml,x',
  categories: ['images'],
  version: '20260101_00',
  baseUrl: 'https://api.giphy.com/v1',
  tools: [
    httpTool({
      slug: 'GIPHY_FIND',
      name: 'Find',
      description: 'Finds.',
      method: 'GET',
      path: '/gifs/search',
      input: {},
      tags: [],
    }),
    httpTool({
      slug: 'GIPHY_RANDOM_GIF',
      name: 'Any',
      description: 'Any.',
      method: 'POST',
      path: '/any',
      input: {},
      tags: [],
    }),
  ],
};

describe('a toolkit that is written by hand and imported', () => {
  const giphy = withImported([written]).find(({ slug }) => slug === 'giphy');
  const slugs = giphy?.tools.map(({ slug }) => slug) ?? [];

  it("has the written manifest and the tools of both, the written one's first", () => {
    expect(giphy).toMatchObject({ name: 'Our Giphy', version: '20260101_00' });
    expect(slugs.slice(0, 2)).toEqual(['GIPHY_FIND', 'GIPHY_RANDOM_GIF']);
    expect(slugs).toContain('GIPHY_TRENDING_GIFS');
  });

  it('has no imported tool of the same slug, nor one of the same request', () => {
    expect(slugs.filter((slug) => slug === 'GIPHY_RANDOM_GIF')).toHaveLength(1);
    expect(slugs).not.toContain('GIPHY_SEARCH_GIFS');
    expect(giphy?.tools[0]?.aliases).toEqual(['GIPHY_SEARCH_GIFS']);
  });
});

/** Every request of theirs needs what only the person knows, such as the id of a project, or is paid for. */
const NOTHING_TO_CHECK_BY = ['agentql', 'api2pdf', 'mixpanel'];

describe('what ships', () => {
  it('runs a tool by the slugs that it had before, also one that is now written by hand', () => {
    const github = SHIPPED_TOOLKITS.find(({ slug }) => slug === 'github');
    const named = github?.tools.find(({ aliases }) => aliases?.includes('GITHUB_ISSUES_CREATE'));
    expect(named?.slug).toBe('GITHUB_CREATE_AN_ISSUE');
  });

  it('reads the tools of a toolkit when they are asked for, and not before', () => {
    const [first] = applyOverrides(withImported([]), {});
    expect(Object.getOwnPropertyDescriptor(first, 'tools')).not.toHaveProperty('value');
    expect(first?.tools).toBe(first?.tools);
  });

  it('knows the arguments of an imported tool without its schema', () => {
    const tools = SHIPPED_TOOLKITS.flatMap((toolkit) => toolkit.tools).filter((tool) => tool.kind === 'http');
    const named = tools.filter(({ argumentNames }) => argumentNames !== undefined);
    expect(named.length).toBeGreaterThan(3_000);
    const wrong = named.filter(
      (tool) =>
        JSON.stringify(tool.argumentNames) !== JSON.stringify(argumentTextsOf(tool).map(([name]) => name)),
    );
    expect(wrong.map(({ slug }) => slug)).toEqual([]);
  });

  it('reads the schemas of a toolkit when one is asked for, and gives each time the same', () => {
    const [tool] = readTools('giphy');
    expect(Object.getOwnPropertyDescriptor(tool, 'input')).not.toHaveProperty('value');
    expect(tool?.input).toBe(tool?.input);
  });

  it('is at least 20 toolkits, 3,000 tools and most of GitHub', () => {
    const count = SHIPPED_TOOLKITS.reduce((sum, { tools }) => sum + tools.length, 0);
    expect(SHIPPED_TOOLKITS.length).toBeGreaterThanOrEqual(20);
    expect(count).toBeGreaterThanOrEqual(3_000);
    expect(SHIPPED_TOOLKITS.find(({ slug }) => slug === 'github')?.tools.length).toBeGreaterThan(800);
  });

  it.each(Object.entries(index).map(([slug, entry]) => [slug, entry] as const))(
    '%s holds as many tools as its list says, and says where they are from',
    (slug, { tools, source }) => {
      expect(readTools(slug)).toHaveLength(tools);
      const isOurs = source.drawnUp?.by === 'Patchbay';
      expect(source.file.startsWith('libs/toolkits/recipes/documents/')).toBe(isOurs);
      expect(source.package).toMatch(isOurs ? /^$/ : /@(?:\d+\.|[0-9a-f]{10}$)/);
      expect(source).toMatchObject({
        title: expect.stringMatching(/./),
        published: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      });
    },
  );

  it('says of each imported toolkit where its sign-in is from', () => {
    const silent = Object.entries(index).filter(([, { source }]) => source.signIn === undefined);
    expect(silent.map(([slug]) => slug)).toEqual([]);
  });

  it.each(
    SHIPPED_TOOLKITS.filter(({ server }) => !server).map((toolkit) => [toolkit.slug, toolkit] as const),
  )('%s marks the tools that are most asked for, and no more than one can look over', (_, { tools }) => {
    const marked = tools.filter(({ tags }) => tags.includes('important'));
    expect(marked.length).toBeGreaterThanOrEqual(1);
    expect(marked.length).toBeLessThanOrEqual(16);
  });

  it('can check the credentials of each imported toolkit that came with a source for its sign-in', () => {
    const unchecked = Object.entries(index).filter(
      ([slug, { source, toolkit }]) =>
        (source.package.startsWith('github:') || source.drawnUp) &&
        !toolkit.currentUser &&
        !NOTHING_TO_CHECK_BY.includes(slug),
    );
    expect(unchecked.map(([slug]) => slug)).toEqual([]);
  });

  it('sends credentials by https alone, and asks for what its addresses leave open', () => {
    const wrong = SHIPPED_TOOLKITS.flatMap(({ slug, baseUrl = 'https://', auth = [] }) =>
      auth.flatMap((spec) => {
        const urls = Object.entries({ baseUrl, ...spec }).filter(
          ([name]) => name.endsWith('Url') && name !== 'helpUrl',
        );
        const known = [
          ...connectionFieldsOf(spec).map(({ name }) => name),
          ...Object.keys(spec.lookup?.values ?? {}),
        ];
        return urls.flatMap(([name, value]) => {
          const url = typeof value === 'string' ? value : '';
          const open = [...url.matchAll(/\{([\w-]+)\}/g)].map(([, place = '']) => place);
          const isFilled = open.every((place) => known.includes(place));
          return url.startsWith('https://') && isFilled ? [] : [`${slug}: ${name} ${url}`];
        });
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('sets no header that only the platform sets', () => {
    const named = SHIPPED_TOOLKITS.flatMap(({ headers, auth = [], tools }) => [
      ...Object.keys(headers ?? {}),
      ...auth.flatMap(({ placement }) => Object.keys(placement?.headers ?? {})),
      ...tools.flatMap((tool) => (tool.kind === 'http' ? headersOf(tool) : [])),
    ]);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => headerRefusal(name, '') !== undefined)).toEqual([]);
  });

  // Paths of imported tools stand under the address that their document has.
  it.each(
    SHIPPED_TOOLKITS.filter(({ slug }) => Object.hasOwn(index, slug)).map(
      (toolkit) => [toolkit.slug, toolkit] as const,
    ),
  )('%s is where its imported tools expect it', (slug, { baseUrl }) => {
    expect(pathOf(baseUrl)).toBe(pathOf(index[slug]?.toolkit.baseUrl));
  });
});

function headersOf({ headers = {}, places = {} }: HttpTool): string[] {
  const said = Object.entries(places).filter(([, place]) => place.in === 'header');
  return [...Object.keys(headers), ...said.map(([argument, { name = argument }]) => name)];
}

/** Of an address without its host, which an operator or an account may change. */
function pathOf(baseUrl = ''): string {
  return baseUrl.replace(/^https?:\/\/[^/]*/, '').replace(/\/$/, '');
}
