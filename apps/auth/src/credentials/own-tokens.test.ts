import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { updateAuthConfig, type ConnectionDetail } from '@patchbay/contracts';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';
import { answer } from '../../test/issuer.js';
import { RefreshSweep } from './refresh.sweep.js';

let on: Accounts;
let authConfigId: string;
beforeAll(async () => {
  on = await startAccounts();
  ({ id: authConfigId } = await on.newConfig('acme_two'));
});
afterEach(() => on.issuer.reset());
afterAll(() => on?.stop());

const bot = { access_token: 'bot-0', token_type: 'bot', scope: 'chat:write' };
const person = { id: 'U1', access_token: 'own-0', token_type: 'user', scope: 'search:read' };

async function signIn(body: object): Promise<ConnectionDetail> {
  on.issuer.instead['/token'] = answer(200, { ok: true, ...body });
  const { token, connection } = await on.newLink('acme_two', { authConfigId });
  const sent = await on.follow(token);
  const outcome = await on.complete({ code: 'c', state: String(sent.searchParams.get('state')) });
  expect(outcome).toMatchObject({ status: 'success' });
  return on.get(connection.id);
}

const READ = {};
const OWN = { toolSlug: 'ACME_TWO_WRITE', token: 'user' as const };
const bearer = async (account: ConnectionDetail, more: Parameters<typeof on.open>[1]) =>
  (await on.open(account, more)).headers['authorization'];

describe('the tokens of an app and of a person', () => {
  it.each<[string, object, string, string]>([
    ['both', { ...bot, authed_user: person }, 'Bearer bot-0', 'Bearer own-0'],
    [
      'both, the app’s without a type',
      { access_token: 'bot-0', authed_user: person },
      'Bearer bot-0',
      'Bearer own-0',
    ],
    ['the person’s alone', { authed_user: person }, 'Bearer own-0', 'Bearer own-0'],
    [
      'the person’s alone, beside a token of null',
      { access_token: null, scope: '', authed_user: person },
      'Bearer own-0',
      'Bearer own-0',
    ],
    ['the person’s at the top', { ...person, authed_user: { id: 'U1' } }, 'Bearer own-0', 'Bearer own-0'],
    ['the person’s in both places', { ...person, authed_user: person }, 'Bearer own-0', 'Bearer own-0'],
  ])('go out with the tools that are meant, when there are %s', async (_, body, usual, own) => {
    const account = await signIn(body);
    expect([await bearer(account, READ), await bearer(account, OWN)]).toEqual([usual, own]);
  });

  it('have their scopes shown, and the tokens not', async () => {
    const { state } = await signIn({ ...bot, authed_user: person });
    expect(state).toMatchObject({ scope: 'chat:write', user_scope: 'search:read' });
    expect(JSON.stringify(state)).not.toMatch(/own-0|bot-0/);
    const alone = await signIn({ ...person, scope: '', authed_user: { id: 'U1', scope: 'a,b' } });
    expect(alone.state).toMatchObject({ scope: 'a,b' });
  });

  it('are missed with words where only the app’s is there and a person’s is needed', async () => {
    const account = await signIn({ ...bot, authed_user: { id: 'U1' } });
    expect(await bearer(account, READ)).toBe('Bearer bot-0');
    const error = await on.open(account, OWN).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(refused('account_not_usable'));
    expect(error).toMatchObject({
      suggestion: expect.stringContaining(
        `An administrator of the project has to add the tool's scopes to the user_scopes of the auth config ${authConfigId}`,
      ),
    });
  });

  it('are sent as they are where it is not known whose they are', async () => {
    const account = await on.create('acme_two', { access_token: 'tok-1' }, { authConfigId });
    expect(await bearer(account, OWN)).toBe('Bearer tok-1');
  });
});

