import { ApiError, ConnectionError } from '@patchbay/client';

export type Role = 'viewer' | 'developer' | 'owner';

/** Who is signed in, and where they may go. */
export interface ConsoleSession {
  id: string;
  person: {
    id: string;
    email: string;
    name: string;
    role: Role | null;
    has_password: boolean;
  };
  organization: { id: string; name: string };
  projects: { id: string; name: string; role: Role }[];
  has_more_projects: boolean;
  csrf_token: string;
  expires_at: string;
}

/** Which ways in there are. */
export interface SignInWays {
  password: boolean;
  oidc: { name: string } | null;
  link: boolean;
}

const BASE = '/api/v3.1/console';

async function send<T>(path: string, method: string, body?: unknown, csrf?: string): Promise<T> {
  const response = await fetch(`${BASE}${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(csrf !== undefined && { 'x-csrf-token': csrf }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new ConnectionError('The platform cannot be reached', { cause });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new ApiError(response.status, response.headers, answer);
  return answer as T;
}

/** The session of the browser's cookie, or null when nobody is signed in. */
export async function currentSession(): Promise<ConsoleSession | null> {
  try {
    return await send<ConsoleSession>('/session', 'GET');
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

export const signInWays = () => send<SignInWays>('/sign-in', 'GET');
export const signInByLink = (token: string) => send<ConsoleSession>('/sign-in/link', 'POST', { token });
export const signInByPassword = (email: string, password: string) =>
  send<ConsoleSession>('/sign-in/password', 'POST', { email, password });
export const signOut = (csrf: string) => send<object>('/session', 'DELETE', undefined, csrf);

/** Where the operator's provider signs people in; it comes back to `returnTo`. */
export const oidcAddress = (returnTo: string) =>
  `${BASE}/sign-in/oidc?${new URLSearchParams({ return_to: returnTo }).toString()}`;
