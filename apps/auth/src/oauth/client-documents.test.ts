import { createLink, type ConnectionDetail } from '@patchbay/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, startAccounts } from '../../test/accounts.js';
import { answer } from '../../test/issuer.js';
import { runAuth } from '../../test/running-auth.js';

let on: Accounts;
beforeAll(async () => {
  on = await startAccounts();
});
afterEach(() => on.issuer.reset());
afterAll(() => on?.stop());

async function begin() {
  const { token, connection } = await on.newLink('acme_cimd');
  const sent = await on.follow(token);
  const query = Object.fromEntries(sent.searchParams) as Record<string, string>;
  return { id: connection.id, sent, query, state: String(query['state']) };
}

describe('an account whose client is described by a document of ours', () => {
  it('is connected with the document’s address for a client id, with PKCE and without a secret', async () => {
    const { id, sent, query, state } = await begin();
    expect(query).toMatchObject({ code_challenge_method: 'S256', code_challenge: expect.any(String) });
    const place =
      /^(https:\/\/tools\.example\/api\/v3\.1\/toolkits\/auth\/issuers\/[\w-]{22})\/client\.json$/;
    const [clientId, own] = place.exec(String(query['client_id'])) ?? [];
    expect(query['redirect_uri']).toBe(`${own}/callback`);
    const outcome = await on.complete({ code: 'c', state, iss: on.issuer.url }, sent);
    expect(outcome.status).toBe('success');
    expect((await on.get(id)).status).toBe('ACTIVE');
    const [exchange] = on.issuer.heardAt('/token');
    expect(exchange).toMatchObject({ authorization: '' });
    expect(exchange?.form.get('client_id')).toBe(clientId);
    expect(exchange?.form.has('client_secret')).toBe(false);
    expect(on.issuer.heardAt('/register')).toEqual([]);
  });

  // Every server of that kind takes the document: without this a hostile one could pass its person on to another.
  it.each([
    ['does not say whose it is', undefined],
    ['is another server’s', 'https://other.example'],
  ])('is not given the code of an answer that %s', async (_, iss) => {
    const { id, sent, state } = await begin();
    const outcome = await on.complete({ code: 'c', state, ...(iss && { iss }) }, sent);
    expect(outcome.status).toBe('failed');
    expect(on.issuer.heardAt('/token')).toEqual([]);
    expect((await on.get(id)).status).not.toBe('ACTIVE');
  });

  it('cannot have its answers sent to another address than the document’s', async () => {
    const credentials = { oauth_redirect_uri: 'https://app.example/callback' };
    await expect(on.newConfig('acme_cimd', { credentials })).rejects.toMatchObject({
      code: 'invalid_request',
      issues: ['credentials.oauth_redirect_uri: cannot be given with CIMD_OAUTH'],
    });
  });

  it('stays when the provider cannot read the document for a while', async () => {
    const account = await signedInShortly();
    on.issuer.instead['/token'] = answer(401, { error: 'invalid_client' });
    await expect(on.open(account)).rejects.toMatchObject({
      code: 'credential_refused',
      suggestion: expect.stringContaining('PUBLIC_URL'),
    });
    expect((await on.get(account.id)).status).toBe('ACTIVE');
  });
});

describe('an installation that is elsewhere now', () => {
  const signIn = () => signedInShortly();

  it('refreshes accounts as the client that they began with, and ends those whose client is not known any more', async () => {
    const [kept, lost] = [await signIn(), await signIn()];
    const client = on.issuer.heardAt('/token')[0]?.form.get('client_id');
    await on.auth.close();
    on.auth = await runAuth({ ...on.settings, PUBLIC_URL: 'https://moved.example' });
    const before = on.issuer.heardAt('/token').length;
    expect((await on.open(kept)).headers['authorization']).toMatch(/^Bearer access-/);
    expect(on.issuer.heardAt('/token')[before]?.form.get('client_id')).toBe(client);
    on.issuer.instead['/token'] = answer(401, { error: 'invalid_client' });
    await expect(on.open(lost)).rejects.toMatchObject({ code: 'no_active_connection' });
    expect((await on.get(lost.id)).status).toBe('EXPIRED');
  });

  it.each([
    ['http://tools.example', 'is not https'],
    ['https://127.0.0.1:3000', 'is not at a public address'],
  ])('at %s makes no links that would lead nowhere', async (PUBLIC_URL, why) => {
    await on.auth.close();
    on.auth = await runAuth({ ...on.settings, PUBLIC_URL });
    await expect(on.newLink('acme_cimd')).rejects.toMatchObject({
      code: 'no_auth_config',
      message: `The provider of acme_cimd would read who Patchbay is at PUBLIC_URL, which ${why}.`,
    });
    // Of a toolkit that takes both, the way that works is taken.
    const link = { projectId: on.projectId, userId: on.newUser(), toolkit: 'acme_both' };
    const { connection } = await on.bus.request(createLink, link);
    expect(connection.authConfig.authScheme).toBe('DCR_OAUTH');
  });
});

/** Tokens that are over at once, so that each use refreshes them. */
async function signedInShortly(): Promise<ConnectionDetail> {
  on.issuer.rules.expiresIn = 0.001;
  on.issuer.rules.rotates = false;
  return on.signIn('acme_cimd');
}
