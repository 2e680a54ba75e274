import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OutboundClient } from '@patchbay/service';
import { McpSignIn } from './mcp.sign-in.js';

/** What is at a path: JSON, a text as it is, or a status. */
type Document = object | string | number;

const documents: Record<string, Document> = {};
let server: Server;
let url: string;
let http: OutboundClient;
beforeAll(async () => {
  server = createServer((request, response) => {
    const found = documents[request.url ?? ''] ?? documents['*'] ?? 404;
    if (typeof found === 'number') response.writeHead(found).end();
    else response.end(typeof found === 'string' ? found : JSON.stringify(found));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  http = new OutboundClient(['127.0.0.1']);
});
beforeEach(() => {
  for (const path of Object.keys(documents)) delete documents[path];
});
afterAll(async () => {
  await http?.close();
  server?.close();
  server?.closeAllConnections();
});

const RESOURCE = '/.well-known/oauth-protected-resource/mcp';
const OAUTH = '/.well-known/oauth-authorization-server';
const OIDC = '/.well-known/openid-configuration';

const resource = (more: object = {}) => ({ resource: `${url}/mcp`, authorization_servers: [url], ...more });
const authority = (more: object = {}) => ({
  issuer: url,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  registration_endpoint: `${url}/register`,
  response_types_supported: ['code'],
  ...more,
});
const discoverAll = (
  found: Record<string, Document>,
  challenge: { scope?: string } = {},
  PUBLIC_URL = 'https://patchbay.example',
) => {
  Object.assign(documents, found);
  return new McpSignIn(http, { PUBLIC_URL }).discover({ slug: 'up', url: `${url}/mcp` }, challenge);
};
const discover = async (...given: Parameters<typeof discoverAll>) => (await discoverAll(...given))[0];

describe('the description of a sign-in is understood', () => {
  it.each<[string, () => Record<string, Document>, (() => object)?]>([
    [
      'as the RFCs have it',
      () => ({ [RESOURCE]: resource(), [OAUTH]: authority() }),
      () => ({ resource: `${url}/mcp` }),
    ],
    [
      'with a final slash of the issuer alone',
      () => ({ [RESOURCE]: resource(), [OAUTH]: authority({ issuer: `${url}/` }) }),
      () => ({ issuer: `${url}/` }),
    ],
    [
      'with a final slash where it is named alone',
      () => ({ [RESOURCE]: resource({ authorization_servers: [`${url}/`] }), [OAUTH]: authority() }),
      () => ({ issuer: url }),
    ],
    [
      'with a final slash of an issuer with a path',
      () => ({
        [RESOURCE]: resource({ authorization_servers: [`${url}/t/`] }),
        [`${OAUTH}/t`]: authority({ issuer: `${url}/t` }),
      }),
    ],
    [
      'with a final slash of the resource',
      () => ({ [RESOURCE]: resource({ resource: `${url}/mcp/` }), [OAUTH]: authority() }),
      () => ({ resource: `${url}/mcp/` }),
    ],
    [
      'with the origin for a resource',
      () => ({ [RESOURCE]: resource({ resource: url }), [OAUTH]: authority() }),
      () => ({ resource: url }),
    ],
    [
      'without a resource',
      () => ({ [RESOURCE]: { authorization_servers: [url] }, [OAUTH]: authority() }),
      () => ({ resource: `${url}/mcp` }),
    ],
    [
      'without response_types_supported',
      () => ({ [RESOURCE]: resource(), [OAUTH]: authority({ response_types_supported: undefined }) }),
    ],
    [
      'with nulls',
      () => ({
        [RESOURCE]: resource({ scopes_supported: null }),
        [OAUTH]: authority({
          scopes_supported: null,
          revocation_endpoint: null,
          code_challenge_methods_supported: null,
          service_documentation: null,
        }),
      }),
    ],
    [
      'with empty texts',
      () => ({
        [RESOURCE]: resource(),
        [OAUTH]: authority({ revocation_endpoint: '', service_documentation: '', op_policy_uri: '' }),
      }),
    ],
    [
      'with scopes in one text',
      () => ({ [RESOURCE]: resource({ scopes_supported: 'a b' }), [OAUTH]: authority() }),
      () => ({ scopes: ['a', 'b'] }),
    ],
    [
      'with one authorization server as a text',
      () => ({ [RESOURCE]: resource({ authorization_servers: url }), [OAUTH]: authority() }),
    ],
    [
      'with no list of authorization servers',
      () => ({ [RESOURCE]: resource({ authorization_servers: [] }), [OAUTH]: authority() }),
    ],
    [
      'with a name that is no address among them',
      () => ({ [RESOURCE]: resource({ authorization_servers: ['acme', url] }), [OAUTH]: authority() }),
    ],
    [
      'with a first server that registers no clients',
      () => ({
        [RESOURCE]: resource({ authorization_servers: [`${url}/a`, url] }),
        [`${OAUTH}/a`]: authority({ issuer: `${url}/a`, registration_endpoint: undefined }),
        [OAUTH]: authority(),
      }),
    ],
    [
      'with relative endpoints',
      () => ({
        [RESOURCE]: resource(),
        [OAUTH]: authority({ token_endpoint: '/token', registration_endpoint: '/register' }),
      }),
    ],
    [
      'with booleans in words',
      () => ({
        [RESOURCE]: resource(),
        [OAUTH]: authority({ authorization_response_iss_parameter_supported: 'true' }),
      }),
      () => ({ namesIssuer: true }),
    ],
    [
      'with s256 in small letters',
      () => ({ [RESOURCE]: resource(), [OAUTH]: authority({ code_challenge_methods_supported: ['s256'] }) }),
    ],
    [
      'with empty lists',
      () => ({
        [RESOURCE]: resource(),
        [OAUTH]: authority({
          code_challenge_methods_supported: [],
          token_endpoint_auth_methods_supported: [],
          grant_types_supported: [],
        }),
      }),
      () => ({ tokenAuthMethod: 'client_secret_basic' }),
    ],
    [
      'with a byte order mark',
      () => ({
        [RESOURCE]: `\uFEFF${JSON.stringify(resource())}`,
        [OAUTH]: `\uFEFF${JSON.stringify(authority())}`,
      }),
    ],
    ['with a page where there is nothing', () => ({ '*': '<!doctype html>', [OAUTH]: authority() })],
    [
      'with a page where the first document would be',
      () => ({ '*': '<!doctype html>', [RESOURCE]: resource(), [OIDC]: authority() }),
    ],
    [
      'by OpenID Connect without what is not read',
      () => ({ [RESOURCE]: resource(), [OIDC]: authority({ response_types_supported: undefined }) }),
    ],
    [
      'with 500 where the first document would be',
      () => ({ [RESOURCE]: resource(), [OAUTH]: 500, [OIDC]: authority() }),
    ],
    [
      'with 401 where the path’s document would be',
      () => ({ [RESOURCE]: 401, '/.well-known/oauth-protected-resource': resource(), [OAUTH]: authority() }),
    ],
    ['with 500 where the resource would be', () => ({ [RESOURCE]: 500, [OAUTH]: authority() })],
    [
      'by a server that is its own, where it is mounted',
      () => ({ [`${OAUTH}/mcp`]: authority({ issuer: `${url}/mcp` }) }),
    ],
  ])('%s', async (_, found, expected = () => ({})) => {
    expect(await discover(found())).toMatchObject({
      scheme: 'DCR_OAUTH',
      tokenUrl: `${url}/token`,
      registrationUrl: `${url}/register`,
      ...expected(),
    });
  });

  it('with a challenge that names no scope', async () => {
    const found = { [RESOURCE]: resource({ scopes_supported: ['a'] }), [OAUTH]: authority() };
    expect(await discover(found, { scope: '' })).toMatchObject({ scopes: [] });
    expect(await discover(found, { scope: ' b  c ' })).toMatchObject({ scopes: ['b', 'c'] });
  });
});

describe('how we are a client there', () => {
  const describes = {
    client_id_metadata_document_supported: true,
    authorization_response_iss_parameter_supported: true,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'none'],
  };
  const ways = async (more: object, publicUrl?: string) => {
    const specs = await discoverAll({ [RESOURCE]: resource(), [OAUTH]: authority(more) }, {}, publicUrl);
    return specs.map(({ scheme, tokenAuthMethod }) => [scheme, tokenAuthMethod]);
  };
  const BY_DOCUMENT = ['CIMD_OAUTH', 'none'];
  const REGISTERED = ['DCR_OAUTH', 'client_secret_post'];

  it.each<[string, object, string[][], string?]>([
    ['by a document of ours, before by registering', describes, [BY_DOCUMENT, REGISTERED]],
    [
      'by a document of ours alone',
      { ...describes, registration_endpoint: undefined, token_endpoint_auth_methods_supported: undefined },
      [BY_DOCUMENT],
    ],
    [
      'by registering, where another’s answers cannot be told from its own',
      { ...describes, authorization_response_iss_parameter_supported: undefined },
      [REGISTERED],
    ],
    [
      'by registering, where every client has a secret',
      { ...describes, token_endpoint_auth_methods_supported: ['client_secret_post'] },
      [REGISTERED],
    ],
    ['by registering, where our address is not https', describes, [REGISTERED], 'http://localhost:3000'],
    ['by registering, where our address is the loopback', describes, [REGISTERED], 'https://127.0.0.1:3000'],
  ])('%s', async (_, more, expected, publicUrl) => {
    expect(await ways(more, publicUrl)).toEqual(expected);
  });

  it.each<[string, object, string?]>([
    [
      'does not say in its answers that they are its own (RFC 9207)',
      { authorization_response_iss_parameter_supported: false },
    ],
    ['takes no public client', { token_endpoint_auth_methods_supported: ['private_key_jwt'] }],
    ['would read who Patchbay is at PUBLIC_URL, which is not https', {}, 'http://patchbay.example'],
  ])('in no way, as it lets no client register itself, and %s', async (why, more, publicUrl) => {
    const only = { ...describes, registration_endpoint: undefined, ...more };
    await expect(ways(only, publicUrl)).rejects.toThrow(`lets no client register itself, and ${why}.`);
  });
});

describe('the description of a sign-in is refused with what was wrong', () => {
  it.each<[string, () => Record<string, Document>, string, string]>([
    ['is nowhere', () => ({}), 'invalid_request', 'says nowhere how to'],
    ['is nowhere but for pages', () => ({ '*': '<html>' }), 'invalid_request', '(not JSON)'],
    ['is away', () => ({ '*': 503 }), 'unavailable', '(503)'],
    [
      'is of another issuer',
      () => ({ [RESOURCE]: resource(), [OAUTH]: authority({ issuer: 'https://other.example' }) }),
      'invalid_request',
      'says that it is https://other.example',
    ],
    [
      'registers no clients',
      () => ({ [RESOURCE]: resource(), [OAUTH]: authority({ registration_endpoint: undefined }) }),
      'invalid_request',
      'lets no client register',
    ],
    [
      'has null for a registration',
      () => ({ [RESOURCE]: resource(), [OAUTH]: authority({ registration_endpoint: null }) }),
      'invalid_request',
      'lets no client register',
    ],
    [
      'has plain PKCE alone',
      () => ({ [RESOURCE]: resource(), [OAUTH]: authority({ code_challenge_methods_supported: ['plain'] }) }),
      'invalid_request',
      'without PKCE',
    ],
    [
      'is for another resource',
      () => ({ [RESOURCE]: resource({ resource: 'https://other.example/mcp' }), [OAUTH]: authority() }),
      'invalid_request',
      'https://other.example/mcp',
    ],
    [
      'has no token endpoint',
      () => ({ [RESOURCE]: resource(), [OAUTH]: authority({ token_endpoint: undefined }) }),
      'invalid_request',
      'without a usable token_endpoint',
    ],
  ])('that %s', async (_, found, code, words) => {
    const error = await discover(found()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toContain(words);
    expect((error as Error).message).not.toMatch(/invalid_type|"path"/);
  });
});
