import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, startAccounts } from '../../test/accounts.js';
import { answer, type Heard, type Issuer } from '../../test/issuer.js';

let on: Accounts;
let authConfigId: string;
beforeAll(async () => {
  on = await startAccounts();
  ({ id: authConfigId } = await on.newConfig('acme_resource'));
});
afterEach(() => on.issuer.reset());
afterAll(() => on?.stop());

/** Gives numbered tokens, and refuses each request of these grants that names a resource. */
function refusing(issuer: Issuer, refusal: { status?: number; body: object }, ...grants: string[]) {
  let given = 0;
  issuer.instead['/token'] = (response, request: Heard) => {
    const { form } = request;
    if (form.has('resource') && grants.includes(String(form.get('grant_type')))) {
      return answer(refusal.status ?? 400, refusal.body)(response, request);
    }
    given += 1;
    const tokens = { access_token: `access-${given}`, refresh_token: `refresh-${given}`, expires_in: 0.001 };
    answer(200, tokens)(response, request);
  };
}

async function signIn(query: Record<string, string> = {}) {
  const { token, connection } = await on.newLink('acme_resource', { authConfigId });
  const sent = await on.follow(token);
  const state = String(sent.searchParams.get('state'));
  const outcome = await on.complete({ code: 'c', state, ...query }, sent);
  return { outcome, account: await on.get(connection.id) };
}

const resources = () => on.issuer.heardAt('/token').map(({ form }) => form.get('resource'));

describe('a server that refuses the resource', () => {
  it.each([
    ['as its target', { error: 'invalid_target' }],
    [
      'in its own words',
      {
        error: 'invalid_target',
        error_description:
          "AADSTS9010010: The resource parameter provided in the request doesn't match with the requested scopes.",
      },
    ],
    ['as a parameter', { error: 'invalid_request', error_description: 'unsupported parameter: resource' }],
    ['as a request', { error: 'invalid_request' }],
    ['as a scope', { error: 'invalid_scope' }],
    ['without words', {}],
  ])('of a refresh %s is asked once more without it, and so from then on', async (_, body) => {
    refusing(on.issuer, { body }, 'refresh_token');
    const { account } = await signIn();
    const named = resources()[0];
    expect((await on.open(account)).headers['authorization']).toBe('Bearer access-2');
    expect((await on.open(account)).headers['authorization']).toBe('Bearer access-3');
    expect(resources()).toEqual([named, named, null, null]);
    const spent = on.issuer.heardAt('/token').map(({ form }) => form.get('refresh_token'));
    expect(spent).toEqual([null, 'refresh-1', 'refresh-1', 'refresh-2']);
  });

  it('of a code is asked once more without it', async () => {
    refusing(on.issuer, { body: { error: 'invalid_target' } }, 'authorization_code', 'refresh_token');
    const { outcome, account } = await signIn();
    expect(outcome.status).toBe('success');
    expect((await on.open(account)).headers['authorization']).toBe('Bearer access-2');
    expect(resources().slice(1)).toEqual([null, null]);
  });

  it.each([
    ['a code that is refused', 'authorization_code', { error: 'invalid_request' }],
    ['a refresh token that is over', 'refresh_token', { error: 'invalid_grant' }],
    ['a client that is not known', 'refresh_token', { error: 'invalid_client' }],
  ])('is not taken to be one by %s', async (_, grant, body) => {
    refusing(on.issuer, { body }, grant);
    const { account } = await signIn();
    if (grant === 'refresh_token') await on.open(account).catch(() => undefined);
    expect(resources().filter((resource) => resource === null)).toEqual([]);
  });
});

describe('the issuer of an answer', () => {
  const named = (suffix: string) => on.issuer.url + suffix;
  it.each([
    ['is the one that was asked, to the letter', () => named('/'), 'success'],
    ['is the one that was asked, without the final slash', () => named(''), 'success'],
    ['is another path', () => named('/tenant'), 'failed'],
    ['is another host', () => 'https://evil.example/', 'failed'],
  ])('%s', async (_, iss, status) => {
    const { outcome } = await signIn({ iss: iss() });
    expect(outcome.status).toBe(status);
    expect(on.issuer.heardAt('/token')).toHaveLength(status === 'failed' ? 0 : 1);
  });
});
