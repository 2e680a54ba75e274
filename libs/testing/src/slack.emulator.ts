import { randomBytes } from 'node:crypto';
import { freePort } from '@patchbay/local';
import { createEmulator } from 'emulate';

export interface SlackEmulator {
  url: string;
  clientSecret: string;
  /** A token of the test's own, to ask the emulator past the platform. */
  token: string;
  /** The `slack` section of a toolkit overrides file that points the platform here. */
  overrides: Record<string, unknown>;
  close(): Promise<void>;
}

/** Emulated Slack with one workspace: its user `developer`, its channel `general`, and an OAuth app. */
export async function startSlackEmulator(redirectUri: string): Promise<SlackEmulator> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const clientId = '12345.67890';
  const clientSecret = randomBytes(16).toString('hex');
  const token = `xoxb-test-${randomBytes(12).toString('hex')}`;
  const emulator = await createEmulator({
    service: 'slack',
    port,
    baseUrl: url,
    seed: {
      tokens: { [token]: { login: 'developer' } },
      slack: {
        team: { name: 'Patchbay tests', domain: 'patchbay-tests' },
        users: [{ name: 'developer', real_name: 'Developer', email: 'dev@example.com' }],
        channels: [{ name: 'deploys', topic: 'What was deployed' }],
        oauth_apps: [
          {
            client_id: clientId,
            client_secret: clientSecret,
            name: 'Patchbay tests',
            redirect_uris: [redirectUri],
            scopes: ['chat:write', 'channels:read', 'channels:history', 'reactions:write', 'users:read'],
          },
        ],
      },
    },
  });
  return {
    url,
    clientSecret,
    token,
    overrides: {
      base_url: `${url}/api`,
      oauth2: {
        client_id: clientId,
        client_secret: clientSecret,
        authorization_url: `${url}/oauth/v2/authorize`,
        token_url: `${url}/api/oauth.v2.access`,
      },
    },
    close: () => emulator.close(),
  };
}
