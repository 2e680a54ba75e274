import type { TestBrowser } from '@patchbay/testing';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { z } from 'zod';
import { asOrganisation } from './organisation.js';
import { createPerson } from './people.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** In the page: what moves for good, such as what turns while one waits, is not waited for. */
const MOTION_ENDED = `Promise.allSettled(
  document.getAnimations()
    .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity)
    .map(({ finished }) => finished),
).then(() => undefined)`;

/** The address that signs a new person with these roles in, once. */
export async function signInAddress(roles: Parameters<typeof createPerson>[0]): Promise<string> {
  const { id } = await createPerson(roles);
  const { body } = await asOrganisation(`/org/people/${id}/sign-in-link`, { method: 'POST' });
  return z.object({ url: z.string() }).parse(body).url;
}

/**
 * A page of a browser of its own in which the person of the address is signed in. What it must not do is in `complaints`, and each
 * request that was refused in `refusals`: a test of what the views ask for by themselves expects none.
 */
export async function signedIn(
  browser: TestBrowser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[]; refusals: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const refusals: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    // A refusal of the API is for the view to show, and for its test to expect.
    if (message.type() === 'error' && !text.startsWith('Failed to load resource: the server responded'))
      complaints.push(text);
  });
  page.on('response', (response) => {
    // Who is not signed in yet is told so; and by 503 whether all is ready, which a busy machine may say of a slow moment.
    const isAnswer = response.url().endsWith('/health/ready') && response.status() === 503;
    if (response.status() < 400 || isAnswer || response.url().endsWith('/console/session')) return;
    refusals.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(address).origin) complaints.push(request.url());
  });
  await page.goto(address);
  await page.getByRole('button', { name: /^Sign in as / }).click();
  await page.getByRole('navigation', { name: 'You are here' }).waitFor();
  return { page, complaints, refusals };
}

/** Goes with the Tab key alone to what is looked for. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let pressed = 0; pressed < 80; pressed += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key does not come to ${String(target)}`);
}

/** What axe-core finds on the page as it stands, once what fades in is there: halfway it has too little contrast. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(MOTION_ENDED);
  await page.evaluate(`${axe};0`);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const options = JSON.stringify({ runOnly: tags, resultTypes: ['violations'] });
  const found = await page.evaluate<AxeResults>(`axe.run(document, ${options})`);
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
  );
}
