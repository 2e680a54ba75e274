import { describe, expect, it } from 'vitest';
import { SessionScope } from '@patchbay/contracts';
import { WordVectors } from '@patchbay/search';
import { createLogger } from '@patchbay/service';
import { eventually } from '@patchbay/testing';
import { httpTool, SHIPPED_TOOLKITS } from '@patchbay/toolkits';
import { z } from 'zod';
import { Catalogue, type CatalogueEntry } from '../toolkits/catalogue.js';
import { ProjectCatalogue } from '../toolkits/project.catalogue.js';
import type { Encoder } from './encoder.js';
import { EmbeddingCache } from './embedding.cache.js';
import { LocalEmbeddings } from './local.embeddings.js';
import { SearchService } from './search.service.js';
import { ToolkitNames } from './toolkit.names.js';

const shipped = new Catalogue(SHIPPED_TOOLKITS);
const catalogue = new ProjectCatalogue([{ catalogue: shipped }]);
const byWords = new SearchService(shipped, undefined);

/** A model for which sentences mean the same when they name the same thing of these. */
const PICTURES: Encoder = {
  batch: 100,
  encode: async (texts) =>
    texts.map((text) => [
      0.1,
      ...[String.raw`\b(drizzle|rain)\b`, 'issue'].map((sense) => Number(new RegExp(sense, 'i').test(text))),
    ]),
  close: async () => {},
};

function searchWith(encoder: Encoder): SearchService {
  return new SearchService(shipped, new EmbeddingCache(encoder, createLogger('test', 'silent')));
}

async function find(useCase: string, scope: object = {}, toolkits?: string[]) {
  const { hits, tools } = await byWords.search(catalogue, {
    queries: [{ useCase }],
    scope: SessionScope.parse(scope),
    toolkits,
  });
  const [hit] = hits;
  if (!hit) throw new Error('one query, no answer');
  return { ...hit, all: [...hit.primaryTools, ...hit.relatedTools], tools };
}

describe('search', () => {
  it.each([
    ['open a new issue in a GitHub repository', 'GITHUB_CREATE_AN_ISSUE'],
    ['create github issues', 'GITHUB_CREATE_AN_ISSUE'],
    ['comment on an issue', 'GITHUB_CREATE_AN_ISSUE_COMMENT'],
    ['star a repo', 'GITHUB_STAR_A_REPOSITORY_FOR_THE_AUTHENTICATED_USER'],
    ['list the commits of a branch', 'GITHUB_LIST_COMMITS'],
    ['read a file from a repository', 'GITHUB_GET_REPOSITORY_CONTENT'],
    ['tell the current time', 'TIME_GET_CURRENT_TIME'],
    ['convert a time to another time zone', 'TIME_CONVERT_TIME'],
    ['pul requets list', 'GITHUB_LIST_PULL_REQUESTS'],
  ])('finds for "%s" %s among the likeliest', async (useCase, slug) => {
    expect((await find(useCase)).primaryTools).toContain(slug);
  });

  it('answers each query in its place, and each tool once', async () => {
    const { hits, tools } = await byWords.search(catalogue, {
      queries: [{ useCase: 'create an issue' }, { useCase: 'xyzzy plugh' }, { useCase: 'update an issue' }],
      scope: SessionScope.parse({}),
    });
    expect(hits.map(({ useCase }) => useCase)).toEqual(['create an issue', 'xyzzy plugh', 'update an issue']);
    expect(hits[1]).toMatchObject({ primaryTools: [], relatedTools: [], toolkits: [] });
    const slugs = tools.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    for (const hit of hits) {
      expect(slugs).toEqual(expect.arrayContaining([...hit.primaryTools, ...hit.relatedTools]));
    }
  });

  it('names five of the likeliest at most, and ten related ones', async () => {
    const { primaryTools, relatedTools, all } = await find('github repository issue pull request');
    expect(primaryTools.length).toBeLessThanOrEqual(5);
    expect(relatedTools.length).toBeLessThanOrEqual(10);
    expect(new Set(all).size).toBe(all.length);
  });

  it('finds nothing outside of the scope', async () => {
    expect((await find('create an issue', { toolkits: { enabled: ['time'] } })).all).not.toContain(
      'GITHUB_CREATE_AN_ISSUE',
    );
    const only = {
      toolkits: { enabled: ['github'] },
      tools: { github: { enabled: ['GITHUB_GET_AN_ISSUE'] } },
    };
    expect((await find('create an issue', only)).all).toEqual(['GITHUB_GET_AN_ISSUE']);
    const reading = await find('issue', { tags: { enabled: ['readOnlyHint'] } });
    expect(reading.tools.length).toBeGreaterThan(0);
    for (const { tags } of reading.tools) expect(tags).toContain('readOnlyHint');
  });

  it('looks for the best tool inside of the scope, however much better others fit', async () => {
    const scope = { tools: { github: { disabled: ['GITHUB_CREATE_AN_ISSUE'] } } };
    expect((await find('create an issue', scope)).primaryTools.length).toBeGreaterThan(0);
  });

  it('looks only in the toolkits that were named', async () => {
    expect((await find('list issues at the current time', {}, ['time'])).toolkits).toEqual(['time']);
  });

  it.each(['', '***', 'the a of', '🙂'])('finds nothing for %j, without failing', async (text) => {
    expect(await byWords.find(catalogue, text)).toEqual([]);
  });

  it('finds each of several tools that one sentence wants', async () => {
    const { primaryTools } = await find(
      'star the github repository, then convert the time of the meeting to another time zone',
    );
    expect(primaryTools).toEqual(
      expect.arrayContaining(['GITHUB_STAR_A_REPOSITORY_FOR_THE_AUTHENTICATED_USER', 'TIME_CONVERT_TIME']),
    );
  });

  it('names a tool that finds what the likeliest one wants to be told', async () => {
    const { primaryTools, relatedTools } = await find('comment on an issue', {}, ['github']);
    expect(primaryTools).toContain('GITHUB_CREATE_AN_ISSUE_COMMENT');
    expect(relatedTools).toContain('GITHUB_LIST_REPOSITORY_ISSUES');
  });
});

