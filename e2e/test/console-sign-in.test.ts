import { beforeAll, describe, expect, it } from 'vitest';
import { consoleLink } from '@patchbay/local';
import { eventually } from '@patchbay/testing';
import {
  browserOf,
  inConsole,
  invitation,
  SAME_ORIGIN,
  signIn,
  signInLink,
  type Browser,
} from '../support/console.js';
import { environment, unique } from '../support/environment.js';
import { call, createProject, errorOf } from '../support/http.js';
import { asOrganisation } from '../support/organisation.js';
import { asPerson, createPerson, organisationId, type Someone } from '../support/people.js';

const WITHIN_A_SECOND = { timeout: 1_000, interval: 20 };
const PASSWORD = 'correct horse battery staple';

let here: { id: string; apiKey: string };
let scope: { orgId: string; projectId: string };
let person: Someone;

beforeAll(async () => {
  here = await createProject(unique('console'));
  scope = { orgId: await organisationId(environment.userApiKey), projectId: here.id };
  person = await createPerson({ project_roles: { [here.id]: 'developer' } });
});

const session = (browser: Browser) => inConsole(browser, '/console/session');
const works = async (browser: Browser) =>
  (await inConsole(browser, '/auth_configs', { scope })).status === 200;
const setPassword = (browser: Browser, body: object) =>
  inConsole(browser, '/me/password', { method: 'PUT', body });

