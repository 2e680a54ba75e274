import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';
import { answer } from '../../test/issuer.js';

let on: Accounts;
beforeAll(async () => {
  on = await startAccounts();
});
afterEach(() => on.issuer.reset());
afterAll(() => on?.stop());

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const keyFile = JSON.stringify({ client_email: 'robot@acme.example', private_key: privateKey });
const app = { application_id: '1', installation_id: '7', private_key: privateKey };

/** The provider takes none of them twice: each must be replaced by the next. */
async function expectTwoRefreshes(account: { userId: string; toolkit: string }): Promise<void> {
  const seen = new Set<string>();
  let rejected: string | undefined;
  for (const _ of [0, 1, 2]) {
    const opened = await on.open(account, { rejected });
    seen.add(String(opened.headers['authorization']));
    rejected = opened.fingerprint;
  }
  expect([...seen]).toEqual(['Bearer access-1', 'Bearer access-2', 'Bearer access-3']);
}

const CLIENTS: Record<string, unknown> = {
  acme_dcr: 'registered',
  acme_cimd: expect.stringMatching(/^https:\/\/tools\.example\/.*\/client\.json$/),
};

describe('a credential that is refreshed twice in a row', () => {
  it.each([
    ['OAUTH2 whose refresh tokens rotate', 'acme_oauth', true],
    ['OAUTH2 whose refresh token stays', 'acme_oauth', false],
    ['DCR_OAUTH', 'acme_dcr', true],
    ['CIMD_OAUTH', 'acme_cimd', true],
  ])('is one of %s', async (_, toolkit, rotates) => {
    on.issuer.rules.rotates = rotates;
    const account = await on.signIn(toolkit);
    expect(account.status).toBe('ACTIVE');
    await expectTwoRefreshes(account);
    const spent = on.issuer.heardAt('/token').map(({ form }) => form.get('refresh_token'));
    expect(spent).toEqual(rotates ? [null, 'refresh-1', 'refresh-2'] : [null, 'refresh-0', 'refresh-0']);
    const client = CLIENTS[toolkit] ?? 'my-app';
    for (const { form } of on.issuer.heardAt('/token')) expect(form.get('client_id')).toEqual(client);
  });

  it.each<[string, string, Record<string, string>, string]>([
    ['S2S_OAUTH2', 'acme_s2s', { client_id: 'robot', client_secret: 's' }, '/token'],
    ['GOOGLE_SERVICE_ACCOUNT', 'acme_google', { credentials_json: keyFile }, '/token'],
    ['SERVICE_ACCOUNT', 'acme_app', app, '/app/installations/7/access_tokens'],
    ['BASIC_WITH_JWT', 'acme_jwt', { username: 'ann', password: 'pw' }, '/login'],
  ])('is one of %s', async (_, toolkit, values, path) => {
    await expectTwoRefreshes(await on.create(toolkit, values));
    expect(on.issuer.heardAt(path)).toHaveLength(3);
  });
});

describe('what the provider is shown', () => {
  it('is a client of its own for S2S_OAUTH2', async () => {
    await on.create('acme_s2s', { client_id: 'robot', client_secret: 's' });
    expect(Object.fromEntries(on.issuer.heardAt('/token')[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'robot',
      client_secret: 's',
      scope: 'read',
    });
  });

  it('is an assertion of the service account for Google', async () => {
    await on.create('acme_google', { credentials_json: keyFile });
    const { form } = on.issuer.heardAt('/token')[0] ?? {};
    expect(form?.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    expect(decodeJwt(String(form?.get('assertion')))).toMatchObject({
      iss: 'robot@acme.example',
      aud: `${on.issuer.url}/token`,
      scope: 'drive',
    });
  });

  it('is an assertion of the app for SERVICE_ACCOUNT, and name and password for BASIC_WITH_JWT', async () => {
    await on.create('acme_app', app);
    const [{ authorization } = { authorization: '' }] = on.issuer.heardAt(
      '/app/installations/7/access_tokens',
    );
    expect(decodeJwt(authorization.replace('Bearer ', ''))).toMatchObject({ iss: '1' });
    await on.create('acme_jwt', { username: 'ann', password: 'pw' });
    expect(on.issuer.heardAt('/login')[0]?.json).toEqual({ username: 'ann', password: 'pw' });
  });
});

describe('a credential that the provider does not take', () => {
  it.each<[string, string, Record<string, string>, string]>([
    ['a client secret', 'acme_s2s', { client_id: 'robot', client_secret: 's' }, '/token'],
    ['a password', 'acme_jwt', { username: 'ann', password: 'pw' }, '/login'],
    ['an installation', 'acme_app', app, '/app/installations/7/access_tokens'],
  ])('is refused, with no account left behind: %s', async (_, toolkit, values, path) => {
    on.issuer.instead[path] = answer(401, { error: 'invalid_client' });
    const [before] = await on.sql('SELECT count(*) FROM auth.connected_accounts');
    await expect(on.create(toolkit, values)).rejects.toMatchObject(refused('credential_refused'));
    expect((await on.sql('SELECT count(*) FROM auth.connected_accounts'))[0]).toEqual(before);
  });

  it.each<[string, string, Record<string, string>, string]>([
    ['a client secret', 'acme_s2s', { client_id: 'robot', client_secret: 's' }, '/token'],
    ['a password', 'acme_jwt', { username: 'ann', password: 'pw' }, '/login'],
    ['an installation', 'acme_app', app, '/app/installations/7/access_tokens'],
  ])('is the end of the account when it was taken before: %s', async (_, toolkit, values, path) => {
    on.issuer.rules.expiresIn = 0.001;
    const account = await on.create(toolkit, values);
    const { fingerprint } = await on.open(account);
    on.issuer.instead[path] = answer(401, { error: 'invalid_client' });
    await expect(on.open(account, { rejected: fingerprint })).rejects.toMatchObject(
      refused('no_active_connection'),
    );
    expect((await on.get(account.id)).status).toBe('EXPIRED');
  });

  it('is refused without repeating it when it is no key at all', async () => {
    for (const credentials_json of [
      '{"private_key":"hunter2"',
      JSON.stringify({ client_email: 'a', private_key: 'hunter2' }),
    ]) {
      const refusal = await on.create('acme_google', { credentials_json }).catch((error: unknown) => error);
      expect(refusal).toMatchObject(refused('credential_refused'));
      expect(JSON.stringify(refusal)).not.toContain('hunter2');
    }
    expect(on.issuer.heardAt('/token')).toEqual([]);
  });
});
