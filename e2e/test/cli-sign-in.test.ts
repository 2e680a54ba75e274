import { randomUUID } from 'node:crypto';
import { launchBrowser, type TestBrowser } from '@patchbay/testing';
import { Composio } from 'composio-core-0-21';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newPage } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';
import { call, createProject, errorOf, type Answer } from '../support/http.js';
import { asOrganisation } from '../support/organisation.js';
import { asPerson, createPerson } from '../support/people.js';

const Begun = z.strictObject({
  id: z.uuid(),
  code: z.string().regex(/^[0-9a-f]{6}$/),
  expiresAt: z.iso.datetime(),
  status: z.literal('pending'),
  scope: z.enum(['project', 'user']),
});
const Got = Begun.extend({
  status: z.enum(['pending', 'linked']),
  account: z.strictObject({ id: z.string(), email: z.string(), name: z.string() }).nullable(),
  api_key: z.string().nullable(),
});

/** As the official command line does it: begin, open the page, ask until somebody has signed it in. */
const begin = async (body: object = {}) => {
  const answer = await call('/cli/create-session', { apiKey: null, method: 'POST', body });
  expect(answer.status).toBe(201);
  return Begun.parse(answer.body);
};
const poll = (id: string) => call(`/cli/get-session?id=${id}`, { apiKey: null });
const got = async (id: string) => Got.parse((await poll(id)).body);
const pageOf = (id: string) => `${environment.baseUrl}/cli?cliKey=${id}`;
const post = (
  id: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  call(pageOf(id), {
    apiKey: null,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(form).toString(),
  });

describe('the sign-in of a command line', () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  const heading = (page: Page) => page.getByRole('heading').innerText();
  const signIn = async (page: Page, key: string) => {
    await page.getByLabel('Your user key').fill(key);
    await page.getByRole('button', { name: /sign it in/ }).click();
  };

  it('ends with a key of the person’s own, told once, to the command line that shows the same code', async () => {
    const { key, id: personId, email } = await createPerson({ role: 'developer' });
    const { id, code } = await begin({ scope: 'user', source: 'Ada’s laptop <b>(linux)</b>' });
    expect(await got(id)).toMatchObject({ status: 'pending', account: null, api_key: null });
    const page = await newPage(browser);
    await page.goto(pageOf(id));
    expect(await heading(page)).toBe('Sign in a command line');
    const text = await page.locator('main').innerText();
    expect(text).toContain(code);
    expect(text).toContain('127.0.0.1');
    expect(text).toContain('Ada’s laptop <b>(linux)</b>');
    expect(text).not.toContain('another address than yours');
    await signIn(page, key);
    expect(await heading(page)).toBe('The command line is signed in');
    expect(await page.locator('main').innerText()).toContain(email);

    const { api_key: made, ...rest } = await got(id);
    expect(rest).toMatchObject({ status: 'linked', scope: 'user', account: { id: personId, email } });
    expect(made).toMatch(/^uak_/);
    expect(made).not.toBe(key);
    const me = await asPerson(String(made), '/me');
    expect(me.body).toMatchObject({
      email,
      keys: [{ name: 'first' }, { name: 'command line: Ada’s laptop <b>(linux)</b>' }],
    });
    // A command line that lost the answer gets another key in its place.
    const { api_key: again } = await got(id);
    expect((await asPerson(String(again), '/me')).body).toMatchObject({ email });
    errorOf(await asPerson(String(made), '/me'), 401);

    await page.goto(pageOf(id));
    expect(await heading(page)).toBe('This link cannot be used');
    expect((await post(id, { user_key: key })).status).toBe(404);
  });

  it('goes on after a wrong key, and has nothing to click for who has none', async () => {
    const { key } = await createPerson({});
    const { id } = await begin({ scope: 'user' });
    const page = await newPage(browser);
    await page.goto(pageOf(id));
    await signIn(page, 'ak_not-one-of-a-person');
    expect(await page.getByRole('alert').innerText()).toContain('begins with uak_');
    await signIn(page, `uak_${'x'.repeat(32)}`);
    expect(await page.getByRole('alert').innerText()).toContain('unknown, revoked or expired');
    expect(await page.content()).not.toContain('x'.repeat(32));
    expect((await got(id)).status).toBe('pending');
    await signIn(page, key);
    expect(await heading(page)).toBe('The command line is signed in');
  });

  it('loads nothing from elsewhere, runs no script and is not framed', async () => {
    const { id } = await begin({ scope: 'user' });
    const { headers } = await call(pageOf(id), { apiKey: null });
    const policy = String(headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toBeNull();
  });
});

it('is what the official client does, from the sign-in to the choice of a project', async () => {
  const project = await createProject(unique('cli'));
  const { key, email } = await createPerson({ project_roles: { [project.id]: 'developer' } });
  const clientOf = (userApiKey: string) =>
    new Composio({
      apiKey: null,
      userApiKey,
      baseURL: environment.baseUrl,
      allowTracking: false,
      disableVersionCheck: true,
    }).getClient();
  const stranger = clientOf('uak_of-nobody-yet-who-signs-in');
  // As the older command line does it, which asks for nothing.
  expect(await stranger.cli.createSession()).toMatchObject({ status: 'pending', scope: 'project' });
  const { id } = await stranger.cli.createSession({ scope: 'user' });
  expect((await post(id, { user_key: key })).status).toBe(200);
  const { api_key: made, account } = await stranger.cli.getSession({ id });
  expect(account).toMatchObject({ email });

  const client = clientOf(String(made));
  const { organizations } = await client.org.list();
  const { data } = await client.org.project.list();
  expect(data.map((each) => [each.id, each.org_id])).toEqual([[project.id, organizations[0]?.id]]);
  expect(await client.auth.session.retrieveInfo()).toMatchObject({
    project: { nano_id: project.id },
    org_member: { email },
  });
  const headers = { 'x-org-id': String(organizations[0]?.id) };
  expect(await client.post('/api/v3.1/org/consumer/project/resolve', { headers })).toMatchObject({
    project_nano_id: project.id,
  });
});

describe('the page of a command line', () => {
  it('takes no form from a page of another site', async () => {
    const { key } = await createPerson({});
    const { id } = await begin({ scope: 'user' });
    const answer = await post(id, { user_key: key }, { 'sec-fetch-site': 'cross-site' });
    expect(answer.body).toContain('Sign in a command line');
    expect((await got(id)).status).toBe('pending');
  });

  it('knows no sign-in but by its whole id, and none that is over', async () => {
    const { code } = await begin();
    for (const id of [randomUUID(), code, '', 'x'.repeat(500)]) {
      expect((await call(pageOf(id), { apiKey: null })).status).toBe(404);
    }
    errorOf(await poll(randomUUID()), 404);
    errorOf(await poll(code), 400);
  });

  it('gives no key for one that was revoked or for a person who left meanwhile', async () => {
    const first = await createPerson({ role: 'owner' });
    const one = await begin({ scope: 'user' });
    expect((await post(one.id, { user_key: first.key })).status).toBe(200);
    await asOrganisation(`/org/people/${first.id}/keys/${first.keyId}`, { method: 'DELETE' });
    errorOf(await poll(one.id), 404);

    const second = await createPerson({ role: 'owner' });
    const two = await begin({ scope: 'user' });
    expect((await post(two.id, { user_key: second.key })).status).toBe(200);
    await asOrganisation(`/org/people/${second.id}`, { method: 'DELETE' });
    errorOf(await poll(two.id), 404);
  });

  it('makes no key that lasts longer than the one by which it was signed in', async () => {
    const expires = new Date(Date.now() + 60_000).toISOString();
    const { key } = await createPerson({}, { expires_at: expires });
    const { id } = await begin({ scope: 'user' });
    expect((await post(id, { user_key: key })).status).toBe(200);
    const { api_key: made } = await got(id);
    const { body } = await asPerson(String(made), '/me');
    expect(body).toMatchObject({ keys: [{ expires_at: expires }, { expires_at: expires }] });
  });

  it('gives who owns a project a key of it, when the command line asks for one', async () => {
    const project = await createProject(unique('cli'));
    const owner = await createPerson({ project_roles: { [project.id]: 'owner' } });
    const developer = await createPerson({ project_roles: { [project.id]: 'developer' } });
    const { id, scope } = await begin();
    expect(scope).toBe('project');
    const refused = await post(id, { user_key: developer.key });
    expect({ status: refused.status, body: refused.body }).toMatchObject({
      status: 400,
      body: expect.stringContaining('made by its owners'),
    });
    const elsewhere = await createProject(unique('cli'));
    const foreign = await post(id, { user_key: owner.key, project: elsewhere.id });
    expect(foreign.body).toContain('no such project');
    expect((await post(id, { user_key: owner.key, project: '' })).status).toBe(200);
    const { api_key: key } = await got(id);
    expect(key).toMatch(/^ak_/);
    const info = await call('/auth/session/info', { apiKey: String(key) });
    expect(info.body).toMatchObject({ project: { id: project.id } });
  });
});
