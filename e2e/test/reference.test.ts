import { launchBrowser, type TestBrowser } from '@patchbay/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPage } from '../support/connect.js';
import { environment } from '../support/environment.js';

describe('the pages for people who come to the platform’s address', () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  /** A page that collects what its policy refused, what its scripts threw, and every address that it asked. */
  const watched = async () => {
    const page = await newPage(browser);
    const complaints: string[] = [];
    const hosts = new Set<string>();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (request.url().startsWith('http')) hosts.add(new URL(request.url()).origin);
    });
    return { page, complaints, hosts };
  };
  const shoot = async (page: Page, name: string) => {
    const folder = process.env['E2E_SCREENSHOTS'];
    if (!folder) return;
    for (const [device, width] of Object.entries({ phone: 360, desk: 1200 })) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${folder}/${name}-${device}.png` });
    }
  };

  it('say at the root what this is and lead on', async () => {
    const { page, complaints, hosts } = await watched();
    await page.goto(`${environment.baseUrl}/welcome`);
    await expect(page.getByRole('heading', { level: 1 }).innerText()).resolves.toBe('Patchbay');
    await expect(page.locator('pre').innerText()).resolves.toContain('/api/v3.1/tool_router/session');
    await shoot(page, 'welcome');
    const links = await page
      .getByRole('link')
      .evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
    expect(links.length).toBe(4);
    // The console is there once it is built.
    for (const link of links.filter((one) => one !== '/console')) {
      expect([link, (await fetch(new URL(link, environment.baseUrl))).status]).toEqual([link, 200]);
    }
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(environment.baseUrl).origin]);
    await page.context().close();
  });

  it('show the API, drawn under a strict policy from nothing but this address', async () => {
    const { page, complaints, hosts } = await watched();
    const answer = await page.goto(`${environment.baseUrl}/docs`);
    const policy = answer?.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");

    await page.getByText('Create a session').first().waitFor();
    await page.getByRole('heading', { level: 1, name: 'Patchbay' }).waitFor();
    await shoot(page, 'reference');
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(environment.baseUrl).origin]);
    await page.context().close();
  });
});