describe("a project's own toolkits", () => {
  const weather = new Catalogue([
    {
      slug: 'weather',
      name: 'Weather',
      description: 'Forecasts.',
      logo: '',
      categories: [],
      version: '20261122_00',
      tools: [
        httpTool({
          slug: 'WEATHER_GET_FORECAST',
          name: 'Get forecast',
          description: 'How much rain falls at a place.',
          method: 'GET',
          path: '/forecast',
          input: z.object({ place: z.string() }),
          tags: ['readOnlyHint'],
        }),
      ],
    },
  ]);
  const own = new ProjectCatalogue([{ catalogue: shipped }, { catalogue: weather }]);
  const slugsOf = (found: CatalogueEntry[]) => found.map(({ definition }) => definition.slug);

  it('are found by that project, beside what ships, and by no other', async () => {
    expect(slugsOf(await byWords.find(own, 'weather forecast'))[0]).toBe('WEATHER_GET_FORECAST');
    expect(slugsOf(await byWords.find(own, 'create an issue'))).toContain('GITHUB_CREATE_AN_ISSUE');
    expect(slugsOf(await byWords.find(catalogue, 'weather forecast'))).not.toContain('WEATHER_GET_FORECAST');
  });

  it('are found by what is meant, too, when a model tells it', async () => {
    const search = searchWith(PICTURES);
    search.onModuleInit();
    await eventually(async () => {
      expect(slugsOf(await search.find(own, 'will there be drizzle'))[0]).toBe('WEATHER_GET_FORECAST');
    });
  });

  it('are found by words until the model has read them, in the background', async () => {
    let release = () => {};
    const slow = new Promise<void>((resolve) => (release = resolve));
    const search = searchWith({
      ...PICTURES,
      encode: async (texts) => {
        if (texts.length > 1 || texts[0]?.includes('How much rain')) await slow;
        return PICTURES.encode(texts);
      },
    });
    search.onModuleInit();
    expect(slugsOf(await search.find(own, 'weather forecast'))[0]).toBe('WEATHER_GET_FORECAST');
    expect(slugsOf(await search.find(own, 'will there be drizzle'))).not.toContain('WEATHER_GET_FORECAST');
    release();
    await search.embeddedAll(own);
    expect(slugsOf(await search.find(own, 'will there be drizzle'))[0]).toBe('WEATHER_GET_FORECAST');
  });

  it('are found by words alone when the model fails', async () => {
    const failing: Encoder = { ...PICTURES, encode: () => Promise.reject(new Error('no model')) };
    expect(slugsOf(await searchWith(failing).find(own, 'weather forecast'))).toContain(
      'WEATHER_GET_FORECAST',
    );
  });
});

describe('with the word vectors that ship', () => {
  it('says that nothing fits what no tool is for, and that something does for what one is', async () => {
    const search = new SearchService(shipped, new LocalEmbeddings(await WordVectors.read()));
    await search.embedded;
    const slugs = async (text: string) =>
      (await search.find(catalogue, text)).slice(0, 5).map(({ definition }) => definition.slug);
    expect(await slugs('peel the potatoes and boil them')).toEqual([]);
    expect(await slugs('my knee hurts when I climb stairs')).toEqual([]);
    expect(await slugs('open a new issue in a repository')).toContain('GITHUB_CREATE_AN_ISSUE');
    expect(await slugs('créer un événement dans le calendrier')).toContain('GOOGLECALENDAR_CREATE_EVENT');
  });
});

describe('the toolkits that a query names', () => {
  const named = (query: string) =>
    [...new ToolkitNames(shipped.toolkits).findIn(query.split(' '), () => true).slugs].sort();

  it('are all those of a family by its word, and none by a word of every day with which names begin', () => {
    expect(named('find it in google')).toContain('googledrive');
    expect(named('open the api of an agent in my app')).toEqual([]);
  });
});

describe('nearSlugs', () => {
  it.each([
    ['GITHUB_CREATE_ISSUE', 'GITHUB_CREATE_AN_ISSUE'],
    ['GITHUB_CREATE_AN_ISUE', 'GITHUB_CREATE_AN_ISSUE'],
    ['GITHUB_ISSUES_LIST', 'GITHUB_LIST_REPOSITORY_ISSUES'],
    ['GET_CURRENT_TIME', 'TIME_GET_CURRENT_TIME'],
  ])('has for %s near %s', (slug, near) => {
    const found = byWords.nearSlugs(catalogue, slug);
    expect(found).toContain(near);
    expect(found.length).toBeLessThanOrEqual(3);
  });
});
