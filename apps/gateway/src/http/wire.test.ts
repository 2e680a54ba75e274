import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pageNumber, pageQuery, queryListOf, queryMoment, queryWith, Wire } from './wire.js';

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
    [{ limit: '1.7976931348623157e+308' }, 100],
    [{ limit: '-2.2e-308' }, 20],
    [{ limit: '+3' }, 3],
  ])('%j has so many', (query, limit) => {
    expect(read(query).data).toMatchObject({ limit });
  });

  it.each(['all', 'NaN', '1,2', '0x10', 'Infinity', '.', '1'.repeat(401)])(
    'is refused with "%s", which is no number',
    (limit) => {
      expect(read({ limit }).success).toBe(false);
    },
  );

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

describe('what is read', () => {
  const read = (value: unknown, data?: string) => () =>
    new Wire(data ? z.string().max(3) : z.strictObject({ name: z.string().optional() })).transform(value, {
      data,
    });

  it('is empty where there is no body, and not where the body is null', () => {
    expect(read(undefined)()).toEqual({});
    expect(read(null)).toThrow('expected object, received null');
  });

  it('is called what the parameter is called', () => {
    expect(read('long', 'slug')).toThrow('slug: Too big');
  });

  it('is refused in few words, whatever the number of wrong fields', () => {
    const many = Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`field${at}`, at]));
    const message = 'body: Unrecognized keys: "field0", ';
    expect(read(many)).toThrow(message);
    expect(read(many)).toThrow('"field19" and 29980 more');
  });

  it('is a moment that a database knows', () => {
    expect(queryMoment.parse('1796000000000')).toBe(1_796_000_000_000);
    for (const wrong of ['-1', '1e300', '253402214400001', '', 'now'])
      expect(queryMoment.safeParse(wrong).success).toBe(false);
  });
});

it('takes no cursor that a service would refuse', () => {
  expect(read({ cursor: 'x'.repeat(512) }).success).toBe(true);
  expect(read({ cursor: 'x'.repeat(513) }).error?.issues).toMatchObject([{ path: ['cursor'] }]);
});

describe('a query with a parameter that may be an object', () => {
  const Versions = queryWith('versions', {
    versions: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  });

  it('reads it from names in brackets, and is described by that', () => {
    expect(Versions.parse({ 'versions[github]': 'a', 'versions[slack]': 'b' }).versions).toEqual({
      github: 'a',
      slack: 'b',
    });
    expect(Versions.parse({ versions: 'latest' }).versions).toBe('latest');
    expect(Versions.out.shape.versions.meta()).toMatchObject({
      param: { style: 'deepObject', explode: true },
    });
  });
});

describe('a list in a query', () => {
  const { ids } = z.object({ ids: queryListOf(z.array(z.string().max(3)).max(2)) }).shape;

  it('is as long as the list that it is for, and so are its values', () => {
    expect(ids.parse('abc,def')).toEqual(['abc', 'def']);
    expect(ids.safeParse('abcd').error?.issues).toMatchObject([{ path: [0], code: 'too_big' }]);
    expect(ids.safeParse('a,b,c').error?.issues).toMatchObject([{ path: [], code: 'too_big' }]);
  });
});
