import { describe, expect, it } from 'vitest';
import { importOpenApi, type HttpTool, type ToolFiles } from '@patchbay/toolkits';
import { prepareRequest } from './http.request.js';
import { buildRequest } from './request-template.js';

type Part = Record<string, unknown>;

const files: ToolFiles = {
  read: async ({ name, mimetype, s3key }) => ({ name, mimetype, bytes: Buffer.from(`<${s3key}>`) }),
  store: () => Promise.reject(new Error('nothing is stored here')),
};

/** The request that an operation of a document makes of arguments. */
async function requestOf(operation: Part, given: Part, path = '/things', method = 'get', query = {}) {
  const { toolkit, refused } = importOpenApi(
    {
      openapi: '3.0.3',
      info: {},
      servers: [{ url: 'https://a.example' }],
      paths: { [path]: { [method]: operation } },
    },
    { slug: 'acme' },
  );
  const [tool] = toolkit.tools as HttpTool[];
  if (!tool) throw new Error(JSON.stringify(refused));
  const request = await buildRequest(tool, given, files);
  return prepareRequest(request, toolkit, { headers: {}, query, urlValues: {} });
}

const array = { type: 'array', items: { type: 'string' } };
const object = { type: 'object', properties: { R: { type: 'integer' }, G: { type: 'string' } } };
const LIST = ['blue', 'b,l/k'];
const OBJECT = { R: 100, G: 'a=b' };

async function partOf(place: string, style: Part, schema: Part, value: unknown): Promise<string> {
  const path = place === 'path' ? '/things/{color}/x' : '/things';
  const parameters = [{ name: 'color', in: place, required: place === 'path', schema, ...style }];
  const { url, headers } = await requestOf({ parameters }, { color: value }, path);
  if (place === 'path') return url.pathname.slice('/things/'.length, -'/x'.length);
  return place === 'query' ? url.search : (headers[place === 'cookie' ? 'cookie' : 'color'] ?? '');
}

