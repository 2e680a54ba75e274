import { describe, expect, it } from 'vitest';
import { httpTool, type HttpTool, type ToolFiles } from '@patchbay/toolkits';
import { buildRequest } from './request-template.js';

const FILE = { name: 'a.txt', mimetype: 'text/plain', bytes: Buffer.from('words') };
const files: ToolFiles = {
  read: async ({ name, mimetype }) => ({ name, mimetype, bytes: FILE.bytes }),
  store: () => Promise.reject(new Error('nothing is stored here')),
};

function fill(given: Partial<HttpTool>, input: Record<string, unknown>) {
  const tool = httpTool({
    slug: 'A_B',
    name: 'B',
    description: 'B.',
    method: 'GET',
    path: '/things',
    input: {},
    tags: [],
    ...given,
  });
  return buildRequest(tool, input, files);
}

describe('an argument with a place of its own', () => {
  it.each<[string, HttpTool['places'], unknown]>([
    ['as a list that repeats its name', {}, ['x', 'y']],
    ["under its provider's name", { a: { in: 'query', name: 'a[]' } }, ['x', 'y']],
    ['as it is', { a: { in: 'query', style: 'pipeDelimited' } }, 'x|y'],
  ])('goes into the query %s', async (_, places = {}, value) => {
    const request = await fill({ places }, { a: value });
    expect(request).toMatchObject({ query: { [places['a']?.name ?? 'a']: value } });
    expect(request).not.toHaveProperty('search');
  });

  it('goes into a header or a cookie, and not where its method says', async () => {
    const places: HttpTool['places'] = {
      v: { in: 'header', name: 'X-Version' },
      ids: { in: 'header' },
      c: { in: 'cookie' },
      d: { in: 'cookie' },
    };
    const request = await fill(
      { method: 'POST', places },
      { v: 2, ids: ['a', 'b'], c: 'x;y', d: [1, 2], title: 't' },
    );
    expect(request.headers).toEqual({ 'X-Version': '2', ids: 'a,b', cookie: 'c=x%3By; d=1; d=2' });
    expect(request.body).toEqual({ json: { title: 't' } });
  });

  it('cannot begin another header, nor be one of the connection', async () => {
    await expect(fill({ places: { a: { in: 'header' } } }, { a: 'x\r\nhost: y' })).rejects.toThrow(
      'a: the header a has a value that no header can hold',
    );
    await expect(fill({ places: { a: { in: 'header', name: 'Host' } } }, { a: 'evil' })).rejects.toThrow(
      'a: the header Host is a header that only the platform sets',
    );
  });

  it('goes into the body of a DELETE that has one', async () => {
    expect((await fill({ method: 'DELETE', places: { a: { in: 'body' } } }, { a: 1, b: 2 })).body).toEqual({
      json: { a: 1 },
    });
    expect(await fill({ method: 'DELETE' }, { b: 2 })).not.toHaveProperty('body');
  });
});

describe('the body of a tool', () => {
  const bytes = (text: string, mimetype: string) => ({ bytes: Buffer.from(text), mimetype });
  const FORM = 'application/x-www-form-urlencoded';

  it.each<[string, HttpTool['body'], Record<string, unknown>, unknown]>([
    ['JSON, where nothing else is said', undefined, { a: [1], b: null }, { json: { a: [1], b: null } }],
    ['one argument as a whole', { type: 'json', argument: 'body' }, { body: [1, 2] }, { json: [1, 2] }],
    ['nothing, when that argument is not given', { type: 'json', argument: 'body' }, {}, undefined],
    [
      "JSON of the provider's own type",
      { type: 'json', contentType: 'application/vnd.a+json' },
      { a: 1 },
      bytes('{"a":1}', 'application/vnd.a+json'),
    ],
    [
      'a form that repeats names',
      { type: 'form' },
      { a: ['x', 'y'], b: { c: 1 }, n: null },
      bytes('a=x&a=y&b=%7B%22c%22%3A1%7D', FORM),
    ],
    ['a nested form', { type: 'form', nested: true }, { a: { b: 1 } }, { form: { a: { b: 1 } } }],
    [
      'parts, with files',
      { type: 'multipart' },
      { note: 'n', f: { name: 'a', mimetype: 'b', s3key: 'k' } },
      { parts: { note: 'n', f: { name: 'a', mimetype: 'b', bytes: FILE.bytes } } },
    ],
    [
      'a text as a whole',
      { type: 'raw', argument: 'body', contentType: 'application/xml' },
      { body: '<a/>' },
      bytes('<a/>', 'application/xml'),
    ],
    [
      'a file as a whole, of the type that its caller says',
      { type: 'raw', argument: 'body' },
      { body: { name: 'a', mimetype: 'image/png', s3key: 'k' } },
      bytes('words', 'image/png'),
    ],
    [
      'a form of any fields',
      { type: 'form', argument: 'body' },
      { body: { a: 1, 'b c': 'x' } },
      bytes('a=1&b+c=x', FORM),
    ],
  ])('is %s', async (_, body, input, expected) => {
    expect((await fill({ method: 'POST', body }, input)).body).toEqual(expected);
  });
});
