import { eventually, oidcKnows, oidcSeen, type OidcPerson, type OidcSeen } from '@patchbay/testing';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { SAME_ORIGIN, signIn } from './console.js';
import { environment } from './environment.js';
import { call } from './http.js';

export type OidcGrant = OidcSeen['grants'][number];

/** What the provider gave out for a person, oldest first. */
export async function grantsOf(sub: string): Promise<OidcGrant[]> {
  return (await oidcSeen(environment.oidcUrl)).grants.filter((grant) => grant.sub === sub);
}

/** Waits until, by the provider's own clock and word, the token that it gave the person last is no longer good. */
export async function untilExpired(sub: string): Promise<void> {
  const token = (await grantsOf(sub)).at(-1)?.accessToken;
  await eventually(async () => {
    const answer = await fetch(`${environment.oidcUrl}/api/me`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (answer.status !== 401) throw new Error('The token is still good');
  });
}

/** From the Connect page through the provider's own screens, until it sends the browser away. */
export async function signInAtOidc(page: Page, redirectUrl: string, login: string): Promise<void> {
  // Its screens ask for a font from elsewhere; nothing here reaches the network.
  await page.route('https://fonts.googleapis.com/**', (route) => route.abort());
  await page.goto(redirectUrl);
  await page.getByRole('button', { name: /^Continue to / }).click();
  await enterAtOidc(page, login);
}

/** Through the provider's own screens. */
export async function enterAtOidc(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL((url) => url.origin !== environment.oidcUrl);
}

const MOST_STEPS = 20;

/**
 * The same without a browser, for a platform whose https no browser reaches: fills in each form, and follows where it
 * is sent.
 * @param reached where an address is reached from here
 * @returns the page that it ended at
 */
export async function signInByForms(
  redirectUrl: string,
  login: string,
  reached: (address: string) => string,
): Promise<string> {
  return (await endByForms(redirectUrl, login, reached)).page;
}

/** Signs in to the console by the provider, as its pages do: with what the provider says of who has that name. */
export async function signInByProvider(login: string, person: OidcPerson) {
  await oidcKnows(environment.oidcUrl, login, person);
  const { answer, cookie } = await answerOfProvider(login);
  return signIn('oidc', { answer }, { headers: { cookie } });
}

/** What the provider sends the browser back with, and the cookie of the browser in which it began. */
export async function answerOfProvider(login: string) {
  const path = '/console/sign-in/oidc/begin';
  const begun = await call(path, { apiKey: null, body: {}, headers: SAME_ORIGIN });
  expect(begun).toMatchObject({ status: 200 });
  const [cookie = ''] = (begun.headers.get('set-cookie') ?? '').split(';');
  const { url } = begun.body as { url: string };
  const { searchParams } = new URL((await endByForms(url, login, (address) => address)).url);
  return { answer: Object.fromEntries(searchParams), cookie };
}

async function endByForms(
  redirectUrl: string,
  login: string,
  reached: (address: string) => string,
): Promise<{ url: string; page: string }> {
  const jar = new Map<string, string>();
  let next: { url: string; form?: URLSearchParams } = { url: redirectUrl };
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { url, form } = next;
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(reached(url), {
      ...(form && { method: 'POST', body: form }),
      headers: { cookie },
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const page = await response.text();
    if (response.status >= 400) throw new Error(`${url} answered ${response.status}: ${page}`);
    const location = response.headers.get('location') ?? unescaped(/content="0;url=([^"]+)"/.exec(page)?.[1]);
    const action = /<form[^>]*>/.exec(page)?.[0];
    if (location) next = { url: new URL(location, url).href };
    else if (action)
      next = filled(page, new URL(unescaped(/action="([^"]*)"/.exec(action)?.[1]) ?? '', url), login);
    else return { url, page };
  }
  throw new Error(`The sign-in did not end within ${MOST_STEPS} steps`);
}

function filled(page: string, url: URL, login: string): { url: string; form: URLSearchParams } {
  const names = [...page.matchAll(/<input[^>]* name="([^"]+)"(?:[^>]* value="([^"]*)")?/g)];
  const entered: Record<string, string> = { login, password: 'any' };
  const form = new URLSearchParams(
    names.map(([, name = '', value = '']): [string, string] => [name, entered[name] ?? value]),
  );
  return { url: url.href, form };
}

function unescaped(text: string | undefined): string | undefined {
  return text?.replaceAll('&amp;', '&');
}