describe('a parameter', () => {
  it.each<[string, string, boolean | undefined, unknown, string]>([
    ['path', 'simple', undefined, 'blue', 'blue'],
    ['path', 'simple', undefined, LIST, 'blue,b%2Cl%2Fk'],
    ['path', 'simple', true, LIST, 'blue,b%2Cl%2Fk'],
    ['path', 'simple', undefined, OBJECT, 'R,100,G,a%3Db'],
    ['path', 'simple', true, OBJECT, 'R=100,G=a%3Db'],
    ['path', 'label', undefined, 'blue', '.blue'],
    ['path', 'label', undefined, LIST, '.blue,b%2Cl%2Fk'],
    ['path', 'label', true, LIST, '.blue.b%2Cl%2Fk'],
    ['path', 'label', undefined, OBJECT, '.R,100,G,a%3Db'],
    ['path', 'label', true, OBJECT, '.R=100.G=a%3Db'],
    ['path', 'matrix', undefined, 'blue', ';color=blue'],
    ['path', 'matrix', undefined, LIST, ';color=blue,b%2Cl%2Fk'],
    ['path', 'matrix', true, LIST, ';color=blue;color=b%2Cl%2Fk'],
    ['path', 'matrix', undefined, OBJECT, ';color=R,100,G,a%3Db'],
    ['path', 'matrix', true, OBJECT, ';R=100;G=a%3Db'],
    ['query', 'form', undefined, 'a b', '?color=a+b'],
    ['query', 'form', undefined, LIST, '?color=blue&color=b%2Cl%2Fk'],
    ['query', 'form', false, LIST, '?color=blue,b%2Cl%2Fk'],
    ['query', 'form', undefined, OBJECT, '?R=100&G=a%3Db'],
    ['query', 'form', false, OBJECT, '?color=R,100,G,a%3Db'],
    ['query', 'spaceDelimited', undefined, LIST, '?color=blue%20b%2Cl%2Fk'],
    ['query', 'spaceDelimited', true, LIST, '?color=blue&color=b%2Cl%2Fk'],
    ['query', 'spaceDelimited', false, OBJECT, '?color=R%20100%20G%20a%3Db'],
    ['query', 'pipeDelimited', undefined, LIST, '?color=blue%7Cb%2Cl%2Fk'],
    ['query', 'pipeDelimited', true, LIST, '?color=blue&color=b%2Cl%2Fk'],
    ['query', 'pipeDelimited', undefined, OBJECT, '?color=R%7C100%7CG%7Ca%3Db'],
    ['query', 'deepObject', true, OBJECT, '?color%5BR%5D=100&color%5BG%5D=a%3Db'],
    ['header', 'simple', undefined, LIST, 'blue,b,l/k'],
    ['header', 'simple', undefined, OBJECT, 'R,100,G,a=b'],
    ['header', 'simple', true, OBJECT, 'R=100,G=a=b'],
    ['cookie', 'form', undefined, 'blue', 'color=blue'],
    ['cookie', 'form', false, LIST, 'color=blue,b%2Cl%2Fk'],
    ['query', 'form', undefined, [], ''],
    ['query', 'form', false, [], ''],
    ['query', 'form', undefined, {}, ''],
  ])('in a %s of style %s, explode %s, writes %j as %s', async (place, style, explode, value, written) => {
    const schema = Array.isArray(value) ? array : typeof value === 'object' ? object : { type: 'string' };
    const said = { style, ...(explode !== undefined && { explode }) };
    expect(await partOf(place, said, schema, value)).toBe(written);
  });

  it.each([
    ['a/b?c', '?color=a/b?c'],
    ['https://x.example:8/p,q;r=1', '?color=https://x.example:8/p,q;r=1'],
    ['a&b+c#d', '?color=a%26b%2Bc%23d'],
    ['done%20already', '?color=done%20already'],
    ['100%', '?color=100%25'],
    ['a b"ü', '?color=a%20b%22%C3%BC'],
    ['[x]', '?color=%5Bx%5D'],
  ])('that allows what is reserved writes %j as %s', async (value, written) => {
    expect(await partOf('query', { allowReserved: true }, { type: 'string' }, value)).toBe(written);
  });

  it.each<[string, string, unknown, string]>([
    ['query', 'application/json', { a: [1] }, '?color=%7B%22a%22%3A%5B1%5D%7D'],
    ['path', 'application/json', { a: 1 }, '%7B%22a%22%3A1%7D'],
    ['header', 'application/json', { a: 1 }, '{"a":1}'],
    ['query', 'text/plain', 'a,b', '?color=a%2Cb'],
  ])('in a %s whose content is %s writes %j as %s', async (place, type, value, written) => {
    const schema = typeof value === 'object' ? { type: 'object' } : { type: 'string' };
    expect(await partOf(place, { schema: undefined, content: { [type]: { schema } } }, {}, value)).toBe(
      written,
    );
  });

  it('with brackets in its name keeps them, encoded', async () => {
    const parameters = [{ name: 'ids[]', in: 'query', schema: array }];
    const { url } = await requestOf({ parameters }, { ids: ['a', 'b'] });
    expect(url.search).toBe('?ids%5B%5D=a&ids%5B%5D=b');
  });

  it.each(['', [], {}])('in a path is not nothing: %j', async (value) => {
    const schema = Array.isArray(value) ? array : typeof value === 'object' ? object : { type: 'string' };
    await expect(partOf('path', {}, schema, value)).rejects.toThrow('color: must not be empty');
  });

  it('stays as it is written beside the part of a credential', async () => {
    const parameters = [{ name: 'ids', in: 'query', explode: false, schema: array }];
    const { url } = await requestOf({ parameters }, { ids: LIST }, '/things', 'get', {
      ids: 'mine',
      key: 'k',
    });
    expect(url.search).toBe('?ids=mine&key=k');
    const other = await requestOf({ parameters }, { ids: LIST }, '/things', 'get', { key: 'k' });
    expect(other.url.search).toBe('?ids=blue,b%2Cl%2Fk&key=k');
  });
});

