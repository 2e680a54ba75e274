import { describe, expect, it } from '@jest/globals';
import { SessionScope } from '@patchbay/contracts';
import { SHIPPED_TOOLKITS } from '@patchbay/toolkits';
import { Catalogue } from '../catalogue/catalogue.js';
import { SearchService } from './search.service.js';

const search = new SearchService(new Catalogue(SHIPPED_TOOLKITS));

function find(useCase: string, scope: object = {}, toolkits?: string[]) {
  const { hits, tools } = search.search({
    projectId: 'proj_a',
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
  ])('finds for "%s" %s among the likeliest', (useCase, slug) => {
    expect(find(useCase).primaryTools).toContain(slug);
  });

  it('answers each query in its place, and each tool once', () => {
    const { hits, tools } = search.search({
      projectId: 'proj_a',
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

  it('names no more than six tools a query, of which three are the likeliest at most', () => {
    const { primaryTools, all } = find('github repository issue pull request');
    expect(all.length).toBeLessThanOrEqual(6);
    expect(primaryTools.length).toBeLessThanOrEqual(3);
    expect(new Set(all).size).toBe(all.length);
  });

  it('finds nothing outside of the scope', () => {
    expect(find('create an issue', { toolkits: { enabled: ['time'] } }).all).not.toContain(
      'GITHUB_CREATE_AN_ISSUE',
    );
    const only = { tools: { github: { enabled: ['GITHUB_GET_AN_ISSUE'] } } };
    expect(find('create an issue', only).all.filter((slug) => slug.startsWith('GITHUB_'))).toEqual([
      'GITHUB_GET_AN_ISSUE',
    ]);
    const reading = find('issue', { tags: { enabled: ['readOnlyHint'] } });
    expect(reading.tools.length).toBeGreaterThan(0);
    for (const { tags } of reading.tools) expect(tags).toContain('readOnlyHint');
  });

  it('looks for the best tool inside of the scope, however much better others fit', () => {
    const scope = { tools: { github: { disabled: ['GITHUB_CREATE_AN_ISSUE'] } } };
    expect(find('create an issue', scope).primaryTools.length).toBeGreaterThan(0);
  });

  it('looks only in the toolkits that were named', () => {
    expect(find('list issues at the current time', {}, ['time']).toolkits).toEqual(['time']);
  });

  it.each(['', '***', 'the a of', '🙂'])('finds nothing for %j, without failing', (text) => {
    expect(search.find(text)).toEqual([]);
  });
});

describe('nearSlugs', () => {
  it.each([
    ['GITHUB_CREATE_ISSUE', 'GITHUB_CREATE_AN_ISSUE'],
    ['GITHUB_CREATE_AN_ISUE', 'GITHUB_CREATE_AN_ISSUE'],
    ['GITHUB_ISSUES_LIST', 'GITHUB_LIST_REPOSITORY_ISSUES'],
    ['GET_CURRENT_TIME', 'TIME_GET_CURRENT_TIME'],
  ])('has for %s near %s', (slug, near) => {
    const found = search.nearSlugs(slug);
    expect(found).toContain(near);
    expect(found.length).toBeLessThanOrEqual(3);
  });
});
