import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, runSql, type TestBrowser } from '@patchbay/testing';
import type { Page } from 'playwright-core';
import { newComposio } from '../support/composio.js';
import { newPage } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { createProject } from '../support/http.js';

describe('a link whose time is over', () => {
  let browser: TestBrowser;
  let page: Page;
  let composio: ReturnType<typeof newComposio>;
  let keyed: string;

  beforeAll(async () => {
    composio = newComposio((await createProject(unique('links'))).apiKey);
    keyed = await customConfig(composio, 'keyed', 'API_KEY');
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    page = await newPage(browser);
  });
  afterAll(() => browser?.close());

  const begin = async () => {
    const request = await composio.connectedAccounts.link(unique('user_a'), keyed);
    return { request, url: String(request.redirectUrl) };
  };
  /** Ten minutes later, for one link. */
  const letExpire = (id: string) =>
    runSql(
      environment.databaseUrl,
      `UPDATE auth.connect_links SET expires_at = now() - interval '1 second' WHERE connection_id = '${id}';
       UPDATE auth.connected_accounts SET created_at = now() - interval '11 minutes' WHERE id = '${id}'`,
    );
  const refusal = async () => {
    await page.getByRole('heading', { name: 'This link cannot be used' }).waitFor();
    expect(await page.locator('form, button, input').count()).toBe(0);
    return page.locator('main').innerText();
  };
  const connect = async () => {
    await page.getByLabel('API key').fill(environment.keys.ada);
    await page.getByRole('button', { name: 'Connect Keyed' }).click();
  };

  it('says that it has expired, and how to go on', async () => {
    const { request, url } = await begin();
    await letExpire(request.id);
    const response = await page.goto(url);
    expect(response?.status()).toBe(404);
    expect(response?.headers()['content-security-policy']).toContain("default-src 'none'");
    expect(await refusal()).toMatch(/has expired[^]*ask for a new one/);
  });

  it('takes nothing from a form that was left open, and the account is EXPIRED with the reason', async () => {
    const { request, url } = await begin();
    await page.goto(url);
    await letExpire(request.id);
    await connect();
    expect(await refusal()).toContain('has expired');
    expect(await composio.connectedAccounts.get(request.id)).toMatchObject({
      status: 'EXPIRED',
      statusReason: expect.stringContaining('10 minutes'),
    });
    await expect(request.waitForConnection(5_000)).rejects.toThrow(/EXPIRED.*10 minutes/s);
  });

  it('says that it was used, also to a form that was open twice', async () => {
    const { request, url } = await begin();
    await page.goto(url);
    const second = await newPage(browser);
    await second.goto(url);
    await connect();
    await page.getByRole('heading', { name: 'Keyed is connected' }).waitFor();
    const before = await composio.connectedAccounts.get(request.id);

    page = second;
    await page.getByLabel('API key').fill(environment.keys.grace);
    await page.getByRole('button', { name: 'Connect Keyed' }).click();
    expect(await refusal()).toContain('used already');
    await page.goto(url);
    expect(await refusal()).toContain('used already');
    expect(await composio.connectedAccounts.get(request.id)).toEqual(before);
  });

  it('ends with its account', async () => {
    const { request, url } = await begin();
    await composio.connectedAccounts.delete(request.id);
    await page.goto(url);
    expect(await refusal()).not.toMatch(/internal|error/i);
  });
});