describe('a body', () => {
  const text = { type: 'string' };
  const file = { type: 'string', format: 'binary' };
  const send = async (type: string, media: Part, given: Part, method = 'post') => {
    const operation = { requestBody: { content: { [type]: media } } };
    const { body, headers } = await requestOf(operation, given, '/things', method);
    return { body: Buffer.from(body ?? '').toString(), type: headers['content-type'] ?? '' };
  };
  const form = (properties: Part, encoding: Part = {}) => ({
    schema: { type: 'object', properties },
    encoding,
  });

  it.each<[string, Part, Part, Part, string]>([
    ['a list, without a word of it', { a: array }, {}, { a: LIST }, 'a=blue&a=b%2Cl%2Fk'],
    ['an object, without a word of it', { a: object }, {}, { a: { R: 1 } }, 'a=%7B%22R%22%3A1%7D'],
    ['a list that is joined', { a: array }, { a: { explode: false } }, { a: LIST }, 'a=blue,b%2Cl%2Fk'],
    [
      'a list by spaces',
      { a: array },
      { a: { style: 'spaceDelimited', explode: false } },
      { a: LIST },
      'a=blue%20b%2Cl%2Fk',
    ],
    [
      'a list by bars',
      { a: array },
      { a: { style: 'pipeDelimited', explode: false } },
      { a: LIST },
      'a=blue%7Cb%2Cl%2Fk',
    ],
    ['an object that is spread', { a: object }, { a: { style: 'form' } }, { a: OBJECT }, 'R=100&G=a%3Db'],
    [
      'one nested, another joined',
      { a: object, b: array },
      { a: { style: 'deepObject' }, b: { explode: false } },
      { a: { R: 1 }, b: LIST },
      'a%5BR%5D=1&b=blue,b%2Cl%2Fk',
    ],
    [
      'a list as JSON',
      { a: array },
      { a: { contentType: 'application/json' } },
      { a: ['x'] },
      'a=%5B%22x%22%5D',
    ],
    ['what is reserved', { a: text }, { a: { allowReserved: true } }, { a: 'x/y:z' }, 'a=x/y:z'],
    ['signs', { a: text, 'b[c]': text }, {}, { a: 'x&y=z +', b_c: '1' }, 'a=x%26y%3Dz+%2B&b%5Bc%5D=1'],
  ])('as a form writes %s', async (_, properties, encoding, given, written) => {
    const sent = await send('application/x-www-form-urlencoded', form(properties, encoding), given);
    expect(sent).toEqual({ type: 'application/x-www-form-urlencoded', body: written });
  });

  const parts = async (media: Part, given: Part) => {
    const { body, type } = await send('multipart/form-data', media, given);
    const boundary = /boundary=(.+)$/.exec(type)?.[1] ?? '';
    return body
      .split(`--${boundary}`)
      .slice(1, -1)
      .map((part) => part.trim().split('\r\n'));
  };
  const named = (name: string, filename?: string) =>
    `Content-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}`;
  const given = (name: string, mimetype: string, s3key = 'k') => ({ name, mimetype, s3key });

  it.each<[string, Part, Part, string[][]]>([
    ['a text', form({ a: text }), { a: 'ü' }, [[named('a'), '', 'ü']]],
    [
      'texts of one name',
      form({ a: array }),
      { a: ['x', 'y'] },
      [
        [named('a'), '', 'x'],
        [named('a'), '', 'y'],
      ],
    ],
    ['no texts of a name', form({ a: array, b: text }), { a: [], b: 'z' }, [[named('b'), '', 'z']]],
    [
      'a number and a truth',
      form({ a: { type: 'integer' }, b: { type: 'boolean' } }),
      { a: 0, b: false },
      [
        [named('a'), '', '0'],
        [named('b'), '', 'false'],
      ],
    ],
    [
      'a file as it was given',
      form({ f: file }),
      { f: given('Q3 report (final).pdf', 'application/pdf') },
      [[named('f', 'Q3 report (final).pdf'), 'Content-Type: application/pdf', '', '<k>']],
    ],
    [
      'files of one name',
      form({ f: { type: 'array', items: file } }),
      { f: [given('a.txt', 'text/plain', '1'), given('b.png', 'image/png', '2')] },
      [
        [named('f', 'a.txt'), 'Content-Type: text/plain', '', '<1>'],
        [named('f', 'b.png'), 'Content-Type: image/png', '', '<2>'],
      ],
    ],
    [
      'a file whose name has quotes and lines',
      form({ f: file }),
      { f: given('a "b"\r\nc.txt', 'text/plain') },
      [[named('f', 'a %22b%22%0D%0Ac.txt'), 'Content-Type: text/plain', '', '<k>']],
    ],
    [
      'a file whose name is of another script',
      form({ f: file }),
      { f: given('三月 ü.txt', 'text/plain') },
      [[named('f', '三月 ü.txt'), 'Content-Type: text/plain', '', '<k>']],
    ],
    [
      'an object, which is JSON',
      form({ a: object }),
      { a: { R: 1 } },
      [[named('a'), 'Content-Type: application/json', '', '{"R":1}']],
    ],
    [
      'objects of one name',
      form({ a: { type: 'array', items: object } }),
      { a: [{ R: 1 }, { R: 2 }] },
      [
        [named('a'), 'Content-Type: application/json', '', '{"R":1}'],
        [named('a'), 'Content-Type: application/json', '', '{"R":2}'],
      ],
    ],
    [
      'a text of a type',
      form({ a: text }, { a: { contentType: 'text/csv' } }),
      { a: 'x,y' },
      [[named('a'), 'Content-Type: text/csv', '', 'x,y']],
    ],
    [
      'a text as JSON',
      form({ a: text }, { a: { contentType: 'application/json' } }),
      { a: 'x' },
      [[named('a'), 'Content-Type: application/json', '', '"x"']],
    ],
    [
      'a file whose type its encoding names',
      form({ f: { type: 'string' } }, { f: { contentType: 'image/png, image/jpeg' } }),
      { f: given('a.jpg', 'image/jpeg') },
      [[named('f', 'a.jpg'), 'Content-Type: image/jpeg', '', '<k>']],
    ],
    [
      'a file as OpenAPI 3.1 says it',
      form({ f: { contentMediaType: 'application/octet-stream' } }),
      { f: given('a', 'x/y') },
      [[named('f', 'a'), 'Content-Type: x/y', '', '<k>']],
    ],
    [
      'base64, which is a text',
      form({ a: { type: 'string', contentEncoding: 'base64', contentMediaType: 'image/png' } }),
      { a: 'AAAA' },
      [[named('a'), '', 'AAAA']],
    ],
    ['a name with signs', form({ 'a[b]': text }), { a_b: 'x' }, [[named('a[b]'), '', 'x']]],
  ])('as parts writes %s', async (_, media, args, written) => {
    expect(await parts(media, args)).toEqual(written);
  });

  it.each<[string, string, Part, Part, string, string]>([
    ['a text', 'text/plain', { schema: text }, { body: 'Hi ü' }, 'text/plain', 'Hi ü'],
    ['XML', 'application/xml', { schema: object }, { body: '<R>1</R>' }, 'application/xml', '<R>1</R>'],
    [
      'a file',
      'application/octet-stream',
      { schema: file },
      { body: given('a', 'image/gif') },
      'image/gif',
      '<k>',
    ],
    ['a file of any type', 'image/*', {}, { body: given('a', 'image/gif') }, 'image/gif', '<k>'],
    ['a list of JSON', 'application/json', { schema: array }, { body: ['x'] }, 'application/json', '["x"]'],
    [
      'JSON of a type of its own',
      'application/merge-patch+json',
      { schema: object },
      { R: 1 },
      'application/merge-patch+json',
      '{"R":1}',
    ],
    [
      'JSON with its charset',
      'application/json; charset=utf-8',
      { schema: object },
      { R: 1 },
      'application/json; charset=utf-8',
      '{"R":1}',
    ],
  ])('that is %s is sent whole', async (_, type, media, args, mimetype, written) => {
    expect(await send(type, media, args)).toEqual({ type: mimetype, body: written });
  });

  it('that nothing describes is not there, and an empty one is where something is', async () => {
    const described = { requestBody: { content: { 'application/json': { schema: object } } } };
    expect((await requestOf({}, {}, '/things', 'post')).body).toBeUndefined();
    expect((await requestOf(described, {}, '/things', 'post')).body).toBe('{}');
  });

  it('of a GET is sent, where the document has one', async () => {
    const media = { schema: { type: 'object', properties: { query: { type: 'object' } } } };
    expect(await send('application/json', media, { query: { a: 1 } }, 'get')).toEqual({
      type: 'application/json',
      body: '{"query":{"a":1}}',
    });
  });

  it('with a file is sent as the form that takes one, though another stands first', async () => {
    const media = form({ f: file });
    const operation = {
      requestBody: {
        content: {
          'application/json': media,
          'application/x-www-form-urlencoded': media,
          'multipart/form-data': media,
        },
      },
    };
    const { headers } = await requestOf(operation, { f: given('a', 'x/y') }, '/things', 'post');
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  });

  it('of a form that takes any fields is sent with those that are given', async () => {
    const media = { schema: { type: 'object', additionalProperties: { type: 'string' } } };
    expect(await send('application/x-www-form-urlencoded', media, { body: { 'a b': 'c' } })).toMatchObject({
      body: 'a+b=c',
    });
  });
});
