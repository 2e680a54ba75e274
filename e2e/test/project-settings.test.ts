import { beforeEach, describe, expect, it } from 'vitest';
import { oidcSeen } from '@patchbay/testing';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig, inBrowser } from '../support/forms.js';
import { call, createProject, errorOf } from '../support/http.js';
import { grantsOf, signInAtOidc } from '../support/oidc.js';

describe("a project's settings", () => {
  let composio: ReturnType<typeof newComposio>;
  let apiKey: string;

  beforeEach(async () => {
    ({ apiKey } = await createProject(unique('settings')));
    composio = newComposio(apiKey);
  });

  const read = async () => (await call('/org/project/config', { apiKey })).body as Record<string, unknown>;
  const change = (body: object) => call('/org/project/config', { apiKey, method: 'PATCH', body });

  it('change in what is given and stay in what is not', async () => {
    const before = await read();
    expect(before).toMatchObject({ display_name: null, always_revoke_on_delete: false });
    expect((await change({ display_name: 'Acme' })).status).toBe(200);
    const answer = await change({ always_revoke_on_delete: true });
    const after = { ...before, display_name: 'Acme', always_revoke_on_delete: true };
    expect(answer).toMatchObject({ status: 200, body: after });
    expect(await read()).toEqual(after);
    errorOf(await change({ display_name: 'x'.repeat(200) }), 400);
    errorOf(await change({ always_revoke_on_delete: 'perhaps' }), 400);
    expect(await read()).toEqual(after);
  });

  it('give the Connect page its name, which fits a phone however long it is', async () => {
    const name = 'W'.repeat(60);
    await change({ display_name: name });
    const config = await customConfig(composio, 'keyed', 'API_KEY');
    const { redirectUrl } = await composio.connectedAccounts.link(unique('user_a'), config);
    await inBrowser(async (page) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await page.goto(String(redirectUrl));
      expect(await page.getByRole('heading').innerText()).toBe(`${name} wants to connect your Keyed account`);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(320);
    });
  });

  it('say where browsers may be sent back to', async () => {
    const config = await customConfig(composio, 'keyed', 'API_KEY');
    await change({ allowed_callback_origins: ['https://app.example.com', 'acme:'] });
    const link = (callbackUrl: string) =>
      call('/connected_accounts/link', {
        apiKey,
        body: { auth_config_id: config, user_id: unique('user_a'), callback_url: callbackUrl },
      });
    for (const good of ['https://app.example.com/done?x=1', 'acme://connected']) {
      expect((await link(good)).status).toBe(201);
    }
    for (const bad of [
      'https://evil.example.com/',
      'https://app.example.com.evil.example/',
      'https://app.example.com@evil.example/',
      'http://app.example.com/',
      'javascript:alert(1)',
      'data:text/html,x',
      '//app.example.com/',
    ]) {
      errorOf(await link(bad), 400);
    }
    const session = await composio.create(unique('user_a'), { toolkits: ['keyed'] });
    await expect(
      session.authorize('keyed', { callbackUrl: 'https://evil.example.com/' }),
    ).rejects.toMatchObject({ status: 400 });
    const account = await connectKeyed(composio, unique('user_a'), config);
    await expect(
      composio.connectedAccounts.refresh(account, { redirectUrl: 'https://evil.example.com/' }),
    ).rejects.toMatchObject({ status: 400 });
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '/relative', 'not a url'])(
    'allow no redirect to %s, even when they name no origins',
    async (callbackUrl) => {
      const config = await customConfig(composio, 'keyed', 'API_KEY');
      const body = { auth_config_id: config, user_id: unique('user_a'), callback_url: callbackUrl };
      errorOf(await call('/connected_accounts/link', { apiKey, body }), 400);
    },
  );

  it.each([
    [true, 'revokes'],
    [false, 'does not revoke'],
  ])('with always_revoke_on_delete %s, deleting an account %s its tokens', async (always) => {
    await change({ always_revoke_on_delete: always });
    const login = unique('person');
    const session = await composio.create(unique('user_a'), { toolkits: ['strictoidc'] });
    const request = await session.authorize('strictoidc');
    await inBrowser((page) => signInAtOidc(page, String(request.redirectUrl), login));
    await request.waitForConnection(10_000);
    await composio.connectedAccounts.delete(request.id);
    const tokens = (await grantsOf(login)).map(({ accessToken }) => accessToken);
    const { revoked } = await oidcSeen(environment.oidcUrl);
    expect(revoked.some((token) => tokens.includes(token))).toBe(always);
  });
});
