import { eventually, oidcSeen, type OidcSeen } from '@patchbay/testing';
import type { Page } from 'playwright-core';
import { environment } from './environment.js';

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
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL((url) => url.origin !== environment.oidcUrl);
}