describe('each of the two tokens', () => {
  const both = {
    ...bot,
    refresh_token: 'bot-refresh-0',
    expires_in: 43_200,
    authed_user: { ...person, refresh_token: 'own-refresh-0', expires_in: 43_200 },
  };
  const refreshing = () => {
    let made = 0;
    on.issuer.instead['/token'] = (response, request) => {
      made += 1;
      const whose = String(request.form.get('refresh_token')).split('-')[0] ?? '';
      const tokens = { access_token: `${whose}-${made}`, refresh_token: `${whose}-refresh-${made}` };
      const body = { ok: true, ...tokens, token_type: whose === 'own' ? 'user' : 'bot', expires_in: 43_200 };
      answer(200, body)(response, request);
    };
  };

  it('is refreshed by its own refresh token, and leaves the other as it was', async () => {
    const account = await signIn(both);
    refreshing();
    const { fingerprint } = await on.open(account, OWN);
    expect(await bearer(account, { ...OWN, rejected: fingerprint })).toBe('Bearer own-1');
    expect(await bearer(account, READ)).toBe('Bearer bot-0');
    const usual = await on.open(account, READ);
    expect(await bearer(account, { ...READ, rejected: usual.fingerprint })).toBe('Bearer bot-2');
    expect(await bearer(account, OWN)).toBe('Bearer own-1');
    const own = await on.open(account, OWN);
    expect(await bearer(account, { ...OWN, rejected: own.fingerprint })).toBe('Bearer own-3');
    const spent = on.issuer.heardAt('/token').map(({ form }) => form.get('refresh_token'));
    expect(spent).toEqual([null, 'own-refresh-0', 'bot-refresh-0', 'own-refresh-1']);
  });

  it('is refreshed by the sweep when it is due, and no other', async () => {
    const account = await signIn({ ...both, authed_user: { ...both.authed_user, expires_in: 0.001 } });
    refreshing();
    await on.auth.app.get(RefreshSweep).sweep();
    const spent = on.issuer.heardAt('/token').map(({ form }) => form.get('refresh_token'));
    expect(spent).toEqual([null, 'own-refresh-0']);
    expect([await bearer(account, OWN), await bearer(account, READ)]).toEqual([
      'Bearer own-1',
      'Bearer bot-0',
    ]);
  });

  it('takes the account along when it is refused for good', async () => {
    const account = await signIn(both);
    const { fingerprint } = await on.open(account, OWN);
    on.issuer.instead['/token'] = answer(200, { ok: false, error: 'invalid_refresh_token' });
    await expect(on.open(account, { ...OWN, rejected: fingerprint })).rejects.toMatchObject(
      refused('no_active_connection'),
    );
    expect(await on.get(account.id)).toMatchObject({
      status: 'EXPIRED',
      statusReason: expect.stringContaining('invalid_refresh_token'),
    });
  });
});

describe('what a sign-in asks for', () => {
  const asked = async (settings: Parameters<typeof on.newConfig>[1]) => {
    const { id } = await on.newConfig('acme_two', settings);
    const { token } = await on.newLink('acme_two', { authConfigId: id });
    const sent = (await on.follow(token)).searchParams;
    return [sent.get('scope'), sent.get('user_scope')];
  };
  const app = { client_id: 'my-app', client_secret: 'app-secret' };

  it.each<[string, Parameters<typeof on.newConfig>[1], (string | null)[]]>([
    ['nothing said', {}, ['read write', null]],
    ['scopes', { credentials: { ...app, scopes: 'a,b' } }, ['a b', null]],
    ['empty scopes', { credentials: { ...app, scopes: '' } }, [null, null]],
    ['blank scopes', { credentials: { ...app, scopes: ' ' } }, [null, null]],
    ['empty scopes and the person’s', { credentials: { ...app, scopes: '', user_scopes: 'c' } }, [null, 'c']],
    ['the person’s besides', { credentials: { ...app, user_scopes: 'c d' } }, ['read write', 'c d']],
    ['none of the person’s', { credentials: { ...app, user_scopes: '' } }, ['read write', null]],
    ['an empty list', { scopes: [], userScopes: ['c'] }, [null, 'c']],
    ['null', { scopes: null, userScopes: null }, ['read write', null]],
    ['tools of both kinds', { toolsForConnecting: ['ACME_TWO_READ', 'ACME_TWO_WRITE'] }, ['read', 'write']],
    ['a tool of the person’s', { toolsForConnecting: ['ACME_TWO_WRITE'] }, [null, 'write']],
    ['a tool of the app’s', { toolsForConnecting: ['ACME_TWO_READ'] }, ['read', null]],
  ])('with %s', async (_, settings, expected) => {
    expect(await asked(settings)).toEqual(expected);
  });

  it('is the usual again after null', async () => {
    const { id, isManaged } = await on.newConfig('acme_two', { scopes: [] });
    const key = { projectId: on.projectId, id, isManaged };
    expect((await on.bus.request(updateAuthConfig, { ...key, name: 'n' })).scopes).toEqual([]);
    expect((await on.bus.request(updateAuthConfig, { ...key, scopes: null })).scopes).toBeNull();
  });
});
