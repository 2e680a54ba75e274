import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, type TestBrowser } from '@patchbay/testing';
import type { Page } from 'playwright-core';
import { newComposio } from '../support/composio.js';
import { continueToGithub, newPage, signInAtGithub } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';
import { queryOf, startDeveloperPage, type DeveloperPage } from '../support/forms.js';
import { call, createProject } from '../support/http.js';

/** Every sign-in ends in the browser that it began in, so that no one can have another person finish it. */
describe('a sign-in and its browser', () => {
  let browser: TestBrowser;
  let developer: DeveloperPage;
  let apiKey: string;
  let composio: ReturnType<typeof newComposio>;

  beforeAll(async () => {
    ({ apiKey } = await createProject(unique('Acme-CRM')));
    composio = newComposio(apiKey);
    developer = await startDeveloperPage();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    developer?.close();
  });

  const begin = async (callbackUrl?: string) => {
    const session = await composio.create(unique('user_a'), { toolkits: ['github'] });
    const { id, redirectUrl } = await session.authorize('github', callbackUrl ? { callbackUrl } : {});
    return { id, url: String(redirectUrl) };
  };
  const statusOf = async (id: string) => (await composio.connectedAccounts.get(id)).status;
  const heading = (page: Page) => page.getByRole('heading').innerText();
  const shoot = async (page: Page, name: string) => {
    const folder = process.env['E2E_SCREENSHOTS'];
    if (!folder) return;
    for (const [device, width] of Object.entries({ phone: 360, desk: 1200 })) {
      await page.setViewportSize({ width, height: 760 });
      await page.screenshot({ path: `${folder}/${name}-${device}.png` });
    }
  };
  /** What a provider's page of another site does. */
  const serve = async (html: string): Promise<[Server, string]> => {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end(html);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { hostname } = new URL(environment.baseUrl);
    const elsewhere = hostname === 'localhost' ? '127.0.0.1' : 'localhost';
    return [server, `http://${elsewhere}:${port}/`];
  };

  it("is not finished by a victim who was sent the provider's address", async () => {
    const theirs = await begin(developer.url);
    const [attacker, victim] = [await newPage(browser), await newPage(browser)];
    await continueToGithub(attacker, theirs.url);
    await victim.goto(attacker.url());
    await signInAtGithub(victim);
    await victim.waitForURL(`${new URL(developer.url).origin}/**`);
    expect(queryOf(victim)).toMatchObject({ status: 'failed', error: 'other_browser' });
    expect(await statusOf(theirs.id)).toBe('INITIATED');

    const own = await begin(developer.url);
    await continueToGithub(victim, own.url);
    await signInAtGithub(victim);
    expect(queryOf(victim)).toMatchObject({ status: 'success', connected_account_id: own.id });
    expect(await statusOf(own.id)).toBe('ACTIVE');
  });

  it('says to who comes back in another browser what to do, and goes on from there', async () => {
    const { id, url } = await begin();
    const [first, other] = [await newPage(browser), await newPage(browser)];
    await continueToGithub(first, url);
    await other.goto(first.url());
    await signInAtGithub(other);
    expect(await heading(other)).toBe('GitHub was not connected');
    expect(await other.locator('main').innerText()).toMatch(/began in another browser[^]*open the link/);
    await shoot(other, 'other-browser');
    await continueToGithub(other, url);
    await signInAtGithub(other);
    expect(await heading(other)).toBe('GitHub is connected');
    expect(await statusOf(id)).toBe('ACTIVE');
  });

  it('is one of several at once in a browser, in whatever order they end', async () => {
    const context = await browser.newContext();
    const links = await Promise.all([begin(), begin(), begin()]);
    const pages = await Promise.all(links.map(() => context.newPage()));
    await Promise.all(pages.map((page, index) => continueToGithub(page, String(links[index]?.url))));
    for (const page of pages.toReversed()) await signInAtGithub(page);
    expect(await Promise.all(links.map(({ id }) => statusOf(id)))).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE']);
  });

  it('is as good where the project shows no page of its own, also for two tabs that begin at once', async () => {
    const settings = (on: boolean) =>
      call('/org/project/config', {
        apiKey,
        method: 'PATCH',
        body: { is_composio_link_enabled_for_managed_auth: on },
      });
    await settings(false);
    try {
      const context = await browser.newContext();
      const links = await Promise.all([begin(), begin()]);
      const pages = await Promise.all(links.map(() => context.newPage()));
      await Promise.all(
        pages.map(async (page, index) => {
          await page.goto(String(links[index]?.url));
          await page.waitForURL(`${environment.githubUrl}/login/oauth/authorize**`);
        }),
      );
      for (const page of pages) await signInAtGithub(page);
      expect(await Promise.all(links.map(({ id }) => statusOf(id)))).toEqual(['ACTIVE', 'ACTIVE']);
    } finally {
      await settings(true);
    }
  });

  it('does not begin in a browser that keeps no cookies, and says so', async () => {
    const { id, url } = await begin();
    const page = await newPage(browser);
    await page.route('**/link/**', async (route) => {
      const { cookie: _, ...headers } = await route.request().allHeaders();
      await route.continue({ headers });
    });
    await page.goto(url);
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Continue to GitHub' }).click();
    expect(await heading(page)).toBe('This page needs a cookie');
    await shoot(page, 'no-cookie');
    await page.unroute('**/link/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Continue to GitHub' }).click();
    await signInAtGithub(page);
    expect(await statusOf(id)).toBe('ACTIVE');
  });

  it('has a cookie that scripts and other sites do not get', async () => {
    const { url } = await begin();
    const page = await newPage(browser);
    await page.goto(url);
    const [cookie] = await page.context().cookies(environment.baseUrl);
    expect(cookie).toMatchObject({
      name: expect.stringMatching(/^patchbay_browser_[0-9a-f]{12}$/),
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      secure: environment.baseUrl.startsWith('https:'),
    });
  });

  it('is not begun by the form of another site', async () => {
    const { id, url } = await begin();
    const page = await newPage(browser);
    const [server, elsewhere] = await serve(
      `<form method="post" action="${url}"><button>Win</button></form>`,
    );
    try {
      await page.goto(elsewhere);
      await page.getByRole('button', { name: 'Win' }).click();
      // The person is asked as if they had opened the link, and nothing has begun.
      expect(await heading(page)).toMatch(/wants to connect your GitHub account$/);
      expect(page.url()).not.toContain(environment.githubUrl);
      expect(await statusOf(id)).toMatch(/^INITIA/);
    } finally {
      server.close();
    }
  });

  it('takes the answer of a provider that sends it as a form', async () => {
    const { id, url } = await begin();
    const page = await newPage(browser);
    await continueToGithub(page, url);
    const sent = new URL(page.url()).searchParams;
    const [server, elsewhere] = await serve(
      `<form method="post" action="${sent.get('redirect_uri')}">
        <input name="state" value="${sent.get('state')}"><input name="error" value="access_denied">
        <button>Cancel</button></form>`,
    );
    try {
      await page.goto(elsewhere);
      await page.getByRole('button', { name: 'Cancel' }).click();
      expect(await heading(page)).toBe('GitHub was not connected');
      expect(await page.locator('main').innerText()).toContain('The sign-in was declined.');
      expect(await statusOf(id)).toBe('FAILED');
    } finally {
      server.close();
    }
  });
});
