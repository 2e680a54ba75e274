import { ApiError, Patchbay, type Answer } from '@patchbay/client';

/** Who is signed in, and where they may go. */
export type ConsoleSession = Answer<'getConsoleSession'>;
export type Role = ConsoleSession['projects'][number]['role'];
/** Which ways in there are. */
export type SignInWays = Answer<'listSignInWays'>;

/** For who is not signed in yet: the browser's cookie goes along by itself. */
const anybody = new Patchbay({ anonymous: true, baseUrl: globalThis.location?.origin ?? 'http://localhost' });

/** The session of the browser's cookie, or null when nobody is signed in. */
export async function currentSession(): Promise<ConsoleSession | null> {
  try {
    return await anybody.request('getConsoleSession');
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

export const signInWays = () => anybody.request('listSignInWays');
export const signInByLink = (token: string) => anybody.request('signInByLink', { body: { token } });
export const signInByPassword = (email: string, password: string) =>
  anybody.request('signInByPassword', { body: { email, password } });

/** Whom a link signs in, without its use. */
export const readSignInLink = (token: string) => anybody.request('readSignInLink', { body: { token } });
export type LinkHolder = Answer<'readSignInLink'>;

/** The first password of who has just signed in. */
export const setFirstPassword = ({ csrf_token: csrfToken }: ConsoleSession, password: string) =>
  new Patchbay({ baseUrl: window.location.origin, csrfToken }).request('setOwnPassword', {
    body: { password },
  });

const RETURN_TO = 'patchbay.return-to';

/** Sends the browser to the operator's provider. Where one is stays here: no address carries it there and back. */
export async function beginSignInByProvider(returnTo: string): Promise<void> {
  const { url } = await anybody.request('beginSignInByProvider', { body: {} });
  window.sessionStorage.setItem(RETURN_TO, returnTo);
  window.location.assign(url);
}

export const signInByProvider = (answer: Record<string, string>) =>
  anybody.request('signInByProvider', { body: { answer } });

let signOutThere: string | null = null;
/** Who has signed out here may still be signed in at the provider: until the page is left, it is offered to end that, too. */
export const keepProviderSignOut = (url: string | null) => {
  signOutThere = url?.startsWith('https:') || url?.startsWith('http:') ? url : null;
};
export const providerSignOut = () => signOutThere;

/** Where one was before the provider's sign-in: a path of the console. */
export function placeBefore(): string {
  const place = window.sessionStorage.getItem(RETURN_TO);
  window.sessionStorage.removeItem(RETURN_TO);
  return place?.startsWith('/') ? place : '/';
}
