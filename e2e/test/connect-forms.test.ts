import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, type TestBrowser } from '@patchbay/testing';
import type { Page } from 'playwright-core';
import { newComposio } from '../support/composio.js';
import { newPage } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';
import { customConfig, queryOf, startDeveloperPage, type DeveloperPage } from '../support/forms.js';
import { call, createProject } from '../support/http.js';

const projectName = unique('Acme-CRM');

describe('the form of a Connect page', () => {
  let browser: TestBrowser;
  let page: Page;
  let composio: ReturnType<typeof newComposio>;
  let developer: DeveloperPage;
  let apiKey: string;
  let keyed: string;
  let basicly: string;

  beforeAll(async () => {
    ({ apiKey } = await createProject(projectName));
    composio = newComposio(apiKey);
    keyed = await customConfig(composio, 'keyed', 'API_KEY');
    basicly = await customConfig(composio, 'basicly', 'BASIC');
    developer = await startDeveloperPage();
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    page = await newPage(browser);
  });
  afterAll(async () => {
    await browser?.close();
    developer?.close();
  });

  const begin = async (config: string, options = {}) => {
    const request = await composio.connectedAccounts.link(unique('user_a'), config, options);
    const response = await page.goto(String(request.redirectUrl));
    return { request, response };
  };
  const words = () => page.locator('body').innerText();
  const focused = () => page.locator(':focus').getAttribute('id');
  const submit = () => page.getByRole('button', { name: /^Connect / }).click();

  it('says who asks for which account, and labels each field with its help', async () => {
    await begin(keyed);
    expect(await page.getByRole('heading').innerText()).toBe(
      `${projectName} wants to connect your Keyed account`,
    );
    const key = page.getByLabel('API key');
    expect(await key.getAttribute('type')).toBe('password');
    const help = page.locator(`#${await key.getAttribute('aria-describedby')}`);
    expect(await help.innerText()).toContain('Under Settings');
    expect(await page.getByLabel('Region (optional)').inputValue()).toBe('eu');
    const link = page.getByRole('link', { name: 'Where do I find this?' });
    expect(await link.getAttribute('href')).toBe('https://keyed.example/where-is-my-key');
    expect(await page.getByRole('button').innerText()).toBe('Connect Keyed');
  });

  it('has no script, and a policy that would let none run', async () => {
    const { response } = await begin(keyed);
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src|unsafe/);
    expect(response?.headers()).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(await page.locator('script').count()).toBe(0);
  });

  it('takes an API key by keyboard alone, and sends the person back with the outcome', async () => {
    const { request } = await begin(keyed, { callbackUrl: developer.url });
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('generic_api_key');
    await page.keyboard.type(environment.keys.ada);
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('region');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${new URL(developer.url).origin}/**`);
    expect(queryOf(page)).toEqual({
      tab: 'accounts',
      status: 'success',
      connected_account_id: request.id,
    });
    const account = await request.waitForConnection(5_000);
    expect(account).toMatchObject({ status: 'ACTIVE', state: { authScheme: 'API_KEY' } });
    expect(account.state?.val).toMatchObject({ displayName: 'ada', region: 'eu' });
    expect(JSON.stringify(account)).not.toContain(environment.keys.ada);
  });

  it('takes a name and a password, and says that it is done', async () => {
    const { request } = await begin(basicly);
    await page.getByLabel('User name').fill('grace');
    await page.getByLabel('Password').fill(environment.passwords.grace);
    await page.getByLabel('Password').press('Enter');
    await page.getByRole('heading', { name: 'Basicly is connected' }).waitFor();
    expect(await page.content()).not.toContain(environment.passwords.grace);
    const account = await request.waitForConnection(5_000);
    expect(account.state?.val).toMatchObject({ displayName: 'grace' });
    expect(JSON.stringify(account)).not.toContain(environment.passwords.grace);
  });

  it("shows the provider's refusal of a wrong key, never the key, and lets the person try again", async () => {
    const { request } = await begin(keyed);
    const wrong = unique('wrong-key');
    await page.getByLabel('API key').fill(wrong);
    await page.getByLabel('Region (optional)').fill('us');
    await submit();
    expect(await page.getByRole('alert').innerText()).toBe('Keyed does not accept this credential.');
    expect(await page.content()).not.toContain(wrong);
    expect(await page.getByLabel('API key').inputValue()).toBe('');
    expect(await page.getByLabel('Region (optional)').inputValue()).toBe('us');
    expect(page.url()).not.toContain(wrong);
    const pending = await composio.connectedAccounts.get(request.id);
    expect(pending.status).toMatch(/^INITIA/);

    await page.getByLabel('API key').fill(environment.keys.linus);
    await submit();
    await page.getByRole('heading', { name: 'Keyed is connected' }).waitFor();
    expect(await page.content()).not.toContain(environment.keys.linus);
    expect((await request.waitForConnection(5_000)).state?.val).toMatchObject({ displayName: 'linus' });
  });

  it('does not go on without what is required', async () => {
    const { request } = await begin(keyed);
    const url = page.url();
    await submit();
    expect(page.url()).toBe(url);
    expect(await page.locator('#generic_api_key:invalid').count()).toBe(1);
    // A browser that does not check sends it all the same.
    const answer = await page.request.post(url, { form: { region: 'eu' } });
    expect(answer.status()).toBe(400);
    expect(await answer.text()).toContain('API key');
    expect((await composio.connectedAccounts.get(request.id)).status).toMatch(/^INITIA/);
  });

  it('does not ask again for what the developer gave already', async () => {
    const answer = await call('/connected_accounts/link', {
      apiKey,
      body: { auth_config_id: keyed, user_id: unique('user_a'), connection_data: { region: 'us' } },
    });
    const link = answer.body as { redirect_url: string; connected_account_id: string };
    await page.goto(link.redirect_url);
    expect(await page.getByLabel(/Region/).count()).toBe(0);
    await page.getByLabel('API key').fill(environment.keys.ada);
    await submit();
    await page.getByRole('heading', { name: 'Keyed is connected' }).waitFor();
    const account = await composio.connectedAccounts.get(link.connected_account_id);
    expect(account.state?.val).toMatchObject({ region: 'us' });
  });

  it.each(['light', 'dark'] as const)(
    'fits a phone without scrolling sideways, in %s colours',
    async (colorScheme) => {
      const context = await browser.newContext({
        viewport: { width: 320, height: 640 },
        hasTouch: true,
        colorScheme,
      });
      page = await context.newPage();
      await begin(keyed);
      if (process.env['E2E_SCREENSHOTS'])
        await page.screenshot({ path: `${process.env['E2E_SCREENSHOTS']}/phone-${colorScheme}.png` });
      const [content, screen] = await page.evaluate<number[]>(
        '[document.documentElement.scrollWidth, innerWidth]',
      );
      expect(content).toBe(screen);
      // A finger needs 44 pixels.
      for (const target of [page.getByLabel('API key'), page.getByRole('button')]) {
        expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      }
    },
  );

  it('escapes what it repeats', async () => {
    await begin(keyed);
    await page.getByLabel('API key').fill('wrong');
    await page.getByLabel('Region (optional)').fill('"><script>alert(1)</script>');
    await submit();
    await page.getByRole('alert').waitFor();
    expect(await page.locator('script').count()).toBe(0);
    expect(await words()).not.toContain('alert(1)');
  });
});
