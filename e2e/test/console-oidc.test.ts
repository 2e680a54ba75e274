import { launchBrowser, oidcKnows, runSql, type TestBrowser } from '@patchbay/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inConsole, invitation, SAME_ORIGIN, signIn } from '../support/console.js';
import { violations } from '../support/console.browser.js';
import { environment, unique } from '../support/environment.js';
import { call, createProject, errorOf } from '../support/http.js';
import { answerOfProvider, enterAtOidc, signInByProvider } from '../support/oidc.js';
import { asOrganisation } from '../support/organisation.js';

const DAY = 24 * 60 * 60_000;

describe('a sign-in to the console at the operator’s provider', () => {
  it('makes a person with the roles of their groups, takes away those that they have no more, and ends', async () => {
    const name = unique('ada');
    const email = `${name}@example.com`;
    const known = { email, email_verified: true, name: 'Ada', groups: ['test-owners'] };
    const first = await signInByProvider(name, known);
    expect(first).toMatchObject({
      status: 200,
      body: { signed_in_by: 'oidc', person: { email, name: 'Ada', role: 'owner', has_password: false } },
    });
    expect(await inConsole(first.browser, '/org/people')).toMatchObject({ status: 200 });
    // A key of hers ends, as she may be nobody's by then; a password would let her in without the provider.
    const made = await inConsole(first.browser, '/me/keys', { body: { name: 'laptop' } });
    const { expires_at: end } = made.body as { expires_at: string };
    expect(Math.abs(Date.parse(end) - Date.now() - 90 * DAY)).toBeLessThan(60_000);
    const body = { password: 'correct horse battery staple' };
    errorOf(await inConsole(first.browser, '/me/password', { method: 'PUT', body }), 403);

    const second = await signInByProvider(name, { ...known, groups: ['test-viewers'] });
    expect(second).toMatchObject({ status: 200, body: { person: { role: 'viewer' } } });
    errorOf(await inConsole(first.browser, '/console/session'), 401);
    errorOf(await inConsole(second.browser, '/org/people'), 403);
    const out = await inConsole(second.browser, '/console/session', { method: 'DELETE' });
    const { provider_sign_out_url: there } = out.body as { provider_sign_out_url: string };
    expect(there).toMatch(`${environment.oidcUrl}/session/end?client_id=console`);
    errorOf(await signInByProvider(name, { ...known, groups: [] }), 403);
    errorOf(await signInByProvider(unique('eve'), { ...known, email_verified: false }), 403);
  });

  it('ends in the browser in which it began, once, and on a page of ours', async () => {
    const name = unique('bob');
    const person = { email: `${name}@example.com`, email_verified: true, groups: ['test-viewers'] };
    await oidcKnows(environment.oidcUrl, name, person);
    const complete = ({ answer, cookie }: { answer: object; cookie: string }, headers = {}) =>
      signIn('oidc', { answer }, { headers: { cookie, ...headers } });
    const [mine, stolen] = [await answerOfProvider(name), await answerOfProvider(name)];
    // The answer of an attacker's sign-in, in the browser of a victim.
    errorOf(await complete({ ...stolen, cookie: mine.cookie }), 404);
    errorOf(await complete(mine, { 'sec-fetch-site': 'cross-site' }), 403);
    expect(await complete(mine)).toMatchObject({ status: 200 });
    errorOf(await complete(mine), 404);
    const headers = { ...SAME_ORIGIN, 'sec-fetch-site': 'cross-site' };
    errorOf(await call('/console/sign-in/oidc/begin', { apiKey: null, body: {}, headers }), 403);
  });
});

