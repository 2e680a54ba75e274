import { describe, expect, it } from '@jest/globals';
import type { OpenedCredential } from '@patchbay/contracts';
import { httpTool, type HttpTool, type InstalledToolkit } from '@patchbay/toolkits';
import { z } from 'zod';
import { prepareRequest } from './http.request.js';

const toolkit: InstalledToolkit = {
  slug: 'acme',
  name: 'Acme',
  description: 'A provider.',
  logo: 'https://acme.example/logo.svg',
  categories: [],
  version: '20260101_00',
  baseUrl: 'https://api.acme.example/v2/',
  headers: { accept: 'application/vnd.acme+json', 'x-acme-version': '7' },
  tools: [],
};

function tool(given: Partial<HttpTool>): HttpTool {
  return httpTool({
    slug: 'ACME_DO',
    name: 'Do',
    description: 'Does it.',
    method: 'GET',
    path: '/things',
    input: z.object({}),
    tags: [],
    ...given,
  });
}

const credential: OpenedCredential = {
  connectionId: 'ca_1',
  headers: { authorization: 'Bearer token-1' },
  query: { key: 'k&y' },
  urlValues: {},
  fingerprint: 'f1',
};

function urlOf(given: Partial<HttpTool>, input: Record<string, unknown>): string {
  return prepareRequest(tool(given), toolkit, input, undefined).url.href;
}

describe('prepareRequest', () => {
  it('puts the path of the tool under the base URL', () => {
    expect(urlOf({}, {})).toBe('https://api.acme.example/v2/things');
  });

  it.each([
    ['plain', 'plain'],
    ['a/b', 'a%2Fb'],
    ['a?b=c#d', 'a%3Fb%3Dc%23d'],
    ['50% & more', '50%25%20%26%20more'],
    ['%2e%2e', '%252e%252e'],
    ['..\\up', '..%5Cup'],
    ['.\t.', '.%09.'],
    ['naïve', 'na%C3%AFve'],
    ['{other}', '%7Bother%7D'],
    ['$&$1', '%24%26%241'],
    [42, '42'],
  ])('keeps the argument %j inside its one segment', (name, encoded) => {
    expect(urlOf({ path: '/things/{name}/edit' }, { name })).toBe(
      `https://api.acme.example/v2/things/${encoded}/edit`,
    );
  });

  it('keeps the slashes of an argument that may have several segments, and encodes the rest', () => {
    expect(urlOf({ path: '/files/{+path}' }, { path: 'docs/a b/c?.md' })).toBe(
      'https://api.acme.example/v2/files/docs/a%20b/c%3F.md',
    );
  });

  it.each([
    ['/things/{name}', '..'],
    ['/things/{name}', '.'],
    ['/things/{+name}', '../../admin'],
    ['/things/{+name}', 'docs/../../admin'],
    ['/things/{+name}', 'docs/..'],
  ])('refuses to climb out of %s by %j', (path, name) => {
    expect(() => urlOf({ path }, { name })).toThrow('name: must not be . or ..');
  });

  it('fills several arguments, and does not send them a second time', () => {
    const request = prepareRequest(
      tool({ method: 'POST', path: '/{owner}/{repo}/issues' }),
      toolkit,
      { owner: 'octo', repo: '{owner}', title: 'Broken' },
      undefined,
    );
    expect(request.url.href).toBe('https://api.acme.example/v2/octo/%7Bowner%7D/issues');
    expect(JSON.parse(String(request.body))).toEqual({ title: 'Broken' });
  });

  it('sends the other arguments of a GET or DELETE in the query, and no body', () => {
    for (const method of ['GET', 'DELETE'] as const) {
      const input = { q: 'a&b c', page: 2, flag: false, empty: '', none: null, missing: undefined };
      const request = prepareRequest(tool({ method }), toolkit, input, undefined);
      expect(request.url.search).toBe('?q=a%26b+c&page=2&flag=false&empty=');
      expect(request.body).toBeUndefined();
      expect(request.headers['content-type']).toBeUndefined();
    }
  });

  it('repeats a name in the query for each item of a list', () => {
    expect(urlOf({}, { label: ['bug', 'help wanted'], none: [] })).toMatch(/\?label=bug&label=help\+wanted$/);
  });

  it('sends the arguments of a method with a body as JSON, and those named as query in the query', () => {
    const request = prepareRequest(
      tool({ method: 'PATCH', query: ['notify', 'dry'] }),
      toolkit,
      { title: 'New', labels: ['bug'], body: null, notify: true },
      undefined,
    );
    expect(request.url.search).toBe('?notify=true');
    expect(JSON.parse(String(request.body))).toEqual({ title: 'New', labels: ['bug'], body: null });
    expect(request.headers['content-type']).toBe('application/json');
  });

  it('leaves the arguments that it was given as they are', () => {
    const input = { name: 'x', page: 1 };
    urlOf({ path: '/things/{name}' }, input);
    expect(input).toEqual({ name: 'x', page: 1 });
  });

  it("sends the credential, and the toolkit's and the tool's headers over its own", () => {
    const request = prepareRequest(tool({ headers: { 'x-acme-version': '8' } }), toolkit, {}, credential);
    expect(request.headers).toEqual({
      accept: 'application/vnd.acme+json',
      'user-agent': 'Patchbay',
      'x-acme-version': '8',
      authorization: 'Bearer token-1',
    });
    expect(request.url.search).toBe('?key=k%26y');
  });

  it("lets no argument replace the credential's part of the query", () => {
    const { url } = prepareRequest(tool({}), toolkit, { key: 'mine' }, credential);
    expect(url.searchParams.getAll('key')).toEqual(['k&y']);
  });
});
