import {
  eventually,
  launchBrowser,
  runSql,
  startWebhookReceiver,
  type TestBrowser,
  type WebhookReceiver,
} from '@patchbay/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedIn, signInAddress, violations } from '../support/console.browser.js';
import { environment, unique } from '../support/environment.js';
import { call, createProject } from '../support/http.js';

const HOSTILE = '<img src=x onerror="document.title=1">';

/** Triggers as people have them in the console: a real browser, the real platform, a real receiver. */
describe('the console’s triggers', () => {
  let browser: TestBrowser;
  let page: Page;
  let complaints: string[];
  let receiver: WebhookReceiver;
  let project: Awaited<ReturnType<typeof createProject>>;

  const ask = async (path: string, body?: object) => {
    const answer = await call(path, { apiKey: project.apiKey, ...(body && { body }) });
    expect({ body: answer.body, isGood: answer.status < 300 }).toMatchObject({ isGood: true });
    return answer.body as Record<string, unknown>;
  };
  const at = (path: string) => `${environment.baseUrl}/console/p/${project.id}/${path}`;
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  beforeAll(async () => {
    project = await createProject(unique('console'));
    receiver = await startWebhookReceiver();
    const { auth_config: config } = await ask('/auth_configs', {
      toolkit: { slug: 'keyed' },
      auth_config: { type: 'use_custom_auth', authScheme: 'API_KEY', credentials: {} },
    });
    await ask('/connected_accounts', {
      auth_config: { id: (config as { id: string }).id },
      connection: {
        user_id: 'ada',
        state: { authScheme: 'API_KEY', val: { generic_api_key: environment.keys.ada } },
      },
    });
    browser = await launchBrowser();
    ({ page, complaints } = await signedIn(
      browser,
      await signInAddress({ project_roles: { [project.id]: 'developer' } }),
    ));
  });
  afterAll(async () => {
    await browser?.close();
    await receiver?.close();
  });

  it('make one, show what it sees as it happens and what became of it, and say when it stopped', async () => {
    const prefix = unique('seen');
    // Where events go to, and the secret only when it is asked for.
    await page.goto(at('triggers/webhook'));
    await button('Set a webhook up').click();
    await page.getByRole('textbox', { name: 'Address' }).fill(receiver.url);
    await button('Make the webhook').click();
    await page.getByText('What is sent arrives.').waitFor();
    expect(await page.getByText(/^whsec_[A-Za-z0-9]/).count()).toBe(0);
    await button('Show').click();
    await page.getByText(/^whsec_[A-Za-z0-9]/).waitFor();

    // Where an OAuth app of the project's own posts to, and what the provider gives for it.
    await page.goto(at('triggers/endpoints?make=keyed'));
    await page.getByRole('textbox', { name: 'Client id' }).fill('12345.67890');
    await button('Make the endpoint').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByLabel('Signing secret').fill('a-long-signing-secret');
    await button('Save').click();
    await page.getByText('what is left empty stays', { exact: false }).first().waitFor();

    // From the type, by a form of its settings, to the trigger.
    await page.goto(at('triggers/types?search=note'));
    await page.getByRole('table').getByRole('button', { name: 'Note written of', exact: false }).click();
    await page.getByRole('tab', { name: 'Make a trigger' }).click();
    await page.getByRole('textbox', { name: 'prefix' }).fill(prefix);
    await button('Make the trigger').click();
    const panel = page.getByRole('region', { name: 'Trigger', exact: true });
    await panel.getByText('Enabled', { exact: true }).waitFor();
    const id = new URL(page.url()).pathname.split('/').at(-1)!;
    await eventually(async () => {
      const { items } = await ask(`/trigger_instances/active?trigger_ids=${id}`);
      expect(items).toMatchObject([{ last_polled_at: expect.any(String) }]);
    });
    await button('Disable').click();
    await panel.getByText('Somebody disabled it.', { exact: false }).waitFor();

    await fetch(`${environment.keyedUrl}/notes`, {
      method: 'POST',
      headers: { 'x-api-key': environment.keys.ada, 'content-type': 'application/json' },
      body: JSON.stringify({ text: `${prefix} ${HOSTILE}` }),
    });
    // Watched by another page: enabled again, it goes on where it stood.
    const watching = await page.context().newPage();
    await watching.goto(at('triggers/events'));
    await watching.getByText('Watching').waitFor();
    await button('Enable').click();
    await watching
      .getByRole('table')
      .getByRole('button', { name: 'KEYED_NOTE_WRITTEN', exact: false })
      .click();
    await watching.getByRole('group', { name: 'What it holds' }).getByText(HOSTILE).waitFor();
    await watching.getByRole('link', { name: /^Its attempts/ }).click();
    await watching.getByRole('region', { name: 'Delivery' }).getByText('Delivered').first().waitFor();
    await watching.getByRole('button', { name: 'Send again' }).click();
    const [first, again] = await receiver.until((all) => all.length > 1);
    expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    await watching.getByRole('heading', { name: 'Attempts (2)' }).waitFor();
    await watching.close();

    // What stopped by itself is told where somebody looks first.
    await runSql(
      environment.databaseUrl,
      `UPDATE triggers.trigger_instances SET disabled_at = now(), disabled_reason = 'unhealthy_polling', next_poll_at = NULL
       WHERE id = '${id}'`,
    );
    await page.goto(at(''));
    await page.getByRole('link', { name: 'Stopped 1 trigger' }).click();
    await page.getByRole('table').getByRole('button', { name: 'KEYED_NOTE_WRITTEN of ada, Stopped' }).click();
    await panel.getByText('The provider refused to be asked for too long.', { exact: false }).waitFor();
    expect(complaints).toEqual([]);
  }, 60_000);

  it('say what could not be read of a list that has more pages, and ask again when somebody wants it', async () => {
    let [isBroken, asked] = [true, 0];
    await page.route('**/api/v3.1/triggers_types?*', async (route) => {
      const isNext = new URL(route.request().url()).searchParams.has('cursor');
      if (isNext) asked += 1;
      if (isNext && isBroken)
        return route.fulfill({ status: 400, json: { error: { message: 'Not now.', slug: 'x', code: 1 } } });
      const answer = await route.fetch();
      const body = (await answer.json()) as object;
      return route.fulfill({
        json: { ...body, ...(isNext ? { items: [] } : {}), next_cursor: isNext ? null : 'next' },
      });
    });
    await page.goto(at('triggers/types'));
    await page.getByText('More of it did not come').waitFor();
    await page.getByRole('table').getByRole('button').first().click();
    await page.getByRole('region', { name: 'Trigger type' }).getByText('What it sees').waitFor();
    expect(asked).toBe(1);
    isBroken = false;
    await button('Try again').click();
    await page.getByText('More of it did not come').waitFor({ state: 'detached' });
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('and what needs attention is found on every page of the project’s toolkits', async () => {
    await page.route('**/api/v3.1/custom/toolkits?*', (route) => {
      const isNext = new URL(route.request().url()).searchParams.has('cursor');
      return route.fulfill({
        json: {
          items: isNext ? [{ problem: 'Gone.' }] : [{ problem: null }],
          next_cursor: isNext ? null : 'next',
        },
      });
    });
    await page.goto(at(''));
    await page.getByRole('link', { name: 'Not read 1 toolkit’s source' }).waitFor();
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('fit the desk and the phone, and are without a finding of axe-core', async () => {
    const folder = process.env['E2E_SCREENSHOTS'];
    const { items: deliveries } = await ask('/webhook_deliveries');
    const [delivery] = deliveries as { id: string; event_id: string; trigger_id: string }[];
    const views = {
      instance: `triggers/instances/${delivery?.trigger_id}`,
      types: 'triggers/types',
      type: 'triggers/types/KEYED_NOTE_WRITTEN',
      event: `triggers/events/${delivery?.event_id}`,
      delivery: `triggers/deliveries/${delivery?.id}`,
      webhook: 'triggers/webhook',
      endpoints: 'triggers/endpoints?make=keyed',
      ...(folder && { make: 'triggers/types/KEYED_NOTE_WRITTEN?tab=make', events: 'triggers/events' }),
    };
    const looks = [
      { name: 'desk', width: 1280, theme: 'light' },
      { name: 'phone', width: 390, theme: 'dark' },
    ] as const;
    const found: Record<string, string[]> = {};
    for (const [index, [view, path]] of Object.entries(views).entries()) {
      await page.goto(at(path));
      await page.getByRole('heading').first().waitFor();
      await expect.poll(() => page.locator('.skeleton').count(), { timeout: 20_000 }).toBe(0);
      for (const [look, { name, width, theme }] of looks.entries()) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
        const bad = folder || index % looks.length === look ? await violations(page) : [];
        if (bad.length > 0) found[`${view}, ${name}`] = bad;
        if (folder) await page.screenshot({ path: `${folder}/${view}-${name}-${theme}.png` });
      }
    }
    expect(found).toEqual({});
  }, 60_000);
});
