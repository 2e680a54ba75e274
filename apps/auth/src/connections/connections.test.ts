import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createAuthConfig,
  deleteConnection,
  revokeConnection,
  setConnectionEnabled,
  updateConnection,
  updateProjectSettings,
  type InputOf,
  type ProjectSettings,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';
import { answer } from '../../test/issuer.js';

let on: Accounts;
beforeAll(async () => {
  on = await startAccounts();
});
afterEach(async () => {
  on.issuer.reset();
  await settings({ maskSecrets: true, alwaysRevokeOnDelete: false });
});
afterAll(() => on?.stop());

const settings = (changes: Partial<ProjectSettings>) =>
  on.bus.request(updateProjectSettings, { projectId: on.projectId, changes });
const of = (id: string) => ({ projectId: on.projectId, id });
const key = { generic_api_key: 'key-secret-1' };
const tokens = { access_token: 'access-0', refresh_token: 'refresh-0', expires_in: 3_600 };
const revoked = () => on.issuer.heardAt('/revoke').map(({ form }) => form.get('token'));

describe('an account from credentials at hand', () => {
  it('is active at once, from a key or from tokens, and lies sealed', async () => {
    const ofKey = await on.create('acme_key', key);
    const ofTokens = await on.create('acme_oauth', tokens);
    for (const { status } of [ofKey, ofTokens]) expect(status).toBe('ACTIVE');
    expect((await on.open(ofTokens)).headers).toEqual({ authorization: 'Bearer access-0' });
    const rows = JSON.stringify(await on.sql('SELECT * FROM auth.connected_accounts'));
    for (const secret of ['key-secret-1', 'access-0', 'refresh-0']) expect(rows).not.toContain(secret);
  });

  it('is refused when a field is missing, or the provider does not take it', async () => {
    await expect(on.create('acme_key', {})).rejects.toMatchObject({
      code: 'invalid_request',
      issues: [expect.stringContaining('generic_api_key: is required')],
    });
    await expect(on.create('acme_bearer', { token: 'wrong' }, { validate: true })).rejects.toMatchObject(
      refused('credential_refused'),
    );
    const good = await on.create('acme_bearer', { token: 'right' }, { validate: true });
    expect(good.displayName).toBe('octocat');
  });

  it('shows its secrets in part, or whole if the project wants, and never those of a managed config', async () => {
    const account = await on.create('acme_key', key);
    expect(account.state).toEqual({ generic_api_key: 'key-...' });
    const { id } = await on.bus.request(createAuthConfig, {
      projectId: on.projectId,
      toolkit: 'acme_oauth',
      isManaged: true,
    });
    const managed = await on.create('acme_oauth', tokens, { authConfigId: id });
    await settings({ maskSecrets: false });
    expect((await on.get(account.id)).state).toEqual(key);
    expect((await on.get(managed.id)).state).toMatchObject({
      access_token: 'REDACTED',
      refresh_token: 'REDACTED',
    });
  });
});

describe('several accounts of one user', () => {
  it('are told apart by aliases, and the one connected last is used', async () => {
    const userId = on.newUser();
    const first = await on.create('acme_key', key, { userId, alias: 'work' });
    await expect(on.create('acme_key', key, { userId, alias: 'work' })).rejects.toMatchObject(
      refused('invalid_request'),
    );
    const last = await on.create('acme_key', { generic_api_key: 'k-2' }, { userId, alias: 'home' });
    await eventually(async () => expect((await on.open(last)).connectionId).toBe(last.id));
    expect((await on.open(last, { account: 'work' })).connectionId).toBe(first.id);
    await expect(on.bus.request(updateConnection, { ...of(last.id), alias: 'work' })).rejects.toMatchObject(
      refused('invalid_request'),
    );
    expect((await on.bus.request(updateConnection, { ...of(first.id), alias: '' })).alias).toBeNull();
    expect((await on.bus.request(updateConnection, { ...of(last.id), alias: 'work' })).alias).toBe('work');
  });
});

