import { describe, expect, it } from 'vitest';
import { WordVectors } from '@patchbay/search';
import { httpTool } from '@patchbay/toolkits';
import { z } from 'zod';
import { Catalogue } from '../toolkits/catalogue.js';
import { ProjectCatalogue } from '../toolkits/project.catalogue.js';
import { LocalEmbeddings } from './local.embeddings.js';
import { ProjectTuning } from './project.tuning.js';
import { SearchService } from './search.service.js';

const tool = (slug: string, name: string, description: string) =>
  httpTool({
    slug,
    name,
    description,
    method: 'POST',
    path: '/',
    input: z.object({ text: z.string() }),
    tags: [],
  });
const toolkit = (slug: string, name: string, tools: ReturnType<typeof tool>[]) => ({
  slug,
  name,
  description: '',
  logo: '',
  categories: [],
  version: '20261122_00',
  auth: [],
  tools,
});

const own = new Catalogue([
  toolkit('pager', 'Acorn', [
    tool('PAGER_CREATE_INCIDENT', 'Create incident', 'Opens an incident.'),
    tool('PAGER_LIST_SHIFTS', 'List shifts', 'All shifts of a schedule.'),
  ]),
  toolkit('birch', 'Birch', [tool('BIRCH_SEND_NOTE', 'Send note', 'Sends a note to somebody.')]),
  toolkit('cedar', 'Cedar', [tool('CEDAR_SEND_NOTE', 'Send note', 'Sends a note to somebody.')]),
]);
const shipped = new Catalogue([
  toolkit('github', 'GitHub', [
    tool('GITHUB_CREATE_ISSUE', 'Create issue', 'Creates an issue in a repository.'),
  ]),
]);
const catalogue = new ProjectCatalogue([{ catalogue: shipped }, { catalogue: own }]);
const search = new SearchService(shipped, undefined);

const tuning = (aliases: Record<string, string[]>, boosts: Record<string, number> = {}) =>
  new ProjectTuning(new Map(Object.entries(aliases)), new Map(Object.entries(boosts)));
const find = async (text: string, options: object = {}) =>
  (await search.find(catalogue, text, options)).map(({ definition }) => definition.slug);

describe('what a project says of its tools', () => {
  it('lets a tool be found by its alias, once, and only by that project', async () => {
    const said = tuning({ PAGER_CREATE_INCIDENT: ['wake the on-call', 'ring the bell'] });
    expect(await find('wake the oncall')).not.toContain('PAGER_CREATE_INCIDENT');
    const found = await find('wake the oncal', { tuning: said });
    expect(found[0]).toBe('PAGER_CREATE_INCIDENT');
    expect(found.filter((slug) => slug === 'PAGER_CREATE_INCIDENT')).toHaveLength(1);
    expect(await find('wake the oncall')).not.toContain('PAGER_CREATE_INCIDENT');
  });

  it('says by which alias it was found', async () => {
    const said = tuning({ GITHUB_CREATE_ISSUE: ['ring the bell', 'file a grievance'] });
    const { tools } = await search.explain(catalogue, 'file a grievance', ['GITHUB_CREATE_ISSUE'], {
      tuning: said,
    });
    expect(tools).toMatchObject([{ slug: 'GITHUB_CREATE_ISSUE', alias: 'file a grievance' }]);
  });

  it('is explained by the words that the search was read by: one of an alias is no slip of a toolkit’s name', async () => {
    const toolkitsIn = async (options: object) =>
      (await search.explain(catalogue, 'send a note to the berch', [], options)).toolkits;
    expect(await toolkitsIn({})).toEqual(['birch']);
    expect(await toolkitsIn({ tuning: tuning({ CEDAR_SEND_NOTE: ['the berch'] }) })).toEqual([]);
  });

  it('finds an alias inside of the scope alone', async () => {
    const said = tuning({ PAGER_CREATE_INCIDENT: ['ring the bell'] });
    expect(await find('ring the bell', { tuning: said, toolkits: ['birch'] })).toEqual([]);
  });

  it('finds an alias by what is meant as well, as soon as it has its vectors', async () => {
    const withVectors = new SearchService(shipped, new LocalEmbeddings(await WordVectors.read()));
    const said = tuning({ PAGER_LIST_SHIFTS: ['which physician works tonight'] });
    await withVectors.embeddedAll(catalogue, said);
    const [first] = await withVectors.find(catalogue, 'what doctor is working this evening', {
      tuning: said,
    });
    expect(first?.definition.slug).toBe('PAGER_LIST_SHIFTS');
  });

  it('puts a tool before its equals, or behind them, by its boost', async () => {
    for (const [boost, first] of [
      [1.5, 'CEDAR_SEND_NOTE'],
      [0.5, 'BIRCH_SEND_NOTE'],
    ] as const) {
      expect((await find('send a note', { tuning: tuning({}, { CEDAR_SEND_NOTE: boost }) }))[0]).toBe(first);
    }
  });
});

describe('what can be called at once', () => {
  it('comes first where scores are near', async () => {
    expect((await find('send a note', { connected: ['cedar'] }))[0]).toBe('CEDAR_SEND_NOTE');
    expect((await find('send a note', { connected: ['birch'] }))[0]).toBe('BIRCH_SEND_NOTE');
  });

  it('does not come before what fits much better', async () => {
    expect((await find('create an incident', { connected: ['cedar', 'github'] }))[0]).toBe(
      'PAGER_CREATE_INCIDENT',
    );
    expect((await find('send a note by birch', { connected: ['cedar'] }))[0]).toBe('BIRCH_SEND_NOTE');
  });
});
