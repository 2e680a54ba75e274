import { ComposioAclOnlyForSharedError } from '@composio/core';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { connectKeyed, nameIn } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call, createProject } from '../support/http.js';

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
