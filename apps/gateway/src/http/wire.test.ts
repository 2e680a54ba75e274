import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pageNumber, pageQuery } from './wire.js';

const Query = z.object({ ...pageQuery(100), page_no: pageNumber });
const read = (query: object) => Query.safeParse(query);

describe('the page that a list is asked for', () => {
  it.each<[object, number]>([
    [{}, 20],
    [{ limit: '' }, 20],
    [{ limit: '0' }, 20],
    [{ limit: 0 }, 20],
    [{ limit: 'null' }, 20],
    [{ limit: null }, 20],
    [{ limit: undefined }, 20],
    [{ limit: '-1' }, 20],
    [{ limit: '7' }, 7],
    [{ limit: ' 7 ' }, 7],
    [{ limit: '2.5' }, 2],
    [{ limit: '0.5' }, 20],
    [{ limit: '9999' }, 100],
    [{ limit: '1e9' }, 100],
  ])('%j has so many', (query, limit) => {
    expect(read(query).data).toMatchObject({ limit });
  });

  it.each(['all', 'NaN', '1,2'])('is refused with "%s", which is no number', (limit) => {
    expect(read({ limit }).success).toBe(false);
  });

  it.each<[object, number]>([
    [{}, 1],
    [{ page_no: '' }, 1],
    [{ page_no: '0' }, 1],
    [{ page_no: '3' }, 3],
  ])('%j is that one', (query, page) => {
    expect(read(query).data).toMatchObject({ page_no: page });
  });

  it.each(['', 'null', null, undefined])('begins with the first where the cursor is %j', (cursor) => {
    expect(read({ cursor }).data?.cursor).toBeUndefined();
  });
});
