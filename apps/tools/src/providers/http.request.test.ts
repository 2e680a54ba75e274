import { describe, expect, it } from 'vitest';
import { readJson, type OpenedCredential } from '@patchbay/contracts';
import {
  httpTool,
  type HttpTool,
  type InstalledToolkit,
  type ToolRequest,
  type ToolRequestBody,
} from '@patchbay/toolkits';
import { z } from 'zod';
import { acmeAt } from '../../test/acme.js';
import { prepareRequest } from './http.request.js';
import { buildRequest } from './request-template.js';

const toolkit: InstalledToolkit = {
  ...acmeAt('https://api.acme.example/v2/'),
  headers: { accept: 'application/vnd.acme+json', 'x-acme-version': '7' },
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
  authConfigId: 'ac_1',
  fingerprint: 'f1',
};

const noFiles = () => Promise.reject(new Error('no files here'));
const prepare = async (
  given: Partial<HttpTool>,
  input: Record<string, unknown>,
  account?: OpenedCredential,
) =>
  prepareRequest(await buildRequest(tool(given), input, { read: noFiles, store: noFiles }), toolkit, account);
const urlOf = async (given: Partial<HttpTool>, input: Record<string, unknown>) =>
  (await prepare(given, input)).url.href;

describe('a tool described as a request', () => {
  it('puts the path of the tool under the base URL', async () => {
    expect(await urlOf({}, {})).toBe('https://api.acme.example/v2/things');
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
  ])('keeps the argument %j inside its one segment', async (name, encoded) => {
    expect(await urlOf({ path: '/things/{name}/edit' }, { name })).toBe(
      `https://api.acme.example/v2/things/${encoded}/edit`,
    );
  });

  it('keeps the slashes of an argument that may have several segments, and encodes the rest', async () => {
    expect(await urlOf({ path: '/files/{+path}' }, { path: 'docs/a b/c?.md' })).toBe(
      'https://api.acme.example/v2/files/docs/a%20b/c%3F.md',
    );
  });

  it.each([
    ['/things/{name}', '..'],
    ['/things/{name}', '.'],
    ['/things/{+name}', '../../admin'],
    ['/things/{+name}', 'docs/../../admin'],
    ['/things/{+name}', 'docs/..'],
  ])('refuses to climb out of %s by %j', async (path, name) => {
    await expect(urlOf({ path }, { name })).rejects.toThrow('name: must not be . or ..');
  });

  it('writes numbers that no double holds by their digits, wherever they go', async () => {
    const input = readJson('{"id":1234567890123456789,"to":[18446744073709551615]}') as Record<
      string,
      unknown
    >;
    const at = await prepare({ path: '/things/{id}', method: 'GET' }, input);
    expect(at.url.pathname + at.url.search).toBe('/v2/things/1234567890123456789?to=18446744073709551615');
    const sent = await prepare({ method: 'POST', path: '/things' }, input);
    expect(sent.body).toBe('{"id":1234567890123456789,"to":[18446744073709551615]}');
    for (const style of ['form', 'deepObject', 'json', 'pipeDelimited'] as const) {
      const places = { to: { in: 'query', style, explode: false } } as const;
      const { search } = (await prepare({ method: 'GET', path: '/things', places }, input)).url;
      expect(decodeURIComponent(search)).toContain('18446744073709551615');
    }
    for (const type of ['form', 'multipart'] as const) {
      const { body } = await prepare({ method: 'POST', path: '/things', body: { type } }, input);
      expect(Buffer.from(body ?? '').toString()).toContain('1234567890123456789');
    }
  });

  it('fills several arguments, and does not send them a second time', async () => {
    const request = await prepare(
      { method: 'POST', path: '/{owner}/{repo}/issues' },
      { owner: 'octo', repo: '{owner}', title: 'Broken' },
    );
    expect(request.url.href).toBe('https://api.acme.example/v2/octo/%7Bowner%7D/issues');
    expect(JSON.parse(String(request.body))).toEqual({ title: 'Broken' });
  });

  it('sends the other arguments of a GET or DELETE in the query, and no body', async () => {
    for (const method of ['GET', 'DELETE'] as const) {
      const input = { q: 'a&b c', page: 2, flag: false, empty: '', none: null, missing: undefined };
      const request = await prepare({ method }, input);
      expect(request.url.search).toBe('?q=a%26b+c&page=2&flag=false&empty=');
      expect(request.body).toBeUndefined();
      expect(request.headers['content-type']).toBeUndefined();
    }
  });

  it('repeats a name in the query for each item of a list', async () => {
    expect(await urlOf({}, { label: ['bug', 'help wanted'], none: [] })).toMatch(
      /\?label=bug&label=help\+wanted$/,
    );
  });

  it('sends the arguments of a method with a body as JSON, and those named as query in the query', async () => {
    const request = await prepare(
      { method: 'PATCH', query: ['notify', 'dry'] },
      { title: 'New', labels: ['bug'], body: null, notify: true },
    );
    expect(request.url.search).toBe('?notify=true');
    expect(JSON.parse(String(request.body))).toEqual({ title: 'New', labels: ['bug'], body: null });
    expect(request.headers['content-type']).toBe('application/json');
  });

  it('leaves the arguments that it was given as they are', async () => {
    const input = { name: 'x', page: 1 };
    await urlOf({ path: '/things/{name}' }, input);
    expect(input).toEqual({ name: 'x', page: 1 });
  });

  it("sends the credential, and the toolkit's and the tool's headers over its own", async () => {
    const request = await prepare({ headers: { 'x-acme-version': '8' } }, {}, credential);
    expect(request.headers).toEqual({
      accept: 'application/vnd.acme+json',
      'user-agent': 'Patchbay',
      'x-acme-version': '8',
      authorization: 'Bearer token-1',
    });
    expect(request.url.search).toBe('?key=k%26y');
  });

  it("lets no argument replace the credential's part of the query", async () => {
    const { url } = await prepare({}, { key: 'mine' }, credential);
    expect(url.searchParams.getAll('key')).toEqual(['k&y']);
  });
});

