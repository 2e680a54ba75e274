import { randomBytes } from 'node:crypto';
import { freePort } from '@patchbay/local';
import { createEmulator } from 'emulate';

export interface GithubEmulatorOptions {
  /** Where the OAuth app may send people back to; the emulator refuses every other address. */
  redirectUri: string | string[];
  /** Logins of people who can sign in. */
  users?: string[];
}

export interface GithubIssue {
  number: number;
  title: string;
  body: string | null;
  state: string;
  user: { login: string };
}

export interface GithubEmulator {
  url: string;
  clientId: string;
  clientSecret: string;
  /** The `github` section of a toolkit overrides file that points the platform here. */
  overrides: Record<string, unknown>;
  /** What the emulator itself holds, newest first. */
  issues(owner: string, repo: string): Promise<GithubIssue[]>;
  close(): Promise<void>;
}

/**
 * emulate answers an unknown token as its first user. No test signs in as this one, so an issue written
 * by it shows that the platform sent a token which GitHub never gave out.
 */
const STRANGER = 'unknown-token';

/** Emulated GitHub with real OAuth screens and a memory: an OAuth app, its users and `<first user>/hello-world`. */
export async function startGithubEmulator({
  redirectUri,
  users = ['octocat', 'hubot'],
}: GithubEmulatorOptions): Promise<GithubEmulator> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const clientId = 'patchbay-tests';
  const clientSecret = randomBytes(16).toString('hex');
  const emulator = await createEmulator({
    service: 'github',
    port,
    baseUrl: url,
    seed: {
      // Without a list of its own, emulate would also accept a well-known admin token.
      tokens: {},
      github: {
        users: [STRANGER, ...users].map((login) => ({ login, name: `${login} (emulated)` })),
        repos: [{ owner: users[0], name: 'hello-world', description: 'My first repository' }],
        oauth_apps: [
          {
            client_id: clientId,
            client_secret: clientSecret,
            name: 'Patchbay tests',
            redirect_uris: [redirectUri].flat(),
          },
        ],
      },
    },
  });
  return {
    url,
    clientId,
    clientSecret,
    overrides: {
      base_url: url,
      oauth2: {
        client_id: clientId,
        client_secret: clientSecret,
        authorization_url: `${url}/login/oauth/authorize`,
        token_url: `${url}/login/oauth/access_token`,
        scopes: ['repo', 'user'],
      },
    },
    issues: (owner, repo) => githubIssues(url, owner, repo),
    close: () => emulator.close(),
  };
}

/** Asks an emulator, over HTTP and past the platform, which issues it really holds, newest first. */
export async function githubIssues(url: string, owner: string, repo: string): Promise<GithubIssue[]> {
  const response = await fetch(`${url}/repos/${owner}/${repo}/issues?state=all&per_page=100`);
  if (!response.ok) throw new Error(`The GitHub emulator answered ${response.status} for ${owner}/${repo}`);
  return (await response.json()) as GithubIssue[];
}
