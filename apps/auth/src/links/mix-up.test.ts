import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, startAccounts } from '../../test/accounts.js';

let on: Accounts;
beforeAll(async () => {
  on = await startAccounts();
});
afterEach(() => on.issuer.reset());
afterAll(() => on?.stop());

async function begin(toolkit: string) {
  const { token, connection } = await on.newLink(toolkit);
  const sent = await on.follow(token);
  return { id: connection.id, sent, state: String(sent.searchParams.get('state')) };
}

describe('a provider that was registered at by ourselves', () => {
  it('answers at an address of its own, beside the one that is registered in consoles and not below it', async () => {
    const shared = new URL(String((await begin('acme_oauth')).sent.searchParams.get('redirect_uri')));
    expect(shared.href).toBe('https://tools.example/api/v3.1/toolkits/auth/callback');
    const { sent } = await begin('acme_dcr');
    const own = new URL(String(sent.searchParams.get('redirect_uri')));
    expect(own.pathname).toMatch(/^\/api\/v3\.1\/toolkits\/auth\/issuers\/[\w-]{22}\/callback$/);
    expect(own.pathname.startsWith(shared.pathname)).toBe(false);
    expect(on.issuer.heardAt('/register').at(-1)?.json).toMatchObject({ redirect_uris: [own.href] });
  });

  it("is not given a code that another one's app was sent to the shared address", async () => {
    const { id, state } = await begin('acme_dcr');
    const outcome = await on.complete({ code: 'stolen', state });
    expect(outcome).toMatchObject({ status: 'failed', error: 'issuer_mismatch' });
    expect(on.issuer.heardAt('/token')).toEqual([]);
    expect((await on.get(id)).status).toBe('INITIATED');
  });

  it('is given the code that came to its own', async () => {
    const { id, state, sent } = await begin('acme_dcr');
    expect((await on.complete({ code: 'code-1', state }, sent)).status).toBe('success');
    expect((await on.get(id)).status).toBe('ACTIVE');
    const redirect = on.issuer.heardAt('/token').at(-1)?.form.get('redirect_uri');
    expect(redirect).toBe(sent.searchParams.get('redirect_uri'));
  });
});

describe('an OAuth 1 provider', () => {
  it('is asked for no token with a request that somebody else authorized', async () => {
    const { token } = await on.newLink('acme_oauth1');
    await on.follow(token);
    const authorization = String(on.issuer.heardAt('/request_token').at(-1)?.authorization);
    const callback = decodeURIComponent(String(/oauth_callback="([^"]*)"/.exec(authorization)?.[1]));
    const state = String(new URL(callback).searchParams.get('state'));
    const query = { state, oauth_token: 'request-of-another', oauth_verifier: 'v' };
    expect(await on.complete(query)).toMatchObject({ status: 'failed', error: 'issuer_mismatch' });
    expect(on.issuer.heardAt('/access_token')).toEqual([]);
  });
});
