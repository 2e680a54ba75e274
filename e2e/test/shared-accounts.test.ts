import { ComposioAclOnlyForSharedError } from '@composio/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { connectKeyed, nameIn } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call, createProject, errorOf } from '../support/http.js';

describe('a shared account', () => {
  const owner = unique('owner');
  const friend = unique('friend');
  const stranger = unique('stranger');
  let composio: ReturnType<typeof newComposio>;
  let keyed: string;
  let shared: string;

  beforeAll(async () => {
    const { apiKey } = await createProject(unique('shared'));
    composio = newComposio(apiKey);
    keyed = await customConfig(composio, 'keyed', 'API_KEY');
    const answer = await call('/connected_accounts', {
      apiKey,
      body: {
        auth_config: { id: keyed },
        connection: {
          user_id: owner,
          state: { authScheme: 'API_KEY', val: { generic_api_key: environment.keys.grace } },
          experimental: { account_type: 'SHARED', acl_config_for_shared: { allowed_user_ids: [friend] } },
        },
      },
    });
    expect(answer.status).toBe(201);
    shared = (answer.body as { id: string }).id;
  });

  const session = (user: string, pinned = true) =>
    composio.create(user, {
      toolkits: ['keyed'],
      ...(pinned && { connectedAccounts: { keyed: shared } }),
    });
  it('shows its type and its list', async () => {
    expect((await composio.connectedAccounts.get(shared)).experimental).toEqual({
      accountType: 'SHARED',
      aclConfigForShared: { allowAllUsers: false, allowedUserIds: [friend], notAllowedUserIds: [] },
    });
    const list = composio.connectedAccounts.list.bind(composio.connectedAccounts);
    expect((await list({ userIds: [owner] })).items).toEqual([]);
    expect((await list({ userIds: [owner], accountType: 'SHARED' })).items).toMatchObject([{ id: shared }]);
  });

  it('serves another user who is allowed, when it is pinned', async () => {
    expect(nameIn(await (await session(friend)).execute('KEYED_WHO_AM_I'))).toBe('grace');
    expect(nameIn(await (await session(owner)).execute('KEYED_WHO_AM_I'))).toBe('grace');
  });

  it('serves no user by itself', async () => {
    const unpinned = await session(friend, false);
    await expect(unpinned.execute('KEYED_WHO_AM_I')).rejects.toMatchObject({ status: 400 });
    const own = await connectKeyed(composio, friend, keyed, { owner: 'linus' });
    expect(nameIn(await unpinned.execute('KEYED_WHO_AM_I'))).toBe('linus');
    await composio.connectedAccounts.delete(own);
  });

  it('cannot be pinned by another user', async () => {
    await expect(session(stranger)).rejects.toMatchObject({
      status: 400,
      error: { error: { slug: 'ToolRouterV2_InvalidConnectedAccountIds' } },
    });
  });

  it('is refused to a session that pinned it once the list has changed', async () => {
    const before = await session(friend);
    await composio.connectedAccounts.updateAcl(shared, { allowedUserIds: [] });
    await expect(before.execute('KEYED_WHO_AM_I')).rejects.toMatchObject({ status: 400 });
    await composio.connectedAccounts.updateAcl(shared, {
      allowAllUsers: true,
      notAllowedUserIds: [stranger],
    });
    expect(nameIn(await before.execute('KEYED_WHO_AM_I'))).toBe('grace');
    await expect(session(stranger)).rejects.toMatchObject({ status: 400 });
    await composio.connectedAccounts.updateAcl(shared, { allowAllUsers: false, allowedUserIds: [friend] });
  });

  it('keeps the parts of its list that a change does not name', async () => {
    await composio.connectedAccounts.updateAcl(shared, { notAllowedUserIds: [stranger] });
    await composio.connectedAccounts.updateAcl(shared, { allowAllUsers: true });
    const { experimental } = await composio.connectedAccounts.get(shared);
    expect(experimental?.aclConfigForShared).toEqual({
      allowAllUsers: true,
      allowedUserIds: [friend],
      notAllowedUserIds: [stranger],
    });
    await expect(session(stranger)).rejects.toMatchObject({ status: 400 });
  });
});