describe('a request of a tool of its own', () => {
  const there = { ...toolkit, origins: ['https://files.acme.example'] };
  const send = (request: ToolRequest, account?: OpenedCredential) => prepareRequest(request, there, account);

  it.each([
    ['/things', 'Bearer token-1'],
    ['https://api.acme.example/other', 'Bearer token-1'],
    ['https://files.acme.example/7', 'Bearer token-1'],
    ['https://elsewhere.example/things', undefined],
    ['https://api.acme.example:8443/things', undefined],
    ['http://api.acme.example/things', undefined],
  ])('takes the credential to %s only if that is the provider', async (url, authorization) => {
    const { headers, url: to } = await send({ method: 'GET', url }, credential);
    expect(headers['authorization']).toBe(authorization);
    expect(to.searchParams.has('key')).toBe(authorization !== undefined);
    expect(headers['x-acme-version']).toBe(authorization && '7');
  });

  it.each([
    ['/things', 'toolkit'],
    ['https://files.acme.example/7', 'toolkit'],
    ['https://elsewhere.example/things', 'given_address'],
    ['http://10.0.0.7/things', 'given_address'],
  ])('says of %s whether its address was given by others', async (url, purpose) => {
    expect((await send({ method: 'GET', url })).purpose).toEqual({ for: purpose, toolkit: 'acme' });
  });

  it('takes the credential to where it was settled that it may go, which is still a given address', async () => {
    const settled = 'https://intranet.acme.example';
    const request = { method: 'GET', url: `${settled}/things` } as const;
    const { headers, purpose } = await prepareRequest(request, there, credential, settled);
    expect(headers['authorization']).toBe('Bearer token-1');
    expect(purpose).toEqual({ for: 'given_address', toolkit: 'acme' });
  });

  it('goes where the accounts of a scheme have their API', async () => {
    const account = { ...credential, baseUrl: 'https://{site}.acme.example', urlValues: { site: 'eu' } };
    expect((await send({ method: 'GET', url: '/things' }, account)).url.href).toBe(
      'https://eu.acme.example/things?key=k%26y',
    );
  });

  it.each<[ToolRequestBody, string, string]>([
    [{ json: { a: [1, null] } }, 'application/json', '{"a":[1,null]}'],
    [
      { form: { a: 1, b: { c: 'x y', d: undefined }, e: [{ f: true }, 'g'] } },
      'application/x-www-form-urlencoded',
      'a=1&b%5Bc%5D=x+y&e%5B0%5D%5Bf%5D=true&e%5B1%5D=g',
    ],
    [{ bytes: Buffer.from('raw'), mimetype: 'message/rfc822' }, 'message/rfc822', 'raw'],
  ])('writes %j as its media type has it', async (body, mimetype, written) => {
    const prepared = await send({ method: 'POST', url: '/things', body });
    expect(prepared.headers['content-type']).toBe(mimetype);
    expect(Buffer.from(prepared.body ?? '').toString()).toBe(written);
  });

  it('writes files as parts of a form', async () => {
    const file = { name: 'a "b".txt', mimetype: 'text/plain', bytes: Buffer.from('words') };
    const { body, headers } = await send({ method: 'POST', url: '/', body: { parts: { note: 'hi', file } } });
    const form = await new Response(Buffer.from(body ?? ''), { headers }).formData();
    expect(form.get('note')).toBe('hi');
    const sent = form.get('file') as File;
    expect([sent.name, sent.type, await sent.text()]).toEqual(['a "b".txt', 'text/plain', 'words']);
  });
});

describe('the headers of a request', () => {
  const send = (headers: Record<string, string>, placed: Partial<OpenedCredential> = {}) =>
    prepareRequest({ method: 'GET', url: '/things', headers }, toolkit, { ...credential, ...placed });

  it("are each there once, the credential's before all others", async () => {
    const placed = { headers: { 'X-API-Key': 'stored' } };
    const { headers } = await send({ 'x-api-key': 'mine', Accept: 'text/plain' }, placed);
    expect(headers).toMatchObject({ 'x-api-key': 'stored', accept: 'text/plain' });
    expect(Object.keys(headers).filter((name) => /^x-api-key$/i.test(name))).toHaveLength(1);
  });

  it('are none that only the platform sets, whatever sets them', async () => {
    await expect(send({ Host: 'evil.example' })).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(send({}, { headers: { 'Content-Length': '0' } })).rejects.toThrow('only the platform sets');
    await expect(send({ 'x-note': 'a\r\nhost: b' })).rejects.toThrow('that no header can hold');
  });
});
