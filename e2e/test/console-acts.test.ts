import { launchBrowser, type TestBrowser } from '@patchbay/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedIn, signInAddress, tabTo, violations } from '../support/console.browser.js';
import { environment, unique } from '../support/environment.js';
import { call, createProject, createSession } from '../support/http.js';
import { keyedDocument } from '../support/toolkits.js';

/** What people change by the console, besides what `console.test.ts` has: a real browser, the real platform. */
describe('the console, as people change things by it', () => {
  let browser: TestBrowser;
  let page: Page;
  let complaints: string[];
  let project: Awaited<ReturnType<typeof createProject>>;
  let sessionId: string;
  const projectName = unique('console');

  const ask = async (path: string, body: object) => {
    const answer = await call(path, { apiKey: project.apiKey, body });
    expect({ body: answer.body, isGood: answer.status < 300 }).toMatchObject({ isGood: true });
    return answer.body as Record<string, unknown>;
  };
  const at = (path: string) => `${environment.baseUrl}/console/p/${project.id}/${path}`;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const isClean = async () => expect(await violations(page)).toEqual([]);

  beforeAll(async () => {
    project = await createProject(projectName);
    sessionId = await createSession(
      { user_id: 'ada', toolkits: { enable: ['time'] } },
      { apiKey: project.apiKey },
    );
    browser = await launchBrowser();
    ({ page, complaints } = await signedIn(
      browser,
      await signInAddress({ project_roles: { [project.id]: 'developer' } }),
    ));
  });
  afterAll(() => browser?.close());

  it('adds a toolkit from a document, says what was left out, and shows what changed until it is decided', async () => {
    const say = (summary: string) => ({ '/open': { get: { operationId: 'say', summary } } });
    const bad = { '/bad': { get: { operationId: 'bad', parameters: [{ $ref: '#/nowhere' }] } } };
    await page.goto(at('toolkits'));
    await button('Add a toolkit').click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByLabel('From', { exact: true }).selectOption('file');
    await dialogue.getByLabel('Document', { exact: true }).setInputFiles({
      name: 'acme.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(keyedDocument({ ...say('Say it'), ...bad }))),
    });
    await expect.poll(() => dialogue.getByLabel('Slug').inputValue()).toBe('acme');
    await isClean();
    await dialogue.getByRole('button', { name: 'Add the toolkit' }).click();
    await dialogue.getByText('1 operation left out').waitFor();
    expect(await dialogue.innerText()).toContain('GET /bad');
    await isClean();
    await dialogue.getByRole('button', { name: 'Open the toolkit' }).click();
    await page.waitForURL('**/toolkits/acme');
    await ask('/custom/toolkits/upsert', {
      slug: 'acme',
      source: { type: 'openapi', document: keyedDocument(say('Say it, and forward it')) },
    });
    await page.reload();
    await tabTo(page, button('See what changed'));
    await page.keyboard.press('Enter');
    const panel = page.getByRole('region', { name: 'Changed definition' });
    await panel.getByText(', and forward it').first().waitFor();
    await isClean();
    await panel.getByRole('button', { name: 'Refuse it' }).click();
    await page.getByText('A change was refused').waitFor();
    await button('See what changed').click();
    await panel.getByRole('button', { name: 'Approve it' }).click();
    await page.getByText('A change was refused').waitFor({ state: 'hidden' });
    expect((await call('/tools/ACME_SAY', { apiKey: project.apiKey })).body).toMatchObject({
      name: 'Say it, and forward it',
    });
  });

  it('adds an MCP server, and shows its tools', async () => {
    const slug = unique('up').replaceAll('-', '');
    await page.goto(at('toolkits'));
    await button('Add a toolkit').click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByLabel('From', { exact: true }).selectOption('mcp');
    await dialogue.getByLabel('Address of the server').fill(`${environment.mcpUrl}/stateless/${slug}/mcp`);
    await dialogue.getByLabel('Slug').fill(slug);
    await isClean();
    await dialogue.getByRole('button', { name: 'Add the toolkit' }).click();
    await dialogue.getByRole('button', { name: 'Open the toolkit' }).click();
    await page.waitForURL(`**/toolkits/${slug}`);
    await page.getByText(`${slug.toUpperCase()}_ADD_NUMBERS`).first().waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await isClean();
  });

  it('shows the Connect page as it will look, to who is signed in alone, and keeps it out of the history', async () => {
    const owner = await signedIn(browser, await signInAddress({ project_roles: { [project.id]: 'owner' } }));
    await owner.page.goto(at('settings'));
    const frame = owner.page.frameLocator('iframe[title="Preview of the Connect page"]');
    await frame
      .getByRole('heading', { name: `${projectName} wants to connect your Example account` })
      .waitFor();
    const before = await owner.page.evaluate('history.length');
    await owner.page.getByLabel('Name', { exact: true }).fill('<b>Acme</b> & Söhne');
    await frame
      .getByRole('heading', { name: '<b>Acme</b> & Söhne wants to connect your Example account' })
      .waitFor();
    expect(await owner.page.evaluate('history.length')).toBe(before);
    expect(await violations(owner.page)).toEqual([]);
    expect(owner.complaints).toEqual([]);
    await owner.page.context().close();
    const preview = await fetch(`${environment.baseUrl}/console/connect-preview?name=Acme`);
    expect(preview.status).toBe(401);
  });

  it('finds a server in a registry, says what it asks for, and makes a toolkit of it', async () => {
    await page.goto(at('toolkits'));
    await page.getByRole('link', { name: 'MCP registry' }).click();
    await page.getByRole('searchbox', { name: 'Search servers' }).fill('keyed');
    const table = page.getByRole('table', { name: 'MCP servers' });
    await table.getByText('test.patchbay/keyed').waitFor();
    await isClean();
    await button('Test keyed, test.patchbay/keyed').click();
    const panel = page.getByRole('region', { name: 'MCP server' });
    await panel.getByText('Adds numbers for who has a key.').waitFor();
    expect(await panel.getByLabel('Person').getAttribute('type')).toBe('password');
    await isClean();
    const slug = unique('keyed').replaceAll('-', '');
    await panel.getByLabel('Slug').fill(slug);
    await panel.getByLabel('Workspace').fill(slug);
    await panel.getByLabel('Person').fill('team');
    await panel.getByRole('button', { name: 'Add the toolkit' }).click();
    await page.waitForURL(`**/toolkits/${slug}`);
    const { body } = await call(`/custom/toolkits/${slug}`, { apiKey: project.apiKey });
    expect(body).toMatchObject({ tools_count: 3, source: { registry: { server: 'test.patchbay/keyed' } } });

    // What cannot be added says why, and has nothing to press.
    await page.goto(at('mcp-registry?server=io.github.upstash%2Fcontext7'));
    await panel.getByText('It cannot be added').waitFor();
    expect(await panel.innerText()).toContain('a program');
    expect(await panel.getByRole('button', { name: 'Add the toolkit' }).count()).toBe(0);
  });

  it('lets the model of the operator work in a session, by the keyboard alone', async () => {
    await page.goto(at(`playground?session=${sessionId}`));
    const message = page.getByRole('textbox', { name: 'Message' });
    await tabTo(page, message);
    const tools = [{ tool_slug: 'TIME_GET_CURRENT_TIME', arguments: { timezone: 'Asia/Tokyo' } }];
    await page.keyboard.insertText(`use COMPOSIO_MULTI_EXECUTE_TOOL ${JSON.stringify({ tools })}`);
    await page.keyboard.press('Enter');
    const log = page.getByRole('log', { name: 'Conversation' });
    await log.getByText('It answered').waitFor();
    await tabTo(page, log.locator('summary'));
    await page.keyboard.press('Enter');
    await log.getByRole('group', { name: 'Arguments' }).waitFor();
    await isClean();
    await message.fill('<img src=x onerror="document.title=1">');
    await page.keyboard.press('Enter');
    await log.getByText('You said: <img').waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    await message.fill('break');
    await page.keyboard.press('Enter');
    await log.getByText('The model is out of order.').waitFor();
  });

  it('changes a session, and shows what each version changed', async () => {
    await page.goto(at(`sessions/${sessionId}?tab=versions`));
    await button('Change').click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByLabel('Tools', { exact: true }).fill('time: -TIME_CONVERT_TIME');
    await dialogue.getByLabel('No tools with these tags').fill('destructiveHint');
    await isClean();
    await dialogue.getByRole('button', { name: 'Change the session' }).click();
    await dialogue.waitFor({ state: 'hidden' });
    await page.getByText('What it changed of version 1').waitFor();
    await page.getByText('tags › disabled').waitFor();
    const { body } = await call(`/tool_router/session/${sessionId}`, { apiKey: project.apiKey });
    expect(body).toMatchObject({
      config_version: 2,
      config: {
        toolkits: { enabled: ['time'] },
        tools: { time: { disabled: ['TIME_CONVERT_TIME'] } },
        tags: { disabled: ['destructiveHint'] },
      },
    });
    await isClean();
  });

  it('makes a call again by hand, after saying what it does', async () => {
    const { log_id: id } = await ask(`/tool_router/session/${sessionId}/execute`, {
      tool_slug: 'TIME_GET_CURRENT_TIME',
      arguments: { timezone: 'Asia/Tokyo' },
    });
    await page.goto(at(`calls/${String(id)}`));
    await button('Call it again').click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByText('It only reads').waitFor();
    await isClean();
    await dialogue.getByRole('button', { name: 'Call it again' }).click();
    await dialogue.getByRole('link', { name: 'Open the new call' }).click();
    await page.waitForURL(
      (url) => url.pathname.includes('/calls/log_') && !url.pathname.includes(String(id)),
    );
    await page.getByRole('group', { name: 'Arguments' }).getByText('Asia/Tokyo').waitFor();
  });

  it('shares an account with users who are named', async () => {
    const { auth_config: config } = await ask('/auth_configs', {
      toolkit: { slug: 'keyed' },
      auth_config: { type: 'use_custom_auth', authScheme: 'API_KEY', credentials: {} },
    });
    const { id } = await ask('/connected_accounts', {
      auth_config: { id: (config as { id: string }).id },
      connection: {
        user_id: 'ada',
        state: { authScheme: 'API_KEY', val: { generic_api_key: environment.keys.ada } },
      },
    });
    await page.goto(at(`accounts/${String(id)}`));
    await button('Share').click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByLabel('May be used by').selectOption('some');
    await dialogue.getByLabel('Users', { exact: true }).fill('grace\nlinus');
    await isClean();
    await dialogue.getByRole('button', { name: 'Share it' }).click();
    await page.getByText('with 2 users').waitFor();
  });

  it('asks the provider about an app, and chooses scopes by tools', async () => {
    const { auth_config: config } = await ask('/auth_configs', {
      toolkit: { slug: 'github' },
      auth_config: {
        type: 'use_custom_auth',
        authScheme: 'OAUTH2',
        credentials: { client_id: 'my-app', client_secret: 'mistyped' },
      },
    });
    await page.goto(at(`auth-configs/${(config as { id: string }).id}`));
    await button('Ask the provider').click();
    await page.getByText('incorrect_client_credentials').waitFor();
    await button('Choose by tools').click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByRole('checkbox', { name: /GITHUB_GET_THE_AUTHENTICATED_USER/ }).check();
    await dialogue.getByText('1 chosen, which need').waitFor();
    await isClean();
    await dialogue.getByRole('button', { name: 'Ask for these' }).click();
    await page.getByText('the least that 1 chosen').waitFor();
    await isClean();
  });

  it('broke no rule of its content security policy, and asked nobody else', () => {
    expect(complaints).toEqual([]);
  });
});
