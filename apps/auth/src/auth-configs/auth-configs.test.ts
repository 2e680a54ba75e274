import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createAuthConfig,
  deleteAuthConfig,
  getAuthConfig,
  getLink,
  listAuthConfigs,
  setAuthConfigEnabled,
  setConnectionEnabled,
  updateAuthConfig,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';

let on: Accounts;
beforeAll(async () => {
  on = await startAccounts();
});
afterAll(() => on?.stop());

const key = { generic_api_key: 'k-1' };
const custom = (id: string) => ({ projectId: on.projectId, id, isManaged: false });
const setEnabled = (id: string, enabled: boolean) =>
  on.bus.request(setAuthConfigEnabled, { projectId: on.projectId, id, enabled });

describe('an auth config', () => {
  it("is made on the operator's app, where there is one", async () => {
    const managed = { projectId: on.projectId, toolkit: 'acme_oauth', isManaged: true };
    const config = await on.bus.request(createAuthConfig, managed);
    expect(config).toMatchObject({ isManaged: true, authScheme: 'OAUTH2', credentials: {}, enabled: true });
    const { token } = await on.newLink('acme_oauth', { authConfigId: config.id });
    expect((await on.follow(token)).searchParams.get('client_id')).toBe('managed-app');
    await expect(
      on.bus.request(createAuthConfig, { ...managed, toolkit: 'acme_shop' }),
    ).rejects.toMatchObject(refused('no_auth_config'));
  });

  it('is refused without its credentials, each of them named', async () => {
    await expect(on.newConfig('acme_oauth', { credentials: {} })).rejects.toMatchObject({
      code: 'invalid_request',
      issues: ['credentials.client_id: is required', 'credentials.client_secret: is required'],
    });
  });

  it('never shows a secret, and names those that it holds', async () => {
    const made = await on.newConfig('acme_oauth');
    const got = await on.bus.request(getAuthConfig, { projectId: on.projectId, id: made.id });
    const listed = await on.bus.request(listAuthConfigs, { projectId: on.projectId });
    expect(got).toMatchObject({ credentials: { client_id: 'my-app' }, secretCredentials: ['client_secret'] });
    expect(JSON.stringify([made, got, listed])).not.toContain('app-secret');
    const rows = JSON.stringify(await on.sql('SELECT * FROM auth.auth_configs'));
    expect(rows).not.toContain('app-secret');
  });

  it('is changed in what is given, and cleared of what is given empty', async () => {
    const { id } = await on.newConfig('acme_oauth', {
      scopes: ['a'],
      credentials: { client_id: 'one', client_secret: 's', oauth_redirect_uri: 'https://own.example/cb' },
    });
    const merged = await on.bus.request(updateAuthConfig, {
      ...custom(id),
      credentials: { client_id: 'two' },
    });
    expect(merged).toMatchObject({
      credentials: { client_id: 'two', oauth_redirect_uri: 'https://own.example/cb' },
      secretCredentials: ['client_secret'],
      scopes: ['a'],
    });
    const cleared = { ...custom(id), credentials: { oauth_redirect_uri: '' }, scopes: null };
    expect(await on.bus.request(updateAuthConfig, cleared)).toMatchObject({
      credentials: { client_id: 'two' },
      scopes: null,
    });
    const without = { ...custom(id), credentials: { client_secret: '' } };
    await expect(on.bus.request(updateAuthConfig, without)).rejects.toMatchObject({
      issues: ['credentials.client_secret: is required'],
    });
  });

  it('asks for the scopes of the tools that it is made for, and no more', async () => {
    const { id } = await on.newConfig('acme_oauth', { toolsForConnecting: ['ACME_OAUTH_READ'] });
    const { token } = await on.newLink('acme_oauth', { authConfigId: id });
    expect((await on.bus.request(getLink, { token })).scopes).toEqual(['read']);
    expect((await on.follow(token)).searchParams.get('scope')).toBe('read');
  });

  it('lets only its own tools run on its accounts', async () => {
    const { id } = await on.newConfig('acme_key', { allowedTools: ['ACME_KEY_READ'] });
    const account = await on.create('acme_key', key, { authConfigId: id });
    expect(await on.open(account)).toMatchObject({ connectionId: account.id });
    await expect(on.open(account, { toolSlug: 'ACME_KEY_WRITE' })).rejects.toMatchObject(
      refused('tool_not_allowed'),
    );
  });
});

describe('an auth config that is switched off', () => {
  it('takes its accounts out of use, and brings back those alone', async () => {
    const { id } = await on.newConfig('acme_key');
    const account = await on.create('acme_key', key, { authConfigId: id });
    const disabled = await on.create('acme_key', key, { authConfigId: id });
    const ofOne = { projectId: on.projectId, id: disabled.id, enabled: false };
    await on.bus.request(setConnectionEnabled, ofOne);
    expect((await setEnabled(id, false)).enabled).toBe(false);
    expect(await on.get(account.id)).toMatchObject({
      status: 'INACTIVE',
      statusReason: 'Auth config disabled',
    });
    await expect(on.open(account)).rejects.toMatchObject(refused('no_active_connection'));
    await expect(on.newLink('acme_key', { authConfigId: id })).rejects.toMatchObject(
      refused('invalid_request'),
    );
    await expect(on.create('acme_key', key, { authConfigId: id })).rejects.toMatchObject(
      refused('invalid_request'),
    );
    await setEnabled(id, true);
    expect(await on.get(account.id)).toMatchObject({ status: 'ACTIVE', statusReason: null });
    expect((await on.get(disabled.id)).status).toBe('INACTIVE');
    expect(await on.open(account)).toMatchObject({ connectionId: account.id });
  });

  it('takes its accounts along when it is deleted, and says so', async () => {
    const { id } = await on.newConfig('acme_key');
    const account = await on.create('acme_key', key, { authConfigId: id });
    await on.bus.request(deleteAuthConfig, { projectId: on.projectId, id });
    await expect(on.get(account.id)).rejects.toMatchObject(refused('connection_not_found'));
    await eventually(() =>
      expect(on.toldOf(account.id)).toContainEqual(expect.objectContaining({ status: null })),
    );
    await eventually(() => expect(on.open(account)).rejects.toMatchObject(refused('no_active_connection')));
  });
});
