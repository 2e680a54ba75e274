import { randomBytes } from 'node:crypto';
import { startFilledEmulator } from './filled.emulator.js';
import type { LocalServer } from './local.server.js';

export interface GoogleEmulator extends LocalServer {
  /** Of the one person there is. */
  email: string;
  token: string;
}

/** Emulated Gmail, with the profile that it leaves out. */
export async function startGoogleEmulator(): Promise<GoogleEmulator> {
  const email = 'ada@example.com';
  const token = `ya29.test-${randomBytes(12).toString('hex')}`;
  const server = await startFilledEmulator(
    {
      service: 'google',
      seed: () => ({
        tokens: { [token]: { login: email } },
        google: { users: [{ email, name: 'Ada Lovelace' }] },
      }),
    },
    async ({ path, ask }) => {
      if (path !== '/gmail/v1/users/me/profile') return undefined;
      const { historyId } = await ask('/gmail/v1/users/me/history?startHistoryId=0&maxResults=1');
      return { emailAddress: email, historyId };
    },
  );
  return { ...server, email, token };
}