describe('the type of an account', () => {
  it("is changed as the Python SDK does it: shared with some, and its own user's again", async () => {
    const { apiKey } = await createProject(unique('sharing'));
    const composio = newComposio(apiKey);
    const keyed = await customConfig(composio, 'keyed', 'API_KEY');
    const [owner, friend] = [unique('owner'), unique('friend')];
    const id = await connectKeyed(composio, owner, keyed, { owner: 'grace' });
    const update = (experimental: object) =>
      call(`/connected_accounts/${id}`, { apiKey, method: 'PATCH', body: { experimental } });
    const ofFriend = () => composio.create(friend, { toolkits: ['keyed'], connectedAccounts: { keyed: id } });

    await expect(ofFriend()).rejects.toMatchObject({ status: 400 });
    const acl_config_for_shared = { allowed_user_ids: [friend] };
    const promoted = await update({ account_type: 'SHARED', acl_config_for_shared });
    expect(promoted).toMatchObject({ status: 200, body: { success: true, id, status: 'ACTIVE' } });
    expect((await composio.connectedAccounts.get(id)).experimental).toMatchObject({
      accountType: 'SHARED',
      aclConfigForShared: { allowedUserIds: [friend] },
    });
    const session = await ofFriend();
    expect(nameIn(await session.execute('KEYED_WHO_AM_I'))).toBe('grace');

    const refused = errorOf(await update({ account_type: 'PRIVATE', acl_config_for_shared }), 400);
    expect(refused.message).toContain('acl_config_for_shared is only valid on SHARED');
    expect((await update({ account_type: 'PRIVATE' })).status).toBe(200);
    await expect(session.execute('KEYED_WHO_AM_I')).rejects.toMatchObject({ status: 400 });
    expect((await composio.connectedAccounts.get(id)).experimental).toEqual({ accountType: 'PRIVATE' });
    // Nothing of the list is left when it is shared once more.
    await update({ account_type: 'SHARED' });
    await expect(ofFriend()).rejects.toMatchObject({ status: 400 });
  });
});

describe('a body that says who may use an account', () => {
  it('is refused, by its name, for what is not known', async () => {
    const { apiKey } = await createProject(unique('strict'));
    const composio = newComposio(apiKey);
    const keyed = await customConfig(composio, 'keyed', 'API_KEY');
    const user = unique('user_a');
    const id = await connectKeyed(composio, user, keyed);
    const state = { authScheme: 'API_KEY', val: { generic_api_key: environment.keys.ada } };
    const expectRefused = async (method: 'PATCH' | 'POST', path: string, body: object, name: string) => {
      const { errors } = errorOf(await call(path, { apiKey, method, body }), 400);
      expect([path, errors?.join()]).toEqual([path, expect.stringContaining(name)]);
    };
    const acl_config_for_shared = { allowed_users: [user] };
    for (const experimental of [{ acl_config_for_shared }, { accountType: 'SHARED' }]) {
      const [name = ''] = Object.keys('accountType' in experimental ? experimental : acl_config_for_shared);
      const connection = { user_id: user, state, experimental };
      const link = { auth_config_id: keyed, user_id: user, experimental };
      await expectRefused('PATCH', `/connected_accounts/${id}`, { experimental }, name);
      await expectRefused('POST', '/connected_accounts', { auth_config: { id: keyed }, connection }, name);
      await expectRefused('POST', '/connected_accounts/link', link, name);
    }
    await expectRefused('PATCH', `/connected_accounts/${id}`, { account_type: 'SHARED' }, 'account_type');

    const restricted = { tool_access_config: { tools_available: ['KEYED_ECHO'] } };
    const proxied = { proxy_config: { proxy_url: 'https://proxy.example' } };
    const custom = { type: 'use_custom_auth', authScheme: 'API_KEY' };
    for (const [config, name] of [
      [restricted, 'tools_available'],
      [proxied, 'proxy_config'],
      [{ allowed_tools: [] }, 'allowed_tools'],
      [{ shared_credentials: { generic_api_key: 'k' } }, 'shared_credentials'],
    ] as const) {
      const toolkit = { slug: 'keyed' };
      await expectRefused('POST', '/auth_configs', { toolkit, auth_config: { ...custom, ...config } }, name);
      await expectRefused('PATCH', `/auth_configs/${keyed}`, { type: 'custom', ...config }, name);
    }
  });
});

describe('a private account', () => {
  it('has no list of users', async () => {
    const { apiKey } = await createProject(unique('private'));
    const composio = newComposio(apiKey);
    const keyed = await customConfig(composio, 'keyed', 'API_KEY');
    const id = await connectKeyed(composio, unique('user_a'), keyed);
    await expect(composio.connectedAccounts.updateAcl(id, { allowAllUsers: true })).rejects.toThrow(
      ComposioAclOnlyForSharedError,
    );
    await expect(
      composio.connectedAccounts.link(unique('user_a'), keyed, {
        experimental: { accountType: 'PRIVATE', aclConfigForShared: { allowAllUsers: true } },
      }),
    ).rejects.toThrow(ComposioAclOnlyForSharedError);
    expect((await composio.connectedAccounts.get(id)).experimental).toEqual({ accountType: 'PRIVATE' });
  });
});
