import { describe, expect, it } from 'vitest';
import { refusalOf, take, toolOf, type Part } from './documents.js';

describe('security schemes', () => {
  const authOf = (securitySchemes: Part) => take({}, { components: { securitySchemes } }).toolkit.auth;

  it('are refused where they would be a header of the connection', () => {
    const { place, reason } = refusalOf(() =>
      authOf({ key: { type: 'apiKey', in: 'header', name: 'Host' } }),
    );
    expect(place).toBe('/components/securitySchemes/key/name');
    expect(reason).toContain('only the platform sets');
  });

  it.each<[string, Part, Part]>([
    [
      'an API key in a header',
      { type: 'apiKey', in: 'header', name: 'X-Key' },
      { scheme: 'API_KEY', placement: { headers: { 'X-Key': '{generic_api_key}' } } },
    ],
    [
      'an API key in the query',
      { type: 'apiKey', in: 'query', name: 'key' },
      { scheme: 'API_KEY', placement: { query: { key: '{generic_api_key}' } } },
    ],
    ['a bearer token', { type: 'http', scheme: 'Bearer' }, { scheme: 'BEARER_TOKEN' }],
    ['a password', { type: 'http', scheme: 'basic' }, { scheme: 'BASIC' }],
    [
      'OpenID Connect',
      { type: 'openIdConnect', openIdConnectUrl: 'https://x.example' },
      { scheme: 'BEARER_TOKEN' },
    ],
    [
      'OAuth 2.0, with addresses under the API',
      {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            authorizationUrl: 'https://acme.example/sign-in',
            tokenUrl: '/token',
            scopes: {},
          },
        },
      },
      {
        scheme: 'OAUTH2',
        authorizationUrl: 'https://acme.example/sign-in',
        tokenUrl: 'https://api.acme.example/token',
        scopes: [],
      },
    ],
    [
      'an app by itself',
      {
        type: 'oauth2',
        flows: { clientCredentials: { tokenUrl: 'https://acme.example/token', scopes: {} } },
      },
      { scheme: 'S2S_OAUTH2' },
    ],
  ])('know %s', (_, scheme, expected) => {
    expect(authOf({ it: scheme })).toMatchObject([expected]);
  });

  it('put two keys into one account', () => {
    const auth = authOf({
      APIKey: { type: 'apiKey', in: 'query', name: 'key' },
      APIToken: { type: 'apiKey', in: 'query', name: 'token' },
    });
    expect(auth).toMatchObject([{ placement: { query: { key: '{generic_api_key}', token: '{apitoken}' } } }]);
  });

  it('leave the parameters that carry them to the account', () => {
    const securitySchemes = { key: { type: 'apiKey', in: 'query', name: 'key' } };
    const parameters = [{ name: 'key', in: 'query', required: true, schema: { type: 'string' } }];
    expect(toolOf({ parameters }, { components: { securitySchemes } }).args).toEqual({});
  });
});
