import {
  eventually,
  launchBrowser,
  NOTES,
  NOTES_PUBLISHED,
  startNpmRegistry,
  startTestPlatform,
  type LocalServer,
  type TestBrowser,
  type TestPlatform,
} from '@patchbay/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { signedIn, violations } from '../support/console.browser.js';
import { unique } from '../support/environment.js';
import { call } from '../support/http.js';

const PACKAGE = `npm:${NOTES.identifier}`;
const Project = z.object({ id: z.string(), api_key: z.string() });

/** Has a platform of its own: its operator lets a program run. */
describe('the console, where MCP servers may be programs', () => {
  let test: TestPlatform;
  let npm: LocalServer;
  let browser: TestBrowser;
  let page: Page;
  let complaints: string[];
  let project: z.infer<typeof Project>;

  const owner = async (path: string, body: object) => {
    const { baseUrl, orgApiKey } = test.platform;
    const answer = await call(path, { apiKey: null, baseUrl, headers: { 'x-org-api-key': orgApiKey }, body });
    expect(answer.status).toBeLessThan(300);
    return answer.body;
  };
  const toolkit = async (slug: string) =>
    (await call(`/custom/toolkits/${slug}`, { apiKey: project.api_key, baseUrl: test.platform.baseUrl }))
      .body;
  const at = (path: string) => `${test.platform.baseUrl}/console/p/${project.id}/${path}`;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const isClean = async () => expect(await violations(page)).toEqual([]);

  beforeAll(async () => {
    npm = await startNpmRegistry([NOTES_PUBLISHED]);
    test = await startTestPlatform({
      PATCHBAY_STDIO_ALLOWED: `${PACKAGE}@${NOTES.version}`,
      PATCHBAY_STDIO_NPM_REGISTRY: npm.url,
    });
    project = Project.parse(
      await owner('/org/owner/project/new', { name: unique('programs'), should_create_api_key: true }),
    );
    const person = { email: `${unique('person')}@example.com`, project_roles: { [project.id]: 'developer' } };
    const { id } = z.object({ id: z.string() }).parse(await owner('/org/people', person));
    // Who has no key yet is asked for a password first.
    await owner(`/org/people/${id}/keys`, { name: 'first' });
    const { url } = z.object({ url: z.string() }).parse(await owner(`/org/people/${id}/sign-in-link`, {}));
    browser = await launchBrowser();
    ({ page, complaints } = await signedIn(browser, url));
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await test?.stop();
    await npm?.close();
  });

  it('adds one by hand, says what the operator does not let run, and goes on to the account it needs', async () => {
    await page.goto(at('toolkits'));
    await button('Add a toolkit').click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByLabel('From', { exact: true }).selectOption('stdio');
    await dialogue.getByLabel('Package').fill(`${PACKAGE}@9.9.9`);
    expect(await dialogue.getByLabel('Slug').inputValue()).toBe('notes');
    await dialogue.getByLabel('Environment').fill('NOTES_TOKEN\nNOTES_REGION=us');
    await dialogue.getByLabel('Arguments').fill('--shelf\nlower');
    await dialogue.getByRole('button', { name: 'Add the toolkit' }).click();
    const refusal = await dialogue.getByRole('alert').innerText();
    expect(refusal.split(`PATCHBAY_STDIO_ALLOWED lacks ${PACKAGE}@9.9.9`)).toHaveLength(2);
    await isClean();
    await dialogue.getByLabel('Package').fill(`${PACKAGE}@${NOTES.version}`);
    await dialogue.getByRole('button', { name: 'Add the toolkit' }).click();
    await dialogue.getByText('Its tools are read when the first account is connected.').waitFor();
    await isClean();
    await dialogue.getByRole('button', { name: 'Open the toolkit' }).click();
    await page.getByRole('heading', { name: 'Its tools come with the first account' }).waitFor();
    await isClean();
    await page.getByRole('link', { name: 'Connect an account' }).click();
    await button('Make the session').click();
    await button('Make a connect link').click();
    const address = await page.getByRole('link', { name: 'Open the sign-in' }).getAttribute('href');
    const connect = await page.context().newPage();
    await connect.goto(String(address));
    await connect.getByLabel('NOTES_TOKEN').fill('token-of-ada');
    await connect.getByRole('button', { name: /Connect|Allow/ }).click();
    await page.getByText('Connected', { exact: true }).waitFor();
    await connect.close();
    await eventually(async () => expect(await toolkit('notes')).toMatchObject({ tools_count: 3 }), {
      timeout: 60_000,
    });
    await page.goto(at('toolkits/notes'));
    await page.getByText('NOTES_ADD_NOTE').first().waitFor();
  });

  it('lets one choose among the ways of an entry, and asks for what that way wants', async () => {
    await page.goto(at('mcp-registry?server=test.patchbay%2Fseveral'));
    const panel = page.getByRole('region', { name: 'MCP server' });
    const way = panel.getByLabel('Way to it', { exact: true });
    await way.waitFor();
    expect(await way.getByRole('option').count()).toBe(2);
    expect(await panel.getByLabel('NOTES_TOKEN').count()).toBe(0);
    await way.selectOption({ label: `${NOTES.identifier} ${NOTES.version}, a program of npm` });
    expect(await panel.getByLabel('NOTES_TOKEN').getAttribute('type')).toBe('password');
    await isClean();
    await panel.getByLabel('Slug').fill('several');
    await panel.getByLabel('NOTES_TOKEN').fill('token-of-all');
    await panel.getByLabel('NOTES_REGION').selectOption('us');
    await panel.getByRole('button', { name: 'Add the toolkit' }).click();
    await page.waitForURL('**/toolkits/several');
    await page.getByText('SEVERAL_ADD_NOTE').first().waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await isClean();
    expect(await toolkit('several')).toMatchObject({ source: { type: 'stdio' }, tools_count: 3 });
  });

  it('broke no rule of its content security policy, and asked nobody else', () => {
    expect(complaints).toEqual([]);
  });
});
