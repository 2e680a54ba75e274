import { AuthScheme } from '@composio/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { connectKeyed, nameIn } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { continueToGithub, signInAtGithub } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';
import { customConfig, inBrowser } from '../support/forms.js';
import { call, createProject, errorOf } from '../support/http.js';

describe('connected accounts', () => {
  let composio: ReturnType<typeof newComposio>;
  let apiKey: string;
  let keyed: string;

  beforeAll(async () => {
    ({ apiKey } = await createProject(unique('accounts')));
    composio = newComposio(apiKey);
    keyed = await customConfig(composio, 'keyed', 'API_KEY');
  });

  const whoAmI = async (userId: string, options: { account?: string } = {}) => {
    const session = await composio.create(userId, { toolkits: ['keyed'] });
    return session.execute('KEYED_WHO_AM_I', {}, options);
  };

  it('are ACTIVE at once when the key comes with the request, and answer it masked', async () => {
    const user = unique('user_a');
    const request = await composio.connectedAccounts.initiate(user, keyed, {
      config: AuthScheme.APIKey({ generic_api_key: environment.keys.ada }),
    });
    expect(request).toMatchObject({ status: 'ACTIVE', redirectUrl: null });
    const account = await request.waitForConnection(5_000);
    expect(account).toMatchObject({
      id: request.id,
      status: 'ACTIVE',
      statusReason: null,
      isDisabled: false,
      toolkit: { slug: 'keyed' },
      authConfig: { id: keyed, authScheme: 'API_KEY', isComposioManaged: false },
    });
    expect(account.wordId).toMatch(/^keyed_[a-z]+-[a-z]+/);
    expect(JSON.stringify(account)).not.toContain(environment.keys.ada);
    expect(nameIn(await whoAmI(user))).toBe('ada');
  });

  it('are refused, with the fields that are missing, when the key is not there', async () => {
    const refused = composio.connectedAccounts.initiate(unique('user_a'), keyed, {
      config: { authScheme: 'API_KEY', val: { status: 'ACTIVE' } } as never,
    });
    await expect(refused).rejects.toMatchObject({ status: 400 });
    await expect(refused).rejects.toThrow(/generic_api_key/);
  });

  it('are checked at the provider when that is asked for', async () => {
    const body = (key: string) => ({
      auth_config: { id: keyed },
      connection: {
        user_id: unique('user_a'),
        state: { authScheme: 'API_KEY', val: { generic_api_key: key } },
      },
      validate_credentials: true,
    });
    const wrong = await call('/connected_accounts', { apiKey, body: body('made-up') });
    expect(errorOf(wrong, 400).message).toBe('Keyed does not accept this credential.');
    expect((await call('/connected_accounts', { apiKey, body: body(environment.keys.ada) })).status).toBe(
      201,
    );
  });

  it('are one a user and config, unless several are wanted', async () => {
    const user = unique('user_a');
    await connectKeyed(composio, user, keyed);
    await expect(composio.connectedAccounts.link(user, keyed)).rejects.toThrow(/Multiple connected accounts/);
    const second = await composio.connectedAccounts.link(user, keyed, { allowMultiple: true });
    expect(second.redirectUrl).toMatch(/\/link\/lk_/);
  });

  it('are connected by toolkits.authorize and the real screens of GitHub', async () => {
    const user = unique('user_a');
    const request = await composio.toolkits.authorize(user, 'github');
    expect(request).toMatchObject({ status: 'INITIATED' });
    await inBrowser(async (page) => {
      await continueToGithub(page, String(request.redirectUrl));
      await signInAtGithub(page);
    });
    const account = await composio.connectedAccounts.waitForConnection(request.id, 15_000);
    expect(account).toMatchObject({
      status: 'ACTIVE',
      toolkit: { slug: 'github' },
      authConfig: { authScheme: 'OAUTH2', isComposioManaged: true },
      state: { val: { displayName: 'hubot' } },
    });
    const { items } = await composio.authConfigs.list({ toolkit: 'github' });
    expect(items).toMatchObject([{ id: account.authConfig.id, name: 'GitHub Auth Config' }]);
    // The next user of the project signs in with the same config.
    await composio.toolkits.authorize(unique('user_b'), 'github');
    expect((await composio.authConfigs.list({ toolkit: 'github' })).items).toHaveLength(1);
  });

  it.each([1e20, -1, '3600', null])('are brought along with tokens that end in %p', async (expires_in) => {
    const github = await composio.authConfigs.create('github');
    const { status, body } = await call('/connected_accounts', {
      apiKey,
      body: {
        auth_config: { id: github.id },
        connection: {
          user_id: unique('user_a'),
          state: { authScheme: 'OAUTH2', val: { status: 'ACTIVE', access_token: 't', expires_in } },
        },
      },
    });
    expect([status, body]).toMatchObject([201, { status: 'ACTIVE' }]);
  });

  it('are called by alias, word id or id; the one connected last is the usual one', async () => {
    const user = unique('user_a');
    const work = await connectKeyed(composio, user, keyed, { alias: 'work', owner: 'ada' });
    const home = await connectKeyed(composio, user, keyed, { alias: 'home', owner: 'grace' });
    const { wordId } = await composio.connectedAccounts.get(work);
    expect(nameIn(await whoAmI(user))).toBe('grace');
    for (const account of ['work', String(wordId), work]) {
      expect(nameIn(await whoAmI(user, { account }))).toBe('ada');
    }
    expect(nameIn(await whoAmI(user, { account: home }))).toBe('grace');
    const session = await composio.create(user, { toolkits: ['keyed'], connectedAccounts: { keyed: work } });
    expect(nameIn(await session.execute('KEYED_WHO_AM_I'))).toBe('ada');
  });

  it('have aliases that are unique for a user and toolkit, and can be changed and given up', async () => {
    const user = unique('user_a');
    const first = await connectKeyed(composio, user, keyed, { alias: 'work' });
    await expect(connectKeyed(composio, user, keyed, { alias: 'work' })).rejects.toMatchObject({
      status: 400,
    });
    await expect(
      composio.connectedAccounts.link(user, keyed, { alias: 'work', allowMultiple: true }),
    ).rejects.toMatchObject({ cause: { status: 400 } });
    await connectKeyed(composio, unique('user_b'), keyed, { alias: 'work' });
    const patch = (alias: string) =>
      call(`/connected_accounts/${first}`, { apiKey, method: 'PATCH', body: { alias } });
    expect((await patch('office')).body).toEqual({ success: true, id: first, status: 'ACTIVE' });
    const second = await connectKeyed(composio, user, keyed, { alias: 'work' });
    errorOf(await patch('work'), 400);
    await composio.connectedAccounts.delete(second);
    expect((await patch('work')).status).toBe(200);
    await patch('');
    expect((await composio.connectedAccounts.get(first)).alias).toBeNull();
  });

  it('can be switched off and on again, and say why', async () => {
    const user = unique('user_a');
    const id = await connectKeyed(composio, user, keyed);
    expect(await composio.connectedAccounts.disable(id)).toEqual({ success: true });
    expect(await composio.connectedAccounts.get(id)).toMatchObject({
      status: 'INACTIVE',
      statusReason: 'Connection status updated by user',
      isDisabled: true,
    });
    await expect(whoAmI(user)).rejects.toMatchObject({ status: 400, error: { error: { code: 4302 } } });
    await composio.connectedAccounts.enable(id);
    expect(await composio.connectedAccounts.get(id)).toMatchObject({ status: 'ACTIVE', statusReason: null });
    await composio.connectedAccounts.update(id, { enabled: false });
    await composio.connectedAccounts.update(id, { enabled: true });
    expect(nameIn(await whoAmI(user))).toBe('ada');
  });

  it('are listed by user, toolkit, config and status, page by page', async () => {
    const user = unique('user_a');
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) ids.push(await connectKeyed(composio, user, keyed));
    const pending = await composio.connectedAccounts.link(user, keyed, { allowMultiple: true });
    const list = composio.connectedAccounts.list.bind(composio.connectedAccounts);
    const idsOf = async (query: Parameters<typeof list>[0]) => (await list(query)).items.map(({ id }) => id);
    expect(await idsOf({ userIds: [user] })).toEqual([pending.id, ...ids.toReversed()]);
    expect(await idsOf({ userIds: [user], statuses: ['ACTIVE'] })).toEqual(ids.toReversed());
    expect(await idsOf({ userIds: [user], toolkitSlugs: ['github'] })).toEqual([]);
    expect(await idsOf({ userIds: [user, 'nobody'], authConfigIds: [keyed] })).toHaveLength(4);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ userIds: [user], limit: 2, ...(cursor && { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([pending.id, ...ids.toReversed()]);
  });

  it('are connected again by refresh: the same account, with another key', async () => {
    const user = unique('user_a');
    const id = await connectKeyed(composio, user, keyed, { owner: 'ada' });
    const { redirect_url: url } = await composio.connectedAccounts.refresh(id);
    await inBrowser(async (page) => {
      await page.goto(String(url));
      await page.getByLabel('API key').fill(environment.keys.linus);
      await page.getByRole('button', { name: 'Connect Keyed' }).click();
      await page.getByRole('heading', { name: 'Keyed is connected' }).waitFor();
    });
    expect(nameIn(await whoAmI(user, { account: id }))).toBe('linus');
  });

  it('are gone once deleted', async () => {
    const user = unique('user_a');
    const id = await connectKeyed(composio, user, keyed);
    expect(nameIn(await whoAmI(user))).toBe('ada');
    expect(await composio.connectedAccounts.delete(id)).toMatchObject({ success: true });
    await expect(composio.connectedAccounts.get(id)).rejects.toMatchObject({ status: 404 });
    await expect(composio.connectedAccounts.delete(id)).rejects.toMatchObject({ status: 404 });
    await expect(composio.connectedAccounts.waitForConnection(id)).rejects.toThrow(/not found/i);
    await expect(whoAmI(user)).rejects.toMatchObject({ status: 400 });
  });
});
