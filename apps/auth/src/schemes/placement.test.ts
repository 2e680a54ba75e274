import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';
import { isSigned } from '../../test/issuer.js';
import { fillAddress } from './placement.js';

let on: Accounts;
beforeAll(async () => {
  on = await startAccounts();
});
afterAll(() => on?.stop());

describe('a credential in a request', () => {
  it.each<[string, string, Record<string, string>, object]>([
    [
      'API_KEY: where the toolkit says, in a header and in the query',
      'acme_key',
      { generic_api_key: 'k-1' },
      { headers: { 'x-key': 'k k-1' }, query: { key: 'k-1' }, urlValues: {} },
    ],
    [
      'API_KEY: with the part of the address that the account names, and no secret there',
      'acme_host',
      { generic_api_key: 'k-1', subdomain: 'eu-1' },
      { headers: { 'x-key': 'k-1' }, query: {}, urlValues: { subdomain: 'eu-1' } },
    ],
    ['BEARER_TOKEN', 'acme_bearer', { token: 't-1' }, { headers: { authorization: 'Bearer t-1' } }],
    [
      'BASIC: RFC 7617, with a colon and an umlaut in the password',
      'acme_basic',
      { username: 'ann', password: 'p:ü' },
      { headers: { authorization: `Basic ${Buffer.from('ann:p:ü').toString('base64')}` } },
    ],
  ])('is placed for %s', async (_, toolkit, values, placed) => {
    const account = await on.create(toolkit, values);
    expect(await on.open(account)).toMatchObject({ connectionId: account.id, ...placed });
  });

  it('begins no other header, and does not tell itself when it would', async () => {
    const account = await on.create('acme_bearer', { token: 't-secret\r\nhost: evil' });
    const refusal = (await on.open(account).catch((error: unknown) => error)) as Error;
    expect(refusal.message).toContain('authorization has a value that no header can hold');
    expect(refusal.message).not.toContain('t-secret');
  });

  it('goes to an address that the provider was asked for when the account was connected', async () => {
    const account = await on.create('acme_site', { generic_api_key: 'k-1', pin: '42' });
    expect(await on.open(account)).toMatchObject({
      headers: { authorization: `Basic ${Buffer.from('k-1:42').toString('base64')}` },
      baseUrl: `${on.issuer.url}/sites/{site_id}`,
      urlValues: { site_id: 's-1', site_url: 'https://one.example' },
    });
  });

  it('makes no account when the provider names no address for it', async () => {
    const created = on.create('acme_site', { generic_api_key: 'k-1', pin: '43' });
    await expect(created).rejects.toMatchObject({ code: 'credential_refused' });
  });

  it('is what signs for OAUTH1, after its three steps', async () => {
    const { token, connection } = await on.newLink('acme_oauth1');
    const sent = await on.follow(token);
    expect(sent.searchParams.get('oauth_token')).toBe('request-1');
    const [{ authorization } = { authorization: '' }] = on.issuer.heardAt('/request_token');
    const callback = decodeURIComponent(String(/oauth_callback="([^"]*)"/.exec(authorization)?.[1]));
    const state = String(new URL(callback).searchParams.get('state'));
    const came = { state, oauth_token: 'request-1', oauth_verifier: 'verifier-1' };
    expect((await on.complete(came)).status).toBe('success');
    const [exchange] = on.issuer.heardAt('/access_token');
    expect(exchange?.authorization).toContain('oauth_verifier="verifier-1"');
    expect(isSigned(on.issuer.url, '/access_token', String(exchange?.authorization), 'request-secret')).toBe(
      true,
    );
    expect(isSigned(on.issuer.url, '/access_token', String(exchange?.authorization), 'other')).toBe(false);
    expect(await on.open(connection)).toMatchObject({
      headers: {},
      oauth1: {
        consumerKey: 'consumer',
        consumerSecret: 'consumer-secret',
        token: 'oauth1-token',
        tokenSecret: 'oauth1-secret',
      },
    });
  });

  it('is no account when the person declines an OAUTH1 sign-in', async () => {
    const { token, connection } = await on.newLink('acme_oauth1');
    await on.follow(token);
    const authorization = String(on.issuer.heardAt('/request_token').at(-1)?.authorization);
    const callback = decodeURIComponent(String(/oauth_callback="([^"]*)"/.exec(authorization)?.[1]));
    const state = String(new URL(callback).searchParams.get('state'));
    expect(await on.complete({ state, denied: 'request-1' })).toMatchObject({ error: 'access_denied' });
    expect((await on.get(connection.id)).status).toBe('FAILED');
  });
});

const ELSEWHERE = [
  'evil.example/',
  'evil.example#',
  'evil.example?',
  'a@evil.example',
  'a:80',
  '..',
  '.',
  '',
  'a b',
  'a\\b',
  '%2e',
  'ä',
];

describe('a placeholder in an address', () => {
  it.each(ELSEWHERE)('does not lead elsewhere by %j', async (value) => {
    expect(() => fillAddress('https://{sub}.acme.example', { sub: value })).toThrow(
      'The field sub cannot be part of an address.',
    );
    const values = { generic_api_key: 'k', subdomain: value };
    await expect(on.create('acme_host', values)).rejects.toMatchObject(refused('invalid_request'));
  });

  it('may be a name with dots, dashes and digits', () => {
    const address = fillAddress('https://{sub}.acme.example/{id}', { sub: 'eu-1.shop', id: 'A_7' });
    expect(address).toBe('https://eu-1.shop.acme.example/A_7');
  });

  it('is filled in before the person is sent to the provider, or the sign-in does not begin', async () => {
    const { token } = await on.newLink('acme_shop');
    await expect(on.follow(token, { shop: '../evil' })).rejects.toMatchObject(refused('invalid_request'));
    await expect(on.follow(token)).rejects.toMatchObject(refused('invalid_request'));
    expect((await on.follow(token, { shop: 'corner-shop' })).pathname).toBe('/corner-shop/authorize');
  });
});
