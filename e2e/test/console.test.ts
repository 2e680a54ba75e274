import { launchBrowser, type TestBrowser } from '@patchbay/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedIn, signInAddress, tabTo, violations } from '../support/console.browser.js';
import { environment, unique } from '../support/environment.js';
import { call, createProject, createSession } from '../support/http.js';

const HOSTILE = `<img src=x onerror="document.title='run'"> ${'مستخدم'.repeat(15)}`;

/** The console as people use it: a real browser, the real platform. */
describe('the console', () => {
  let browser: TestBrowser;
  let project: Awaited<ReturnType<typeof createProject>>;
  let sessionId: string;
  let callId: string;
  let accountId: string;
  let configId: string;
  let page: Page;
  let complaints: string[];
  let refusals: string[];

  const ask = async (path: string, body: object) => {
    const answer = await call(path, { apiKey: project.apiKey, body });
    expect({ body: answer.body, isGood: answer.status < 300 }).toMatchObject({ isGood: true });
    return answer.body as Record<string, unknown>;
  };
  const run = (timezone: string) =>
    ask(`/tool_router/session/${sessionId}/execute`, {
      tool_slug: 'TIME_GET_CURRENT_TIME',
      arguments: { timezone },
    });
  const at = (path: string) => `${environment.baseUrl}/console/p/${project.id}/${path}`;
  const row = (name: string | RegExp) => page.getByRole('table').getByRole('button', { name }).first();

  beforeAll(async () => {
    project = await createProject(unique('console'));
    const { auth_config: config } = await ask('/auth_configs', {
      toolkit: { slug: 'keyed' },
      auth_config: { type: 'use_custom_auth', authScheme: 'API_KEY', credentials: {} },
    });
    configId = (config as { id: string }).id;
    const account = await ask('/connected_accounts', {
      auth_config: { id: configId },
      connection: {
        user_id: 'ada',
        state: { authScheme: 'API_KEY', val: { generic_api_key: environment.keys.ada } },
      },
    });
    accountId = account['id'] as string;
    sessionId = await createSession(
      { user_id: HOSTILE, toolkits: { enable: ['time', 'keyed'] } },
      { apiKey: project.apiKey },
    );
    callId = (await run('Asia/Tokyo'))['log_id'] as string;
    await run('Not/AZone');
    browser = await launchBrowser();
    const address = await signInAddress({ role: 'owner', project_roles: { [project.id]: 'owner' } });
    ({ page, complaints, refusals } = await signedIn(browser, address));
  });
  afterAll(() => browser?.close());

  it('signs in by a link that works once, when a person says so, and leaves the address at once', async () => {
    const address = await signInAddress({ project_roles: { [project.id]: 'viewer' } });
    // A preview of the message that it came in opens it, and runs its scripts.
    const preview = await (await browser.newContext()).newPage();
    await preview.goto(address);
    await preview.getByRole('button', { name: /^Sign in as / }).waitFor();
    expect(preview.url()).not.toContain('token');
    await preview.context().close();
    const first = await signedIn(browser, address);
    expect(first.page.url()).toBe(at('').replace(/\/$/, ''));
    const again = await (await browser.newContext()).newPage();
    await again.goto(address);
    await again.getByRole('alert').waitFor();
    expect(again.url()).not.toContain('token');
    await again.goto(at('calls?status=failed'));
    expect(await again.getByRole('heading').innerText()).toBe('Sign in to Patchbay');
    expect(again.url()).toBe(at('calls?status=failed'));
    // Who only looks is offered nothing to do.
    await first.page.goto(at('toolkits/time/TIME_GET_CURRENT_TIME?tab=try'));
    const button = first.page.getByRole('button', { name: 'Run TIME_GET_CURRENT_TIME' });
    await button.waitFor();
    expect(await button.isDisabled()).toBe(true);
    await first.page.goto(at('settings/keys'));
    await first.page.getByText('This is for owners').waitFor();
    await Promise.all([first.page.context().close(), again.context().close()]);
  });

  it('asks before a link takes the place of who is signed in', async () => {
    const [own, strangers] = await Promise.all([
      signInAddress({ project_roles: { [project.id]: 'viewer' } }),
      signInAddress({ project_roles: { [project.id]: 'viewer' } }),
    ]);
    const { page: visitor } = await signedIn(browser, own);
    const person = async () => {
      const answer = await visitor.request.get(`${environment.baseUrl}/api/v3.1/console/session`);
      return ((await answer.json()) as { person: { email: string } }).person.email;
    };
    const before = await person();
    const follow = async (address: string, choice: string | RegExp) => {
      // Another page first: a change behind the # alone loads nothing.
      await visitor.goto('about:blank');
      await visitor.goto(address);
      await visitor.getByText(`You are signed in as ${before}`).waitFor();
      await visitor.getByRole('button', { name: choice }).click();
      await visitor.getByRole('navigation', { name: 'You are here' }).waitFor();
    };
    // The page of the sign-in follows no link by itself.
    await visitor.goto(strangers.replace('/console#', '/console/sign-in#'));
    await visitor.getByRole('heading', { name: 'Sign in to Patchbay' }).waitFor();
    await visitor.getByRole('textbox', { name: 'Password' }).waitFor();
    expect(await person()).toBe(before);
    await follow(strangers, 'Stay signed in as you are');
    expect(await person()).toBe(before);
    await follow(strangers, /^Sign in as /);
    expect(await person()).not.toBe(before);
    await visitor.context().close();
  });

  it('leads from nothing to the first call, by the keyboard alone', async () => {
    await page.goto(at('start'));
    await tabTo(page, page.getByRole('searchbox', { name: 'Search toolkits' }));
    await page.keyboard.type('time');
    const choice = page.getByRole('button', { name: /^Time/ });
    await tabTo(page, choice);
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('textbox', { name: 'User' }));
    await page.keyboard.press('End');
    await page.keyboard.type('_keys');
    await page.keyboard.press('Enter');
    await page.getByText('Watching. Run the snippet').waitFor();
    expect(await page.getByLabel('TypeScript', { exact: true }).last().innerText()).toContain(
      'composio.use("trs_',
    );
    const id = new URL(page.url()).searchParams.get('session');
    await ask(`/tool_router/session/${id}/execute`, {
      tool_slug: 'TIME_GET_CURRENT_TIME',
      arguments: { timezone: 'Asia/Tokyo' },
    });
    const arrived = page.getByRole('link', { name: /TIME_GET_CURRENT_TIME/ });
    await tabTo(page, arrived);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/calls/log_*');
    expect(await page.getByRole('group', { name: 'Arguments' }).innerText()).toContain('Asia/Tokyo');
  });

  it('shows calls as they are made, and opens one beside the list, by the keyboard alone', async () => {
    await page.goto(at(''));
    await page.getByRole('navigation', { name: 'You are here' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder(/Pages, toolkits/).waitFor();
    await page.keyboard.type('calls');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/calls');
    await page.getByText('Watching').waitFor();
    await run('Pacific/Auckland');
    // The newest is the first row, by the live tail.
    await expect
      .poll(() => page.getByRole('table').getByRole('button').first().getAttribute('aria-label'))
      .toContain('success');
    await tabTo(page, page.getByRole('table').getByRole('button').first());
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Call' }).getByText('Pacific/Auckland').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await expect
      .poll(() => page.getByRole('group', { name: 'Arguments' }).innerText())
      .not.toContain('Auckland');
    await page.keyboard.press('Escape');
    await page.waitForURL('**/calls');
    await page.goto(at('calls?status=failed'));
    await row(/failed/).waitFor();
    expect(await page.getByRole('table').getByText('Succeeded').count()).toBe(0);
  });

  it('runs a tool from a form of its schema, by the keyboard alone, and says what is missing', async () => {
    await page.goto(at('toolkits/keyed/KEYED_ECHO?tab=try'));
    await tabTo(page, page.getByRole('button', { name: 'Run KEYED_ECHO' }));
    await page.keyboard.press('Enter');
    await page.getByText('This is required.').waitFor();
    await page.keyboard.type('said by a form');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'The call on record' }).waitFor();
    expect(await page.getByRole('group', { name: 'Answer' }).innerText()).toContain('said by a form');
  });

  it('says why a sentence finds a tool, and lets it be found by the words that people use', async () => {
    await page.goto(at('search?q=tell+the+current+time'));
    await row('Why TIME_GET_CURRENT_TIME').click();
    await page.getByRole('table', { name: 'What its score is made of' }).getByText('Its words').waitFor();
    await page.getByLabel('Aliases').fill('polish the bramble lantern');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Take back' }).waitFor();
    await page.goto(at('search/TIME_GET_CURRENT_TIME?q=polish+the+bramble+lantern'));
    await page
      .getByRole('region', { name: 'Why it was found' })
      .getByText('Alias', { exact: true })
      .waitFor();
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByText('is searched for as it came').first().waitFor();
    await page.goto(at('toolkits/time/TIME_GET_CURRENT_TIME?tab=search&search=current+time'));
    await page.getByText('Why “current time” finds it').waitFor();
    await page.goto(at('search?view=unused'));
    await page.getByText('Each search led to a call').waitFor();
  });

  it('disables, enables and deletes an account, after saying what is lost', async () => {
    await page.goto(at(`accounts/${accountId}`));
    const panel = page.getByRole('region', { name: 'Connected account' });
    await panel.getByRole('button', { name: 'Disable' }).click();
    await panel.getByText('It was disabled here.').waitFor();
    await panel.getByRole('button', { name: 'Enable' }).click();
    await panel.getByText('It works.').waitFor();
    await panel.getByRole('button', { name: 'Delete' }).click();
    const dialogue = page.getByRole('dialog');
    expect(await dialogue.innerText()).toContain('cannot be undone');
    await page.keyboard.press('Escape');
    await dialogue.waitFor({ state: 'hidden' });
    await panel.getByText('It works.').waitFor();
  });

  it('shows what strangers wrote as the text it is', async () => {
    const found = `sessions?search=${sessionId}`;
    for (const path of [`sessions/${sessionId}`, `calls/${callId}`, 'calls', found, '']) {
      await page.goto(at(path));
      await page.getByText('<img src=x onerror').filter({ visible: true }).first().waitFor();
      expect(await page.locator('img[src="x"]').count()).toBe(0);
      expect(await page.title()).not.toBe('run');
    }
  });

  it('loads less than 300 KB before its first view', async () => {
    const sizes: number[] = [];
    const fresh = await browser.newContext();
    await fresh.addCookies(await page.context().cookies());
    const other = await fresh.newPage();
    const done: Promise<unknown>[] = [];
    other.on('requestfinished', (request) => {
      if (request.url().includes('/console/'))
        done.push(request.sizes().then((size) => sizes.push(size.responseBodySize)));
    });
    await other.goto(at(''));
    await other.getByRole('heading', { name: 'Overview' }).waitFor();
    await Promise.all(done);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(300_000);
    await fresh.close();
  });

  it('fits the desk and the phone, and is without a finding of axe-core in both themes', async () => {
    const folder = process.env['E2E_SCREENSHOTS'];
    const views: Record<string, string> = {
      overview: '',
      start: 'start?toolkit=time',
      try: 'toolkits/time/TIME_GET_CURRENT_TIME?tab=try',
      account: `accounts/${accountId}`,
      sessions: 'sessions',
      session: `sessions/${sessionId}`,
      call: `calls/${callId}`,
      settings: 'settings',
      people: 'settings/people',
      audit: 'settings/audit',
      // Made of the same parts as those above: for who looks at pictures.
      ...(folder && {
        toolkits: 'toolkits',
        search: 'search/TIME_GET_CURRENT_TIME?q=tell+the+current+time',
        'auth-config': `auth-configs/${configId}`,
        usage: 'usage',
        keys: 'settings/keys',
        you: 'settings/you',
      }),
    };
    const looks = [
      { name: 'desk', width: 1280, theme: 'light' },
      { name: 'phone', width: 390, theme: 'dark' },
    ] as const;
    const found: Record<string, string[]> = {};
    for (const [index, [view, path]] of Object.entries(views).entries()) {
      await page.goto(at(path));
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await expect.poll(() => page.locator('.skeleton').count(), { timeout: 20_000 }).toBe(0);
      for (const [look, { name, width, theme }] of looks.entries()) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
        // Each is examined in one look, and in both by who looks at pictures.
        const bad = folder || index % looks.length === look ? await violations(page) : [];
        if (bad.length > 0) found[`${view}, ${name}`] = bad;
        if (folder) await page.screenshot({ path: `${folder}/${view}-${name}-${theme}.png` });
      }
    }
    expect(found).toEqual({});
  }, 120_000);

  it('broke no rule of its content security policy, asked nobody else, and asked for nothing that is refused', () => {
    expect(complaints).toEqual([]);
    expect(refusals).toEqual([]);
  });
});
