import { describe, expect, it } from 'vitest';
import { connectionFieldsOf } from '../../src/auth-spec.js';
import type { ImportOptions } from '../../src/openapi/import.js';
import type { HttpTool } from '../../src/toolkit.js';
import { refusalOf, take, type Part } from './documents.js';

const DOCUMENT = 'https://docs.acme.example/apis/v2/openapi.json?key=secret';
const BEARER = { components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } } };

const baseOf = (servers: unknown, options: Partial<ImportOptions> = {}, more: Part = {}) =>
  take({}, { servers, ...more }, options).toolkit.baseUrl;

describe('the address of an API', () => {
  it.each<[string, unknown, string]>([
    ['an absolute path', [{ url: '/v1' }], 'https://docs.acme.example/v1'],
    ['the root alone', [{ url: '/' }], 'https://docs.acme.example'],
    ['a path beside the document', [{ url: 'v3' }], 'https://docs.acme.example/apis/v2/v3'],
    ['a dot', [{ url: '.' }], 'https://docs.acme.example/apis/v2'],
    ['a path above the document', [{ url: '../v1/' }], 'https://docs.acme.example/apis/v1'],
    ['a host without its scheme', [{ url: '//api.acme.example/v1' }], 'https://api.acme.example/v1'],
    ['no servers', undefined, 'https://docs.acme.example'],
    ['null for servers', null, 'https://docs.acme.example'],
    ['an empty list of servers', [], 'https://docs.acme.example'],
    ['a server without an address', [{}], 'https://docs.acme.example'],
    ['an empty address', [{ url: '' }], 'https://docs.acme.example'],
    [
      'a path of variables',
      [{ url: '/{v}', variables: { v: { default: 'v7' } } }],
      'https://docs.acme.example/v7',
    ],
    [
      'an address that is a variable with an empty default',
      [{ url: '{base}', variables: { base: { default: '' } } }],
      'https://docs.acme.example',
    ],
  ])('is found from where the document was: %s', (_, servers, baseUrl) => {
    expect(baseOf(servers, { documentUrl: DOCUMENT })).toBe(baseUrl);
  });

  it.each<[string, string, Part, string]>([
    ['an empty default', 'https://a.example/{base}', { base: { default: '' } }, 'https://a.example'],
    [
      'an empty default in the middle',
      'https://{env}api.example',
      { env: { default: '' } },
      'https://api.example',
    ],
    ['a number', 'https://a.example:{port}', { port: { default: 8443 } }, 'https://a.example:8443'],
    ['zero', 'https://a.example/v{n}', { n: { default: 0 } }, 'https://a.example/v0'],
    ['a fraction', 'https://a.example/v{n}', { n: { default: 1.5 } }, 'https://a.example/v1.5'],
    ['a truth', 'https://a.example/{b}', { b: { default: false } }, 'https://a.example/false'],
    ['the first of its values', 'https://{r}.example', { r: { enum: ['eu', 'us'] } }, 'https://eu.example'],
    ['a scheme', '{scheme}://a.example', { scheme: { default: 'http' } }, 'http://a.example'],
    [
      'a name with signs',
      'https://{api.host}',
      { 'api.host': { default: 'b.example' } },
      'https://b.example',
    ],
    ['a whole address', '{url}', { url: { default: 'https://c.example/v1/' } }, 'https://c.example/v1'],
    [
      'a default outside of its values',
      'https://{r}.example',
      { r: { enum: ['us'], default: 'eu' } },
      'https://eu.example',
    ],
  ])('has the variables of its server filled in: %s', (_, url, variables, baseUrl) => {
    expect(baseOf([{ url, variables }])).toBe(baseUrl);
  });

  it.each<[string, unknown, string]>([
    ['a host without a scheme', [{ url: 'api.acme.example/v1' }], 'https://api.acme.example/v1'],
    ['a host with a port', [{ url: 'api.acme.example:8443/v1' }], 'https://api.acme.example:8443/v1'],
    ['spaces around it', [{ url: ' https://a.example/v1 ' }], 'https://a.example/v1'],
    ['an anchor', [{ url: 'https://a.example/v1#top' }], 'https://a.example/v1'],
    ['a credential in it, which is not kept', [{ url: 'https://me:pw@a.example' }], 'https://a.example'],
    [
      'one that is called by other means first',
      [{ url: 'wss://a.example' }, { url: 'https://b.example' }],
      'https://b.example',
    ],
    [
      'a relative one first, with no document to start from',
      [{ url: '/v1' }, { url: 'https://b.example' }],
      'https://b.example',
    ],
    ['what is no server first', ['https://a.example', { url: 'https://b.example' }], 'https://b.example'],
    [
      'letters of another script',
      [{ url: 'https://bücher.example/ü' }],
      'https://xn--bcher-kva.example/%C3%BC',
    ],
  ])('is understood as it is written: %s', (_, servers, baseUrl) => {
    expect(baseOf(servers)).toBe(baseUrl);
  });

  it.each<[string, unknown, string, RegExp]>([
    ['nothing', [], '/servers', /base_url/],
    ['a path', [{ url: '/v1' }], '/servers/0/url', /relative .* base_url/],
    ['a scheme that is no http', [{ url: 'ftp://a.example' }], '/servers/0/url', /no http address.*base_url/],
    ['words', [{ url: 'Your API URL' }], '/servers/0/url', /base_url/],
    ['a variable of a port', [{ url: 'https://a.example:{port}' }], '/servers/0/url', /base_url/],
    [
      'a variable, with no account to fill it in',
      [{ url: 'https://{site}.a.example' }],
      '/servers',
      /\{site\}.*base_url/,
    ],
  ])('is asked for by name when only %s says it', (_, servers, place, reason) => {
    expect(refusalOf(() => baseOf(servers))).toEqual({ place, reason: expect.stringMatching(reason) });
  });

  it('is what the caller says, whatever the document has', () => {
    expect(baseOf([{ url: '/v1' }], { baseUrl: 'https://given.example/api/' })).toBe(
      'https://given.example/api',
    );
  });

  it('has a part that each account fills in, and is asked for, where nothing else does', () => {
    const { toolkit } = take(
      {},
      { ...BEARER, servers: [{ url: 'https://{site}.acme.example/{v}', variables: { v: { default: 2 } } }] },
    );
    expect(toolkit.baseUrl).toBe('https://{site}.acme.example/2');
    expect(
      toolkit.auth?.map((spec) => connectionFieldsOf(spec).map(({ name, secret }) => [name, secret])),
    ).toEqual([
      [
        ['token', true],
        ['site', false],
      ],
    ]);
  });
});

