import { describe, expect, it } from 'vitest';
import { aliasesOf, matchSlugs, type PublicSlug } from './public-slugs.js';

const slug = (name: string, more: Partial<PublicSlug> = {}): PublicSlug => ({
  slug: name,
  name: '',
  asOf: '2026-08',
  successor: '',
  upstream: '',
  ...more,
});
const operation = (key: string, summary = '', operationId = '') => ({ key, summary, operationId });

describe('public slugs', () => {
  it.each([
    [
      'by the request, whatever its places are called',
      operation('GET /repos/{a}/{b}'),
      slug('ACME_ANY', { upstream: 'GET /repos/{owner}/{repo}' }),
      'ACME_ANY',
    ],
    [
      'by the same words',
      operation('GET /a', 'Add a tag to a task'),
      slug('ACME_ADD_TAG_TO_TASK'),
      'ACME_ADD_TAG_TO_TASK',
    ],
    ['by one and many', operation('GET /a', 'List the users'), slug('ACME_LIST_USER'), 'ACME_LIST_USER'],
    [
      'not by one and many, where that is the difference',
      operation('GET /a', 'Get a user'),
      slug('ACME_GET_USERS'),
      undefined,
    ],
    ['by the name', operation('GET /a', 'Find the users'), slug('ACME_X', { name: 'Find users' }), 'ACME_X'],
    [
      'by an id that names the thing first',
      operation('POST /a', '', 'lists.insert'),
      slug('ACME_CREATE_LISTS'),
      'ACME_CREATE_LISTS',
    ],
    ['by the id', operation('GET /a', '', 'addBoards'), slug('ACME_ADD_BOARDS'), 'ACME_ADD_BOARDS'],
    [
      'not by other words',
      operation('GET /a', 'Add a task to a tag'),
      slug('ACME_ADD_TAG_TO_TASK'),
      undefined,
    ],
    [
      'not by a slug that has a successor',
      operation('GET /a', 'Old'),
      slug('ACME_OLD', { successor: 'ACME_NEW' }),
      undefined,
    ],
    [
      'not by a slug that no model takes',
      operation('GET /a'),
      slug(`ACME_${'A'.repeat(64)}`, { upstream: 'GET /a' }),
      undefined,
    ],
  ])('are matched %s', (_, one, known, expected) => {
    expect(matchSlugs([one], [known]).get(one.key)).toBe(expected);
  });

  it('are given to none where two could have them', () => {
    const two = [operation('GET /a', 'Find user'), operation('GET /b', 'Find users')];
    expect(matchSlugs(two, [slug('ACME_FIND_USER')]).size).toBe(0);
  });

  it('are the newest that fit', () => {
    const known = [slug('ACME_GET_A_USER', { asOf: '2025-05' }), slug('ACME_SHOW_USER')];
    expect(matchSlugs([operation('GET /a', 'Get a user', 'showUser')], known).get('GET /a')).toBe(
      'ACME_SHOW_USER',
    );
  });

  it('that are old name the tool of the same request, or of the slug that came after them', () => {
    const known = [
      slug('ACME_NEW', { upstream: 'GET /a' }),
      slug('ACME_OLD', { successor: 'ACME_NEW' }),
      slug('ACME_OLDER', { successor: 'ACME_OLD' }),
      slug('ACME_SAME', { upstream: 'GET /a' }),
      slug('ACME_OTHER', { upstream: 'GET /b' }),
    ];
    expect(aliasesOf('GET /a', 'ACME_NEW', known)).toEqual(['ACME_OLD', 'ACME_OLDER', 'ACME_SAME']);
  });
});
