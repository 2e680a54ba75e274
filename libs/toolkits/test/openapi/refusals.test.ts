import { describe, expect, it } from 'vitest';
import { parseOpenApi } from '../../src/openapi/document.js';
import { importOpenApi } from '../../src/openapi/import.js';
import { refusalOf, take, type Part } from './documents.js';

describe('what cannot be taken', () => {
  it.each<[string, unknown, string]>([
    ['no document', 'words', ''],
    ['Swagger 2.0', { swagger: '2.0', paths: {} }, '/swagger'],
    ['a version to come', { openapi: '4.0.0', paths: {} }, '/openapi'],
    ['no version', { paths: {} }, '/openapi'],
    ['no paths', { openapi: '3.1.0' }, '/paths'],
    ['no address', { openapi: '3.1.0', paths: {} }, '/servers'],
    [
      'an address that is none',
      { openapi: '3.1.0', paths: {}, servers: [{ url: 'ftp://acme.example' }] },
      '/servers/0/url',
    ],
  ])('is refused with its place: %s', (_, content, place) => {
    expect(refusalOf(() => importOpenApi(content, { slug: 'acme' })).place).toBe(place);
  });

  it.each<[string, Part, string]>([
    [
      'a reference to nothing',
      { parameters: [{ $ref: '#/components/parameters/none' }] },
      '/paths/~1things/post/parameters/0',
    ],
    [
      'a reference elsewhere',
      { parameters: [{ $ref: 'https://evil.example/p.json' }] },
      '/paths/~1things/post/parameters/0',
    ],
    [
      'a parameter nowhere',
      { parameters: [{ name: 'a', in: 'air' }] },
      '/paths/~1things/post/parameters/0/in',
    ],
    [
      'a style that its place does not have',
      { parameters: [{ name: 'a', in: 'query', style: 'matrix' }] },
      '/paths/~1things/post/parameters/0/style',
    ],
    [
      'a body of parts that are no form',
      { requestBody: { content: { 'multipart/related': {} } } },
      '/paths/~1things/post/requestBody/content',
    ],
    [
      'a form that is a file as a whole',
      {
        requestBody: { content: { 'multipart/form-data': { schema: { type: 'string', format: 'binary' } } } },
      },
      '/paths/~1things/post/requestBody/content/multipart~1form-data/schema',
    ],
    ['another server', { servers: [{ url: 'https://elsewhere.example' }] }, '/paths/~1things/post/servers'],
  ])('of one operation leaves the others: %s', (_, operation, place) => {
    const { toolkit, refused } = take({ '/things': { post: operation, get: {} } });
    expect(toolkit.tools).toHaveLength(1);
    expect(refused).toEqual([{ operation: 'POST /things', place, reason: expect.stringMatching(/\w/) }]);
  });

  it.each<[string, Part, string, string]>([
    ['a method that makes no tool', { options: {} }, 'OPTIONS /odd', '/paths/~1odd/options'],
    ['a path that is elsewhere', { $ref: 'paths.yaml#/odd' }, '* /odd', '/paths/~1odd'],
  ])('is said, and leaves the others: %s', (_, item, operation, place) => {
    const { toolkit, refused } = take({ '/odd': item, '/things': { get: {} } });
    expect(toolkit.tools).toHaveLength(1);
    expect(refused).toEqual([{ operation, place, reason: expect.stringMatching(/\w/) }]);
  });

  it('is no path without its first slash, nor an answer that is a file', () => {
    const zip = { responses: { 200: { content: { 'application/zip': {} } } } };
    const { toolkit, refused } = take({ things: { get: zip }, 'x-notes': { get: {} } });
    expect(refused).toEqual([]);
    expect(toolkit.tools).toMatchObject([
      { path: '/things', output: { properties: { file: { file_downloadable: true } } } },
    ]);
  });

  it('is a path whose places nothing describes', () => {
    expect(take({ '/a/{id}': { get: {} } }).refused).toMatchObject([{ place: '/paths/~1a~1{id}/get' }]);
  });

  it('is a document of more operations than it may have', () => {
    const paths = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`/${index}`, { get: {} }]));
    expect(refusalOf(() => take(paths, {}, { maxOperations: 10 })).reason).toContain('more than 10');
  });
});

describe('parseOpenApi', () => {
  it.each(['{"openapi":"3.1.0"}', 'openapi: 3.1.0'])('reads %s', (text) => {
    expect(parseOpenApi(text)).toEqual({ openapi: '3.1.0' });
  });

  it.each([
    ['what is neither JSON nor YAML', '{"a": secret'],
    [
      'YAML that grows as it is read',
      `a: &a [x,x]\n${Array.from('bcdefghij', (name, index) => `${name}: &${name} [${`*${'abcdefghij'[index]},`.repeat(20)}]`).join('\n')}`,
    ],
  ])('refuses %s without quoting it', (_, text) => {
    const { reason } = refusalOf(() => parseOpenApi(text));
    expect(reason).not.toContain('secret');
  });
});
