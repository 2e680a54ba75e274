import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, type TestBrowser } from '@patchbay/testing';
import type { Page } from 'playwright-core';
import { newComposio } from '../support/composio.js';
import { continueToGithub, newPage, signInAtGithub } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';
import { createProject } from '../support/http.js';

const projectName = unique('Acme-CRM');
const CALLBACK = '**/toolkits/auth/callback?**';
const NO_USE = /no longer|expired|already|not valid|invalid|unknown|cannot be used/i;

describe('connecting an account', () => {
  let browser: TestBrowser;
  let page: Page;
  let composio: ReturnType<typeof newComposio>;
  let developer: Server;
  let developerUrl: string;

  beforeAll(async () => {
    composio = newComposio((await createProject(projectName)).apiKey);
    developer = createServer((_request, response) => void response.end("the developer's own page"));
    await new Promise<void>((resolve) => developer.listen(0, '127.0.0.1', resolve));
    developerUrl = `http://127.0.0.1:${(developer.address() as AddressInfo).port}/done?tab=accounts`;
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    developer.close();
  });

  const begin = async (callbackUrl?: string) => {
    page = await newPage(browser);
    const session = await composio.create(unique('user_a'), { toolkits: ['github'] });
    const request = await session.authorize('github', callbackUrl ? { callbackUrl } : {});
    return { session, request, redirectUrl: String(request.redirectUrl) };
  };
  /** Goes on from the provider's screen to our callback, with an answer of the test's own making. */
  const comeBackWith = (answer: Record<string, string>) => {
    const { redirect_uri: callback, state } = Object.fromEntries(new URL(page.url()).searchParams);
    const query = new URLSearchParams({ state: String(state), ...answer });
    return page.goto(`${callback}?${query.toString()}`);
  };
  const statusOf = async (id: string) => (await composio.connectedAccounts.get(id)).status;
  const words = () => page.locator('body').innerText();

  it('begins on a page that says which app wants which account, with one button', async () => {
    const { request, redirectUrl } = await begin();
    expect(redirectUrl).toMatch(new RegExp(`^${environment.baseUrl}/link/lk_[\\w-]{22,}$`));
    expect(request.id).toMatch(/^ca_/);
    const response = await page.goto(redirectUrl);
    expect(response?.headers()).toMatchObject({
      'content-type': expect.stringContaining('text/html'),
      'content-security-policy': expect.stringContaining('default-src'),
      'referrer-policy': 'no-referrer',
    });
    expect(await words()).toContain(projectName);
    expect(await words()).toContain('GitHub');
    const buttons = page.getByRole('button');
    expect(await buttons.count()).toBe(1);
    expect(await buttons.innerText()).toBe('Continue to GitHub');
    expect(await words()).toContain("This connector was written by hand after GitHub's documentation");
    const folder = process.env['E2E_SCREENSHOTS'];
    if (folder) await page.screenshot({ path: `${folder}/connect-quality.png` });
  });

  it("ends with an ACTIVE account once the provider's screens are clicked through", async () => {
    const { session, request, redirectUrl } = await begin();
    await continueToGithub(page, redirectUrl);
    await signInAtGithub(page);
    expect(await words()).toMatch(/connected/i);

    const account = await request.waitForConnection(15_000);
    expect(account).toMatchObject({ id: request.id, status: 'ACTIVE', toolkit: { slug: 'github' } });
    const { items } = await session.toolkits({ toolkits: ['github'] });
    expect(items[0]?.connection).toMatchObject({ isActive: true, connectedAccount: { id: request.id } });
    expect(await session.ensureConnected('github')).toMatchObject({ wasConnected: true });
  });

  it("sends the person back to the developer's page with the outcome", async () => {
    const { request, redirectUrl } = await begin(developerUrl);
    await continueToGithub(page, redirectUrl);
    await signInAtGithub(page);
    expect(page.url().startsWith(developerUrl)).toBe(true);
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      tab: 'accounts',
      status: 'success',
      connected_account_id: request.id,
    });
    expect(await statusOf(request.id)).toBe('ACTIVE');
  });

  it('ends FAILED with the reason when the person says no', async () => {
    const { request, redirectUrl } = await begin(developerUrl);
    await continueToGithub(page, redirectUrl);
    // The emulator has no button for it: this is what the provider's "Cancel" sends the browser to.
    await comeBackWith({ error: 'access_denied' });
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({
      tab: 'accounts',
      status: 'failed',
      connected_account_id: request.id,
      error: 'access_denied',
    });
    await expect(request.waitForConnection(5_000)).rejects.toThrow(/FAILED.*reason/i);
  });

  it('shows a clear page when the person says no and there is no page to go back to', async () => {
    const { request, redirectUrl } = await begin();
    await continueToGithub(page, redirectUrl);
    await comeBackWith({ error: 'access_denied' });
    expect(await words()).toMatch(/not connected|declined|denied|cancelled/i);
    expect(await statusOf(request.id)).toBe('FAILED');
  });

  it('ends FAILED when the provider does not take the code', async () => {
    const { request, redirectUrl } = await begin();
    await continueToGithub(page, redirectUrl);
    await comeBackWith({ code: 'made-up' });
    expect(await words()).toMatch(/not connected|failed/i);
    await expect(request.waitForConnection(5_000)).rejects.toThrow(/FAILED/);
  });

  it('changes nothing for a forged state, and says so on a page', async () => {
    const { request, redirectUrl } = await begin();
    await continueToGithub(page, redirectUrl);
    const response = await comeBackWith({ code: 'some-code', state: 'forged' });
    expect(response?.status()).toBe(400);
    expect(await words()).toMatch(NO_USE);
    expect(await statusOf(request.id)).toBe('INITIATED');
  });

  it('changes nothing for a replayed state, and says so on a page', async () => {
    const { request, redirectUrl } = await begin();
    await continueToGithub(page, redirectUrl);
    const used = page.waitForRequest(CALLBACK);
    await signInAtGithub(page);
    const response = await page.goto((await used).url());
    expect(response?.status()).toBe(400);
    expect(await words()).toMatch(NO_USE);
    expect(await statusOf(request.id)).toBe('ACTIVE');
  });

  it('lets a link be used once', async () => {
    const { request, redirectUrl } = await begin();
    await continueToGithub(page, redirectUrl);
    await signInAtGithub(page);
    page = await newPage(browser);
    await page.goto(redirectUrl);
    expect(await words()).toMatch(NO_USE);
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await statusOf(request.id)).toBe('ACTIVE');
  });

  it('shows a clear page for a link that never was', async () => {
    page = await newPage(browser);
    const response = await page.goto(`${environment.baseUrl}/link/lk_${'x'.repeat(32)}`);
    expect(response?.status()).toBe(404);
    expect(await words()).toMatch(NO_USE);
    expect(await page.getByRole('button').count()).toBe(0);
  });

  it('makes no link for a toolkit that needs no account or lies outside the session', async () => {
    const session = await composio.create(unique('user_a'), { toolkits: ['time'] });
    await expect(session.authorize('time')).rejects.toMatchObject({
      status: 400,
      error: { error: { code: 4326 } },
    });
    await expect(session.authorize('github')).rejects.toMatchObject({
      status: 400,
      error: { error: { code: 4324, message: expect.stringMatching(/^\[Session Restriction\]/) } },
    });
  });
});
