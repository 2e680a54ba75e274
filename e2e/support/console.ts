import { expect } from 'vitest';
import { z } from 'zod';
import { environment } from './environment.js';
import { call, type Answer, type Call } from './http.js';
import { asOrganisation } from './organisation.js';

/** A browser that is signed in to the console. */
export interface Browser {
  sessionId: string;
  cookie: string;
  csrf: string;
  baseUrl: string;
}

const Session = z.looseObject({ id: z.string(), csrf_token: z.string() });
/** As a browser sends it for a script of a page of ours. */
export const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' };

/** The token of an invitation that is good for so many days. */
export async function invitation(personId: string, days?: number): Promise<{ token: string; end: number }> {
  const answer = await asOrganisation(`/org/people/${personId}/invitation`, { body: days ? { days } : {} });
  expect(answer).toMatchObject({ status: 201 });
  const { token, expires_at: end } = z
    .object({ token: z.string(), expires_at: z.string() })
    .parse(answer.body);
  return { token, end: Date.parse(end) };
}

export async function signInLink(personId: string): Promise<string> {
  const answer = await asOrganisation(`/org/people/${personId}/sign-in-link`, { method: 'POST' });
  expect(answer).toMatchObject({ status: 201 });
  return z.object({ token: z.string() }).parse(answer.body).token;
}

/** Signs in as a page of the console does. */
export async function signIn(
  way: 'link' | 'password' | 'oidc',
  body: object,
  { headers, baseUrl = environment.baseUrl }: Call = {},
): Promise<Answer & { browser: Browser }> {
  const path = `/console/sign-in/${way}`;
  const answer = await call(path, { apiKey: null, body, baseUrl, headers: { ...SAME_ORIGIN, ...headers } });
  const { id, csrf_token: csrf } = Session.safeParse(answer.body).data ?? { id: '', csrf_token: '' };
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  return { ...answer, browser: { sessionId: id, cookie, csrf, baseUrl } };
}

/** A browser in which this person is signed in. */
export async function browserOf(personId: string, options: Call = {}): Promise<Browser> {
  const answer = await signIn('link', { token: await signInLink(personId) }, options);
  expect(answer).toMatchObject({ status: 200 });
  return answer.browser;
}

/** A request as the console sends it, in the project of the scope if one is given. */
export function inConsole(
  { cookie, csrf, baseUrl }: Browser,
  path: string,
  { scope, ...options }: Call & { scope?: { orgId: string; projectId: string } } = {},
): Promise<Answer> {
  const headers = {
    ...SAME_ORIGIN,
    cookie,
    'x-csrf-token': csrf,
    ...(scope && { 'x-org-id': scope.orgId, 'x-project-id': scope.projectId }),
    ...options.headers,
  };
  return call(path, { baseUrl, ...options, apiKey: null, headers });
}