describe('an operation with a server of its own', () => {
  const pathOf = (servers: unknown, options: Partial<ImportOptions> = {}) => {
    const { toolkit, refused } = take(
      { '/a': { get: { servers } } },
      { servers: [{ url: 'https://api.acme.example/v1' }] },
      options,
    );
    return (toolkit.tools[0] as HttpTool | undefined)?.path ?? refused[0]?.reason;
  };

  it.each<[string, unknown, string]>([
    ['the same', [{ url: 'https://api.acme.example/v1/' }], '/a'],
    ['under it', [{ url: 'https://api.acme.example/v1/beta' }], '/beta/a'],
    ['beside it on its host', [{ url: 'https://api.acme.example/v2' }], 'https://api.acme.example/v2/a'],
    [
      'on another host',
      [{ url: 'https://up.acme.example' }],
      'is at https://up.acme.example, not under the base URL',
    ],
    [
      'on another host first',
      [{ url: 'https://up.acme.example' }, { url: 'https://api.acme.example/v1/up' }],
      '/up/a',
    ],
    [
      'with a variable',
      [{ url: 'https://api.acme.example/v1/{p}', variables: { p: { default: '' } } }],
      '/a',
    ],
    ['an empty list', [], '/a'],
  ])('is sent there: %s', (_, servers, path) => {
    expect(pathOf(servers)).toBe(path);
  });

  it('that is relative starts where the document was', () => {
    expect(pathOf([{ url: '/v1/up' }], { documentUrl: 'https://api.acme.example/openapi.json' })).toBe(
      '/up/a',
    );
  });
});
