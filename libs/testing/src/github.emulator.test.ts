import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser, type TestBrowser } from './browser.js';
import { startGithubEmulator, type GithubEmulator } from './github.emulator.js';

/** The least an OAuth client does, by hand: this proves the emulator and the browser without the platform. */
describe('the GitHub emulator', () => {
  let browser: TestBrowser;
  let client: Server;
  let github: GithubEmulator;
  let redirectUri: string;

  beforeAll(async () => {
    client = createServer((_request, response) => void response.end('back at the client'));
    await new Promise<void>((resolve) => client.listen(0, '127.0.0.1', resolve));
    redirectUri = `http://127.0.0.1:${(client.address() as AddressInfo).port}/callback`;
    github = await startGithubEmulator({ redirectUri });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await github?.close();
    client.close();
  });

  const authorizeUrl = (query: Record<string, string>) => {
    const url = new URL('/login/oauth/authorize', github.url);
    url.search = new URLSearchParams({ client_id: github.clientId, scope: 'repo', ...query }).toString();
    return url.href;
  };

  const exchange = async (code: string, clientSecret: string): Promise<Record<string, string>> => {
    const response = await fetch(`${github.url}/login/oauth/access_token`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ client_id: github.clientId, client_secret: clientSecret, code }),
    });
    return (await response.json()) as Record<string, string>;
  };

  const createIssue = (token: string, title: string) =>
    fetch(`${github.url}/repos/octocat/hello-world/issues`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title }),
    });

  it('sends a person who clicked through its screen back with a code that buys a token of theirs', async () => {
    const page = await browser.newPage();
    await page.goto(authorizeUrl({ redirect_uri: redirectUri, state: 'state-1' }));
    await page.getByRole('button', { name: 'hubot' }).click();
    await page.waitForURL(`${redirectUri}?**`);
    const { code, state } = Object.fromEntries(new URL(page.url()).searchParams);
    await page.close();
    expect(state).toBe('state-1');

    expect(await exchange(String(code), 'wrong')).toMatchObject({ error: 'incorrect_client_credentials' });
    const { access_token: token } = await exchange(String(code), github.clientSecret);
    expect((await createIssue(String(token), 'written by hand')).status).toBe(201);
    expect(await github.issues('octocat', 'hello-world')).toMatchObject([
      { title: 'written by hand', user: { login: 'hubot' } },
    ]);
  });

  it('shows by the author of an issue that a token was never given out', async () => {
    await createIssue('made-up', 'written with a made-up token');
    const [issue] = await github.issues('octocat', 'hello-world');
    expect(issue?.user.login).toBe('unknown-token');
  });

  it('refuses to redirect to an address that its OAuth app has not registered', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const response = await fetch(authorizeUrl({ redirect_uri: 'http://127.0.0.1:1/elsewhere' }));
    expect(response.status).toBe(400);
  });
});