describe('an account', () => {
  it('takes a new key in place of the old one', async () => {
    const account = await on.create('acme_key', key);
    await on.bus.request(updateConnection, { ...of(account.id), values: { generic_api_key: 'k-new' } });
    await eventually(async () => expect((await on.open(account)).query).toEqual({ key: 'k-new' }));
    const signedIn = await on.create('acme_oauth', tokens);
    const forged = { ...of(signedIn.id), values: { access_token: 'x' } };
    await expect(on.bus.request(updateConnection, forged)).rejects.toMatchObject(refused('invalid_request'));
  });

  it('is out of use while it is disabled', async () => {
    const account = await on.create('acme_key', key);
    const off = { ...of(account.id), enabled: false, reason: 'holiday' };
    expect(await on.bus.request(setConnectionEnabled, off)).toMatchObject({
      status: 'INACTIVE',
      statusReason: 'holiday',
    });
    await eventually(() => expect(on.open(account)).rejects.toMatchObject(refused('no_active_connection')));
    const back = await on.bus.request(setConnectionEnabled, { ...of(account.id), enabled: true });
    expect(back).toMatchObject({ status: 'ACTIVE', connectedAt: account.connectedAt });
    await eventually(async () => expect((await on.open(account)).connectionId).toBe(account.id));
  });

  it('is revoked at the provider, and keeps no credential', async () => {
    const account = await on.create('acme_oauth', tokens);
    const done = await on.bus.request(revokeConnection, of(account.id));
    expect(done).toMatchObject({
      connection: { status: 'REVOKED' },
      revoked: ['refresh_token', 'access_token'],
    });
    expect(revoked()).toEqual(['refresh-0', 'access-0']);
    expect((await on.bus.request(revokeConnection, of(account.id))).revoked).toEqual([]);
    await eventually(() => expect(on.open(account)).rejects.toMatchObject(refused('no_active_connection')));
    const ofKey = await on.create('acme_key', key);
    await expect(on.bus.request(revokeConnection, of(ofKey.id))).rejects.toMatchObject(
      refused('invalid_request'),
    );
  });

  it('stays active when the provider could not revoke it', async () => {
    on.issuer.instead['/revoke'] = answer(503, {});
    const account = await on.create('acme_oauth', tokens);
    await expect(on.bus.request(revokeConnection, of(account.id))).rejects.toMatchObject(
      refused('unavailable'),
    );
    expect((await on.get(account.id)).status).toBe('ACTIVE');
  });

  it('is revoked as it is deleted when asked, or always if the project says so', async () => {
    const remove = async (revoke: boolean) => {
      const account = await on.create('acme_oauth', tokens);
      await on.bus.request(deleteConnection, { ...of(account.id), revoke });
      await expect(on.get(account.id)).rejects.toMatchObject(refused('connection_not_found'));
    };
    await remove(false);
    expect(revoked()).toEqual([]);
    await remove(true);
    expect(revoked()).toHaveLength(2);
    await settings({ alwaysRevokeOnDelete: true });
    await remove(false);
    expect(revoked()).toHaveLength(4);
  });
});

describe('a shared account', () => {
  it('is used by those on its list, when it is pinned, and by no other user', async () => {
    const account = await on.create('acme_key', key, {
      accountType: 'SHARED',
      accessList: { allowAllUsers: false, allowedUserIds: ['friend'], notAllowedUserIds: [] },
    });
    const { toolkit } = account;
    const rules = { pinned: [account.id], requireChoice: false };
    expect((await on.open({ userId: 'friend', toolkit }, { rules })).connectionId).toBe(account.id);
    await expect(on.open({ userId: 'friend', toolkit })).rejects.toMatchObject(
      refused('no_active_connection'),
    );
    await expect(on.open({ userId: 'stranger', toolkit }, { rules })).rejects.toMatchObject(
      refused('no_active_connection'),
    );
    await on.bus.request(updateConnection, {
      ...of(account.id),
      accessList: { notAllowedUserIds: ['friend'] },
    });
    await eventually(() =>
      expect(on.open({ userId: 'friend', toolkit }, { rules })).rejects.toMatchObject(
        refused('no_active_connection'),
      ),
    );
    await expect(
      on.create('acme_key', key, {
        accessList: { allowAllUsers: true, allowedUserIds: [], notAllowedUserIds: [] },
      }),
    ).rejects.toMatchObject(refused('access_list_needs_shared'));
  });

  it('becomes one of its user alone, and a shared one again without the list that it had', async () => {
    const account = await on.create('acme_key', key);
    const { toolkit, userId } = account;
    const rules = { pinned: [account.id], requireChoice: false };
    const change = (more: Partial<InputOf<typeof updateConnection>>) =>
      on.bus.request(updateConnection, { ...of(account.id), ...more });
    const asFriend = () => on.open({ userId: 'friend', toolkit }, { rules });
    const noAccount = refused('no_active_connection');

    await expect(change({ accessList: { allowAllUsers: true } })).rejects.toMatchObject(
      refused('access_list_needs_shared'),
    );
    const accessList = { allowedUserIds: ['friend'] };
    expect(await change({ accountType: 'SHARED', accessList })).toMatchObject({
      accountType: 'SHARED',
      accessList: { allowAllUsers: false, allowedUserIds: ['friend'], notAllowedUserIds: [] },
    });
    await eventually(async () => expect((await asFriend()).connectionId).toBe(account.id));
    // Shared, it is chosen for nobody by itself, not even for its user.
    await expect(on.open({ userId, toolkit })).rejects.toMatchObject(noAccount);

    await expect(change({ accountType: 'PRIVATE', accessList })).rejects.toMatchObject(
      refused('access_list_needs_shared'),
    );
    await change({ accountType: 'PRIVATE' });
    await eventually(() => expect(asFriend()).rejects.toMatchObject(noAccount));
    expect((await on.open({ userId, toolkit })).connectionId).toBe(account.id);
    expect((await change({ accountType: 'SHARED' })).accessList).toMatchObject({ allowedUserIds: [] });
    await expect(asFriend()).rejects.toMatchObject(noAccount);
  });

  it('keeps what each of several changes at once forbids', async () => {
    const account = await on.create('acme_key', key, { accountType: 'SHARED' });
    await Promise.all(
      [{ allowAllUsers: true }, { notAllowedUserIds: ['stranger'] }, { allowedUserIds: ['friend'] }].map(
        (accessList) => on.bus.request(updateConnection, { ...of(account.id), accessList }),
      ),
    );
    expect((await on.get(account.id)).accessList).toEqual({
      allowAllUsers: true,
      allowedUserIds: ['friend'],
      notAllowedUserIds: ['stranger'],
    });
  });
});
