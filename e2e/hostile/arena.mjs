import { rm } from 'node:fs/promises';
import { freePort, startPlatform } from '@patchbay/local';
import { createTestHome, writeOverrides } from '@patchbay/testing';
import { Client } from './client.mjs';
import { Neighbour } from './neighbour.mjs';
import { json, startHostileProvider } from './provider.mjs';

/** Toolkits whose provider is the attacker's. */
const HOSTILE_TOOLKITS = ['gmail', 'jira', 'notion', 'slack'];

/** Toolkits that are made of documents at addresses of the attacker's. */
export const FETCHED_TOOLKITS = Array.from({ length: 8 }, (_, index) => `fetched${index}`);

/**
 * The platform with two projects: a neighbour, whose provider is good, and an attacker, to whom every other provider,
 * page, mail and server belongs. What each attack needs besides it makes itself, in the attacker's project.
 */
export async function startArena() {
  const home = await createTestHome();
  const [provider, quiet] = await Promise.all([startHostileProvider(), startHostileProvider()]);
  quiet.serve('/repos/', (request, response, url) => {
    request.resume();
    const isOld = request.headers.authorization === `Bearer ${OLD_TOKEN}`;
    json(response, { id: 1, name: url.pathname.split('/').at(-1) }, isOld ? 401 : 200);
  });
  quiet.serve('/token', (request, response) => {
    request.resume();
    json(response, { access_token: 'token-of-nina', token_type: 'bearer', refresh_token: 'refresh' });
  });
  const hostile = Object.fromEntries(
    HOSTILE_TOOLKITS.map((slug) => [slug, { base_url: `${provider.url}/${slug}` }]),
  );
  const signIn = { authorization_url: `${provider.url}/authorize`, token_url: `${provider.url}/exchange` };
  const notion = { ...hostile.notion, oauth2: signIn };
  const overrides = {
    ...hostile,
    notion,
    github: { base_url: quiet.url, oauth2: { token_url: `${quiet.url}/token` } },
  };
  const platform = await startPlatform({
    home,
    port: await freePort(),
    env: {
      PATCHBAY_TOOLKIT_OVERRIDES: await writeOverrides(home, overrides),
      PATCHBAY_ALLOWED_PRIVATE_HOSTS: [
        `${provider.host}=${[...HOSTILE_TOOLKITS, 'webfetch', ...FETCHED_TOOLKITS].join('|')}`,
        provider.host,
        `${quiet.host}=github`,
      ].join(','),
      PATCHBAY_MCP_REREAD_SECONDS: '1',
      LOG_LEVEL: 'warn',
    },
  });
  const stop = async ({ keepHome = false } = {}) => {
    await platform.stop();
    provider.close();
    quiet.close();
    if (!keepHome) await rm(home, { recursive: true, force: true });
  };
  try {
    const [attacker, other] = await Promise.all(
      ['attacker', 'neighbour'].map((name) => newProject(platform, name)),
    );
    await other.connect('github', 'nora', 'OAUTH2', { access_token: 'token-of-nora' }, APP);
    await refreshOnce(other);
    const neighbour = new Neighbour(other, await other.session('nora', ['github']));
    return { platform, home, provider, attacker, neighbour, stop };
  } catch (error) {
    await stop({ keepHome: true });
    throw error;
  }
}
/** @typedef {Awaited<ReturnType<typeof startArena>>} Arena */

/** Of an auth config: an app without sign-ins, as the accounts bring their tokens. */
export const APP = { client_id: 'app', client_secret: 'secret' };

const OLD_TOKEN = 'old-token-of-nina';

/**
 * So that the process that refreshes is there before memory is measured: `auth` starts it for its first refresh.
 * @param {Client} client
 */
async function refreshOnce(client) {
  const values = { access_token: OLD_TOKEN, refresh_token: 'refresh' };
  await client.connect('github', 'nina', 'OAUTH2', values, APP);
  const session = await client.session('nina', ['github']);
  const { body } = await client.execute(session, 'GITHUB_GET_A_REPOSITORY', { owner: 'nina', repo: 'any' });
  if (body.error !== null) throw new Error(`The token was not refreshed: ${body.error}`);
}

/** @param {import('@patchbay/local').Platform} platform @param {string} name */
export async function newProject(platform, name) {
  const organisation = new Client(platform.baseUrl, '');
  const { status, body } = await organisation.api('POST', '/org/owner/project/new', {
    headers: { 'x-api-key': undefined, 'x-org-api-key': platform.orgApiKey },
    body: { name, should_create_api_key: true },
  });
  if (status >= 300) throw new Error(`The project was not made: ${status} ${JSON.stringify(body)}`);
  return new Client(platform.baseUrl, body.api_key);
}
