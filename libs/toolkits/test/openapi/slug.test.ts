import { describe, expect, it } from 'vitest';
import { type ImportOptions } from '../../src/openapi/import.js';
import { take, type Part } from './documents.js';

describe('the slug of a tool', () => {
  const slugsOf = (operations: Record<string, Part>, options: Partial<ImportOptions> = {}) => {
    const paths = Object.fromEntries(
      Object.entries(operations).map(([path, operation]) => [path, { get: operation }]),
    );
    const { toolkit, renamed } = take(paths, {}, options);
    return { slugs: toolkit.tools.map(({ slug }) => slug), renamed };
  };

  it.each([
    [{ operationId: 'listOwnThings' }, 'ACME_LIST_OWN_THINGS'],
    [{ operationId: 'acme.things.list' }, 'ACME_THINGS_LIST'],
    [{ operationId: 'getHTTPStatus2' }, 'ACME_GET_HTTP_STATUS2'],
    [{ summary: "List a user's things" }, 'ACME_LIST_A_USERS_THINGS'],
    [{}, 'ACME_GET_A_B'],
  ])('of %j is %s', (operation, slug) => {
    expect(slugsOf({ '/a/b': operation }).slugs).toEqual([slug]);
  });

  it('has 64 characters at most, which is reported', () => {
    const summary =
      'List the configurations of the repositories of an organization for the authenticated user now';
    const { slugs, renamed } = slugsOf({ '/a': { summary } });
    expect(slugs).toEqual(['ACME_LIST_CONFIGURATIONS_OF_REPO_OF_ORG_FOR_AUTH_USER_NOW']);
    expect(renamed).toHaveLength(1);
  });

  it('is unique, which is reported', () => {
    const { slugs, renamed } = slugsOf({
      '/a': { summary: 'Do' },
      '/b': { summary: 'Do' },
      '/c': { summary: 'Do' },
    });
    expect(slugs).toEqual(['ACME_DO', 'ACME_DO_B', 'ACME_DO_C']);
    expect(renamed.map(({ reason }) => reason)).toEqual([
      'another tool has this slug',
      'another tool has this slug',
    ]);
  });

  it('is the given one, by operation or by its id', () => {
    const operations = {
      '/a': { operationId: 'one' },
      '/b': { operationId: 'two' },
      '/c': { operationId: 'fixed' },
    };
    const slugs = { 'GET /a': 'ACME_FIXED', two: 'ACME_TWO_FIXED' };
    expect(slugsOf(operations, { slugs }).slugs).toEqual(['ACME_FIXED', 'ACME_TWO_FIXED', 'ACME_FIXED_C']);
  });
});