describe('in a browser', () => {
  let browser: TestBrowser;
  let page: Page;
  let project: { id: string };
  beforeAll(async () => {
    browser = await launchBrowser();
    project = await createProject(unique('people'));
  });
  afterAll(() => browser?.close());

  const fresh = async () => {
    page = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
  };
  const shot = async (name: string) => {
    const folder = process.env['E2E_SCREENSHOTS'];
    for (const colorScheme of folder ? (['light', 'dark'] as const) : []) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
    }
    expect(await violations(page)).toEqual([]);
  };
  const signOut = async () => {
    await page.getByRole('button', { name: /^You: / }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
  };

  it('one comes back from the provider to where one was, and is told when one is not let in', async () => {
    const name = unique('carol');
    const person = { email: `${name}@example.com`, email_verified: true, name: 'Carol' };
    await oidcKnows(environment.oidcUrl, name, { ...person, groups: ['test-developers'] });
    await fresh();
    // Its screens ask for a font from elsewhere.
    await page.route('https://fonts.googleapis.com/**', (route) => route.abort());
    const place = `${environment.baseUrl}/console/p/${project.id}/calls?status=failed`;
    await page.goto(place);
    const onwards = page.getByRole('button', { name: 'Continue with Strict ID' });
    await onwards.waitFor();
    await shot('sign-in');
    const gone = page.waitForURL(`${environment.oidcUrl}/**`);
    await onwards.click();
    await gone;
    await enterAtOidc(page, name);
    await page.waitForURL(place);
    await page.getByRole('navigation', { name: 'You are here' }).waitFor();
    await signOut();
    const there = page.getByRole('link', { name: 'Sign out at Strict ID, too' });
    expect(await there.getAttribute('href')).toMatch(`${environment.oidcUrl}/session/end`);

    await oidcKnows(environment.oidcUrl, name, { ...person, groups: [] });
    await onwards.click();
    await page.getByText('You have no role here.').waitFor();
    expect(page.url()).toBe(`${environment.baseUrl}/console/sign-in/callback`);
    await page.context().close();
  });

  it('an invited person sets a password, which signs them in the next time', async () => {
    const email = `${unique('dan')}@example.com`;
    const roles = { [project.id]: 'viewer' };
    const { body } = await asOrganisation('/org/people', { body: { email, project_roles: roles } });
    const { token } = await invitation((body as { id: string }).id);
    await fresh();
    await page.goto(`${environment.baseUrl}/console#token=${token}`);
    await page.getByRole('heading', { name: 'Welcome to Patchbay' }).waitFor();
    await shot('invitation');
    const set = async (password: string) => {
      await page.getByRole('textbox', { name: 'Password' }).fill(password);
      await page.getByRole('button', { name: 'Set the password and go on' }).click();
    };
    // Refused by the server alone: the link is used by then, and the next try goes on in its session.
    await set(`${email.split('@')[0]}xy`);
    await page.getByRole('alert').waitFor();
    await set('correct horse battery');
    await page.getByRole('navigation', { name: 'You are here' }).waitFor();
    await signOut();
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('navigation', { name: 'You are here' }).waitFor();
    await page.context().close();
  });

  it('a session that began long ago makes nothing that outlives it', async () => {
    const name = unique('erin');
    const person = { email: `${name}@example.com`, email_verified: true, groups: ['test-owners'] };
    const { browser: mine, body } = await signInByProvider(name, person);
    const { person: me } = body as { person: { id: string } };
    await runSql(
      environment.databaseUrl,
      `UPDATE auth.console_sessions SET created_at = now() - interval '2 hours' WHERE id = '${mine.sessionId}'`,
    );
    // What the gateway remembers of a person is forgotten when they change.
    await asOrganisation(`/org/people/${me.id}`, { method: 'PATCH', body: { name: 'Erin' } });
    const makes = (path: string, given: object = {}) => inConsole(mine, path, { body: given });
    for (const answer of [
      await makes('/me/keys', { name: 'laptop' }),
      await makes(`/org/people/${me.id}/keys`, { name: 'laptop' }),
      await makes(`/org/people/${me.id}/sign-in-link`),
      await makes(`/org/owner/project/${project.id}/api_keys`, { name: 'laptop' }),
    ])
      expect(errorOf(answer, 403).message).toContain('Sign in again');
    expect(await inConsole(mine, '/org/people')).toMatchObject({ status: 200 });
  });
});
