import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, type TestBrowser } from '@patchbay/testing';
import { continueToGithub, newPage, signInAtGithub } from '../support/connect.js';
import { unique } from '../support/environment.js';
import { call, createProject, errorOf } from '../support/http.js';
import { newestComposio } from '../support/sdk.newest.js';

type Completed = Awaited<ReturnType<Sdk['connectedAccounts']['completeAuth']>>;
type Sdk = ReturnType<typeof newestComposio>;

/**
 * The developer's app: its users are known to it by a cookie, and by the newest SDK it tells Patchbay which of them has
 * come back.
 */
async function startApp(composio: Sdk) {
  const attempts: PromiseSettledResult<Completed>[] = [];
  const server: Server = createServer((request, response) => {
    void (async () => {
      const { pathname, searchParams } = new URL(String(request.url), 'http://app');
      // Browsers ask for an icon, too.
      if (pathname !== '/verify') return void response.writeHead(404).end();
      const userId = /app_user=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
      const sessionUri = searchParams.get('session_uri') ?? '';
      const [attempt] = await Promise.allSettled([
        composio.connectedAccounts.completeAuth({ userId, sessionUri }),
      ]);
      attempts.push(attempt);
      response.end(attempt.status === 'fulfilled' ? 'Your account is connected' : 'Nothing was connected');
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/verify?tab=accounts`;
  return { url, attempts, close: () => server.close() };
}

describe('a project whose app confirms who comes back from a provider', () => {
  let browser: TestBrowser;
  let apiKey: string;
  let composio: Sdk;
  let app: Awaited<ReturnType<typeof startApp>>;

  beforeAll(async () => {
    ({ apiKey } = await createProject(unique('verified')));
    composio = newestComposio(apiKey);
    app = await startApp(composio);
    // Without it another person's browser would not even get as far as the verifier.
    const body = { oauth_callback_verifier_url: app.url, bind_sign_in_to_browser: false };
    const changed = await call('/org/project/config', { apiKey, method: 'PATCH', body });
    expect(changed).toMatchObject({ status: 200, body });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    app?.close();
  });

  const begin = async (user: string) => {
    const session = await composio.create(user, { toolkits: ['github'] });
    return session.authorize('github', { callbackUrl: 'https://app.example.com/done' });
  };
  const pageOf = async (user: string) => {
    const page = await newPage(browser);
    await page.context().addCookies([{ name: 'app_user', value: user, url: app.url }]);
    return page;
  };

  it('has an account ACTIVE only after its app named the user, once', async () => {
    const user = unique('user_a');
    const request = await begin(user);
    const page = await pageOf(user);
    await continueToGithub(page, String(request.redirectUrl));
    await signInAtGithub(page);
    expect(await page.locator('body').innerText()).toBe('Your account is connected');
    expect(new URL(page.url()).searchParams.get('tab')).toBe('accounts');
    expect(app.attempts.at(-1)).toMatchObject({
      value: { connectedAccountId: request.id, toolkitSlug: 'github' },
    });
    expect(await request.waitForConnection(5_000)).toMatchObject({ id: request.id, status: 'ACTIVE' });
    await page.reload();
    expect(await page.locator('body').innerText()).toBe('Nothing was connected');
    expect(app.attempts.at(-1)).toMatchObject({
      reason: {
        status: 404,
        error: { error: { suggested_fix: expect.stringContaining('new link') as unknown } },
      },
    });
  });

  it('connects nothing when another person finishes what an attacker began', async () => {
    const request = await begin(unique('attacker'));
    const [attacker, victim] = [await newPage(browser), await pageOf(unique('victim'))];
    await continueToGithub(attacker, String(request.redirectUrl));
    await victim.goto(attacker.url());
    await signInAtGithub(victim);
    expect(await victim.locator('body').innerText()).toBe('Nothing was connected');
    expect(app.attempts.at(-1)).toMatchObject({ reason: { status: 400 } });
    expect(await composio.connectedAccounts.get(request.id)).toMatchObject({
      status: 'FAILED',
      statusReason: expect.stringContaining('IDENTITY_VERIFICATION_FAILED') as unknown,
    });
  });

  it('refuses what is no name of a sign-in, and what it does not know', async () => {
    const complete = (body: object, key = apiKey) =>
      call('/connected_accounts/complete_auth', { apiKey: key, body });
    errorOf(await complete({ user_id: 'a', session_uri: 'session_made-up' }), 404);
    errorOf(await complete({ user_id: 'a' }), 400);
    errorOf(await complete({ user_id: 'a', session_uri: 'x', force: true }), 400);
    errorOf(await complete({ user_id: 'a', session_uri: 'x' }, 'ak_unknown'), 401);
    const wrong = { oauth_callback_verifier_url: 'file:///etc/passwd' };
    errorOf(await call('/org/project/config', { apiKey, method: 'PATCH', body: wrong }), 400);
    const unknown = { oauth_callback_verifier: app.url };
    const { errors } = errorOf(
      await call('/org/project/config', { apiKey, method: 'PATCH', body: unknown }),
      400,
    );
    expect(errors?.join()).toContain('oauth_callback_verifier');
  });
});
