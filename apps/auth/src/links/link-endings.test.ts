import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createReconnectLink,
  deleteAuthConfig,
  deleteConnection,
  followLink,
  getLink,
  newId,
  revokeConnection,
  sessionDeleted,
  setAuthConfigEnabled,
  setConnectionEnabled,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';
import { BROWSER } from '../../test/browser.js';

let on: Accounts;
beforeAll(async () => {
  on = await startAccounts();
});
afterEach(() => on.issuer.reset());
afterAll(() => on?.stop());

const TOKENS = { access_token: 'access-0', refresh_token: 'refresh-0', expires_in: 3_600 };
const of = (id: string) => ({ projectId: on.projectId, id });
const setAccount = (id: string, enabled: boolean) =>
  on.bus.request(setConnectionEnabled, { ...of(id), enabled });
const setConfig = (id: string, enabled: boolean) =>
  on.bus.request(setAuthConfigEnabled, { ...of(id), enabled });
const reconnect = (id: string) => on.bus.request(createReconnectLink, of(id));

type Account = Awaited<ReturnType<Accounts['create']>>;

/** What somebody does to an account, and how it is afterwards, for good. */
const ENDINGS: [string, (account: Account) => Promise<unknown>, string | null][] = [
  ['is disabled', ({ id }) => setAccount(id, false), 'INACTIVE'],
  ['is revoked', ({ id }) => on.bus.request(revokeConnection, of(id)), 'REVOKED'],
  ['is deleted', ({ id }) => on.bus.request(deleteConnection, of(id)), null],
  ['has its config disabled', ({ authConfig }) => setConfig(authConfig.id, false), 'INACTIVE'],
  ['has its config deleted', ({ authConfig }) => on.bus.request(deleteAuthConfig, of(authConfig.id)), null],
];

/** Null for one that is gone. */
async function statusOf(id: string): Promise<string | null> {
  return on.get(id).then(
    ({ status }) => status,
    (error: { code: string }) => (error.code === 'connection_not_found' ? null : error.code),
  );
}

describe.each(ENDINGS)('an account that %s', (_, end, status) => {
  it('is not brought back by a link that was made before', async () => {
    const account = await on.create('acme_oauth', TOKENS);
    const { token } = await reconnect(account.id);
    await end(account);
    await expect(on.bus.request(getLink, { token })).rejects.toMatchObject(refused('link_not_usable'));
    await expect(on.follow(token)).rejects.toMatchObject(refused('link_not_usable'));
    expect(await statusOf(account.id)).toBe(status);
  });

  it('is not brought back by a person who is at the provider', async () => {
    const account = await on.create('acme_oauth', TOKENS);
    const sent = await on.follow((await reconnect(account.id)).token);
    await end(account);
    const query = { code: 'c', state: String(sent.searchParams.get('state')) };
    await expect(on.complete(query, sent)).rejects.toMatchObject(refused('link_not_usable'));
    expect(on.issuer.heardAt('/token')).toEqual([]);
    expect(await statusOf(account.id)).toBe(status);
  });

  it('is not brought back by an answer of the provider that was on its way', async () => {
    const account = await on.create('acme_oauth', TOKENS);
    const sent = await on.follow((await reconnect(account.id)).token);
    const go = on.issuer.hold('/token');
    const coming = on.complete({ code: 'c', state: String(sent.searchParams.get('state')) }, sent).then(
      (outcome) => outcome.status,
      () => 'refused',
    );
    await eventually(() => expect(on.issuer.heardAt('/token')).toHaveLength(1));
    await end(account);
    go();
    expect(await coming).not.toBe('success');
    expect(await statusOf(account.id)).toBe(status);
  });
});

describe('a link that begins an account', () => {
  it('begins none while its config is disabled, and does again when it is back', async () => {
    const { token, connection } = await on.newLink('acme_bearer');
    const submit = () => on.bus.request(followLink, { token, values: { token: 'right' }, browser: BROWSER });
    await setConfig(connection.authConfig.id, false);
    await expect(submit()).rejects.toMatchObject(refused('link_not_usable'));
    await setConfig(connection.authConfig.id, true);
    expect(await submit()).toMatchObject({ outcome: { status: 'success' } });
  });

  it('fails when its config was disabled while the provider answered', async () => {
    const { token, connection } = await on.newLink('acme_oauth');
    const sent = await on.follow(token);
    const go = on.issuer.hold('/token');
    const coming = on.complete({ code: 'c', state: String(sent.searchParams.get('state')) }, sent);
    await eventually(() => expect(on.issuer.heardAt('/token')).toHaveLength(1));
    await setConfig(connection.authConfig.id, false);
    go();
    expect(await coming).toMatchObject({ status: 'failed', error: 'account_disabled' });
    expect((await on.get(connection.id)).status).toBe('FAILED');
  });

  it('ends with its session', async () => {
    const sessionId = newId('session');
    const { token } = await on.newLink('acme_bearer', { sessionId });
    const { token: other } = await on.newLink('acme_bearer', { sessionId: newId('session') });
    const data = { sessionId, userId: 'ann', configVersion: 1 };
    await on.bus.publish(sessionDeleted, on.bus.envelop(on.projectId, data));
    await eventually(() =>
      expect(on.bus.request(getLink, { token })).rejects.toMatchObject(refused('link_not_usable')),
    );
    expect(await on.bus.request(getLink, { token: other })).toMatchObject({ bindsBrowser: false });
  });
});

describe('an account that is connected again', () => {
  it('stays the one it was when somebody else signed in', async () => {
    const account = await on.create('acme_bearer', { token: 'right' }, { validate: true });
    expect(account.displayName).toBe('octocat');
    on.issuer.instead['/me'] = (response) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end('{"login":"mallory"}');
    const submit = async () => {
      const { token } = await reconnect(account.id);
      return on.bus.request(followLink, { token, values: { token: 'theirs' }, browser: BROWSER });
    };
    expect(await submit()).toMatchObject({ outcome: { status: 'failed', error: 'other_account' } });
    expect(await on.get(account.id)).toMatchObject({ status: 'ACTIVE', displayName: 'octocat' });
    expect((await on.open(account)).headers).toEqual({ authorization: 'Bearer right' });
    on.issuer.reset();
    expect(await submit()).toMatchObject({ outcome: { status: 'success' } });
    await eventually(async () =>
      expect((await on.open(account)).headers).toEqual({ authorization: 'Bearer theirs' }),
    );
  });
});
