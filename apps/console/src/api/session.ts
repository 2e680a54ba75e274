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

/** Where the operator's provider signs people in; it comes back to `returnTo`. */
export const oidcAddress = (returnTo: string) =>
  `/api/v3.1/console/sign-in/oidc?${new URLSearchParams({ return_to: returnTo }).toString()}`;
