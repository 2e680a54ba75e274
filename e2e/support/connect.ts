import { launchBrowser, type TestBrowser } from '@patchbay/testing';
import type { Page } from 'playwright-core';
import { environment } from './environment.js';

/** The user the provider's screen is left by, unless a test says otherwise. */
export const GITHUB_USER = 'hubot';

interface Connectable {
  authorize(toolkit: string): Promise<{
    redirectUrl?: string | null;
    waitForConnection(timeout?: number): Promise<{ id: string; status: string }>;
  }>;
}

/** A page in a browser profile of its own, as another person would have it. */
export async function newPage(browser: TestBrowser): Promise<Page> {
  const context = await browser.newContext();
  return context.newPage();
}

/** From the Connect page to the provider's screen, which is where this ends. */
export async function continueToGithub(page: Page, redirectUrl: string): Promise<void> {
  await page.goto(redirectUrl);
  await page.getByRole('button', { name: /continue/i }).click();
  await page.waitForURL(`${environment.githubUrl}/login/oauth/authorize**`);
}

/** Signs in at the provider's screen, and waits until the provider has sent the browser away. */
export async function signInAtGithub(page: Page, login = GITHUB_USER): Promise<void> {
  await page.getByRole('button', { name: login }).click();
  await page.waitForURL((url) => url.origin !== environment.githubUrl);
}

/** Connects a GitHub account to the session's user by clicking through all screens. Gives the account's id. */
export async function connectGithub(session: Connectable, login = GITHUB_USER): Promise<string> {
  const browser = await launchBrowser();
  try {
    const request = await session.authorize('github');
    const page = await newPage(browser);
    await continueToGithub(page, String(request.redirectUrl));
    await signInAtGithub(page, login);
    const account = await request.waitForConnection(15_000);
    return account.id;
  } finally {
    await browser.close();
  }
}