describe('signing in to the console', () => {
  it('tells the ways that there are', async () => {
    const answer = await call('/console/sign-in', { apiKey: null });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        link: true,
        password: true,
        oidc: { name: 'Strict ID', page: `${environment.baseUrl}/console/sign-in` },
      },
    });
  });

  it('by a link: once, with the person, their projects and a cookie that no script reads', async () => {
    const made = await asOrganisation(`/org/people/${person.id}/sign-in-link`, { method: 'POST' });
    const { url, token } = made.body as { url: string; token: string };
    const read = { apiKey: null, body: { token }, headers: SAME_ORIGIN };
    for (let previews = 0; previews < 2; previews += 1) {
      expect(await call('/console/sign-in/link/holder', read)).toMatchObject({
        status: 200,
        body: { email: person.email, is_new: false },
      });
    }
    expect(url).toBe(`${environment.baseUrl}/console#token=${token}`);
    const answer = await signIn('link', { token });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        person: { id: person.id, email: person.email, has_password: false },
        organization: { id: scope.orgId },
        projects: [{ id: here.id, role: 'developer' }],
        has_more_projects: false,
        signed_in_by: 'link',
      },
    });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(
      /^patchbay_console_\d+=pcs_[\w-]{32}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    // Each use moves its end on.
    const again = await session(answer.browser);
    expect(again.body).toEqual({ ...(answer.body as object), expires_at: expect.any(String) });
    expect(errorOf(await signIn('link', { token }), 404).suggested_fix).toMatch(/owner/);
  });

  it('by a password, with the same words for a wrong one and for an address that nobody has', async () => {
    const someone = await createPerson({ role: 'viewer' });
    const browser = await browserOf(someone.id);
    expect(await setPassword(browser, { password: PASSWORD })).toMatchObject({ status: 200 });
    const { email } = someone;
    const answer = await signIn('password', { email, password: PASSWORD });
    expect(answer).toMatchObject({
      status: 200,
      body: { signed_in_by: 'password', person: { has_password: true } },
    });
    const { request_id: one, ...wrong } = errorOf(
      await signIn('password', { email, password: 'wrong' }),
      401,
    );
    const nobody = { email: `nobody-${email}`, password: 'wrong' };
    const { request_id: other, ...unknown } = errorOf(await signIn('password', nobody), 401);
    expect(one).not.toBe(other);
    expect(unknown).toEqual(wrong);
  });

  it('by an invitation, once, within some days: to set oneself up with a key and a password', async () => {
    const email = `${unique('invited')}@example.com`;
    const { body } = await asOrganisation('/org/people', { body: { email, role: 'viewer' } });
    const { id } = body as { id: string };
    const invite = (given: object) => asOrganisation(`/org/people/${id}/invitation`, { body: given });
    for (const days of [0, 31, 1.5]) errorOf(await invite({ days }), 400);
    const DAY = 24 * 60 * 60_000;
    const { token, end } = await invitation(id, 3);
    expect(Math.abs(end - Date.now() - 3 * DAY)).toBeLessThan(60_000);
    const other = await invitation(id);
    expect(Math.abs(other.end - Date.now() - 7 * DAY)).toBeLessThan(60_000);

    const { browser, status } = await signIn('link', { token });
    expect(status).toBe(200);
    errorOf(await signIn('link', { token }), 404);
    const made = await inConsole(browser, '/me/keys', { body: { name: 'laptop' } });
    expect(made).toMatchObject({ status: 201 });
    const { key } = made.body as { key: string };
    expect(await asPerson(key, '/me')).toMatchObject({ status: 200, body: { email } });
    // Who is set up is not invited; and a password ends the invitation that lies about still.
    errorOf(await invite({}), 409);
    expect(await setPassword(browser, { password: PASSWORD })).toMatchObject({ status: 200 });
    errorOf(await signIn('link', { token: other.token }), 404);
    expect(await signIn('password', { email, password: PASSWORD })).toMatchObject({ status: 200 });
    errorOf(await asOrganisation('/org/people/person_nobody/invitation', { body: {} }), 404);
  });

  it('is held back by account: with the wait in Retry-After', async () => {
    const email = `${unique('guessed')}@example.com`;
    const tries = [];
    for (let one = 0; one < 7; one += 1)
      tries.push(await signIn('password', { email, password: `wrong ${one}` }));
    expect(tries.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect(Number(tries.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('gives the browser another session than it had, and ends that one', async () => {
    const before = await browserOf(person.id);
    const after = await browserOf(person.id, { headers: { cookie: before.cookie } });
    expect(after.cookie).not.toBe(before.cookie);
    errorOf(await session(before), 401);
    expect(await works(after)).toBe(true);
  });
});

describe('a request with the cookie', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await browserOf(person.id);
  });

  it('does what the person’s role does, where they have one', async () => {
    expect(await works(browser)).toBe(true);
    const body = { user_id: 'user_a' };
    expect(await inConsole(browser, '/tool_router/session', { body, scope })).toMatchObject({ status: 201 });
    errorOf(await inConsole(browser, '/org/project/config', { method: 'PATCH', body: {}, scope }), 403);
    errorOf(await inConsole(browser, '/org/people'), 403);
    const elsewhere = { ...scope, projectId: (await createProject(unique('console'))).id };
    errorOf(await inConsole(browser, '/auth_configs', { scope: elsewhere }), 404);
    expect(await inConsole(browser, '/me')).toMatchObject({ status: 200, body: { id: person.id } });
  });

  it('needs the CSRF token of its own session, whatever its method', async () => {
    const other = await browserOf(person.id);
    for (const csrf of [undefined, '', 'x', other.csrf, browser.cookie.split('=')[1]]) {
      for (const method of ['GET', 'POST'] as const) {
        const headers = {
          ...SAME_ORIGIN,
          cookie: browser.cookie,
          ...(csrf !== undefined && { 'x-csrf-token': csrf }),
        };
        const answer = await call('/tool_router/session', {
          apiKey: null,
          method,
          headers,
          ...(method === 'POST' && { body: { user_id: 'user_a' } }),
        });
        if (answer.status !== 405) errorOf(answer, 403);
      }
      const headers = {
        ...SAME_ORIGIN,
        cookie: browser.cookie,
        ...(csrf !== undefined && { 'x-csrf-token': csrf }),
      };
      errorOf(await call('/auth_configs', { apiKey: null, headers }), 403);
      errorOf(await call('/console/session', { apiKey: null, method: 'DELETE', headers }), 403);
    }
  });

  it.each([
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another port', { 'sec-fetch-site': 'same-site' }],
    ['an old browser on another page', { 'sec-fetch-site': undefined, origin: 'https://evil.example' }],
  ])('from %s is refused, even with the token', async (_, headers) => {
    const sent = Object.fromEntries(
      Object.entries({ ...SAME_ORIGIN, ...headers }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    );
    const whole = { ...sent, cookie: browser.cookie, 'x-csrf-token': browser.csrf };
    errorOf(await call('/auth_configs', { apiKey: null, headers: whole }), 403);
    errorOf(await call('/console/session', { apiKey: null, headers: whole }), 403);
    // Nor does it sign a visitor in as somebody else.
    const token = await signInLink(person.id);
    errorOf(await call('/console/sign-in/link', { apiKey: null, body: { token }, headers: sent }), 403);
    errorOf(
      await call('/console/sign-in/password', {
        apiKey: null,
        body: { email: 'a', password: 'b' },
        headers: sent,
      }),
      403,
    );
    expect((await signIn('link', { token })).status).toBe(200);
  });

  it('is never readable for pages of elsewhere with their visitors’ cookies', async () => {
    for (const origin of ['https://evil.example', environment.baseUrl]) {
      const answer = await call('/console/session', { apiKey: null, headers: { origin } });
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it('gives way to a key that is sent with it', async () => {
    const headers = { cookie: browser.cookie, 'x-api-key': here.apiKey };
    expect(await call('/auth_configs', { apiKey: null, headers })).toMatchObject({ status: 200 });
    errorOf(await call('/console/session', { apiKey: null, headers }), 401);
    errorOf(await asPerson(person.key, '/console/session'), 401);
  });
});

describe('a stolen cookie', () => {
  const ended = (browser: Browser) =>
    eventually(async () => errorOf(await session(browser), 401), WITHIN_A_SECOND);

  it('is worth nothing after the sign-out, at once', async () => {
    const browser = await browserOf(person.id);
    const answer = await inConsole(browser, '/console/session', { method: 'DELETE' });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.headers.get('set-cookie')).toMatch(/^patchbay_console_\d+=; Max-Age=0;/);
    await ended(browser);
  });

  it('ends when its person ends it from another browser, by its id or with all of them', async () => {
    const mine = await browserOf(person.id, { headers: { 'user-agent': 'Mine' } });
    const stolen = [await browserOf(person.id), await browserOf(person.id)];
    const { body } = await inConsole(mine, '/console/sessions');
    const { items } = body as { items: { id: string; current: boolean; user_agent: string }[] };
    expect(items.find(({ current }) => current)).toMatchObject({ id: mine.sessionId, user_agent: 'Mine' });
    await inConsole(mine, `/console/sessions/${stolen[0]?.sessionId}`, { method: 'DELETE' });
    await ended(stolen[0]!);
    expect(await works(stolen[1]!)).toBe(true);
    await inConsole(mine, '/console/sessions', { method: 'DELETE' });
    for (const browser of [mine, stolen[1]!]) await ended(browser);
  });

  it('ends with a changed role, a new password and its person', async () => {
    const someone = await createPerson({ project_roles: { [here.id]: 'developer' } });
    const path = `/org/people/${someone.id}`;
    const browser = await browserOf(someone.id);
    expect(await works(browser)).toBe(true);
    await asOrganisation(path, { method: 'PATCH', body: { project_roles: { [here.id]: 'viewer' } } });
    await ended(browser);
    const [mine, stolen] = [await browserOf(someone.id), await browserOf(someone.id)];
    expect(await setPassword(mine, { password: PASSWORD })).toMatchObject({ status: 200 });
    await ended(stolen);
    expect(await session(mine)).toMatchObject({ status: 200, body: { person: { has_password: true } } });
    await asOrganisation(path, { method: 'DELETE' });
    await ended(mine);
  });
});

describe('the link that a start prints', () => {
  it('signs in the owner of the settings, is another each time, and makes the owner where there is none', async () => {
    const where = {
      baseUrl: 'https://patchbay.example',
      localUrl: environment.baseUrl,
      orgApiKey: environment.orgApiKey,
      userApiKey: environment.userApiKey,
      ownerEmail: `${unique('owner')}@example.com`,
    };
    const tokenIn = (url: string) =>
      /^https:\/\/patchbay\.example\/console#token=(psl_[\w-]+)$/.exec(url)?.[1] ?? url;
    const [first, second] = [tokenIn(await consoleLink(where)), tokenIn(await consoleLink(where))];
    expect(first).not.toBe(second);
    for (const token of [first, second]) {
      expect(await signIn('link', { token })).toMatchObject({
        status: 200,
        body: { person: { role: 'owner' } },
      });
    }
    // The person, and with them the key, may be gone.
    const gone = { ...where, userApiKey: 'uak_that-was-revoked' };
    for (const token of [tokenIn(await consoleLink(gone)), tokenIn(await consoleLink(gone))]) {
      const { body } = await signIn('link', { token });
      expect(body).toMatchObject({ person: { role: 'owner', email: where.ownerEmail } });
    }
    expect(await consoleLink({ ...gone, orgApiKey: 'oak_that-was-revoked' })).toBe(
      'https://patchbay.example/console',
    );
  });
});
