import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startPlatform } from '@patchbay/local';
import { createTestHome, writeOverrides } from '@patchbay/testing';
import { startRecordingProvider } from './recording.provider.mjs';

const ERAS = ['sessions', 'stateless'];
const READ_LIMIT_MS = 30_000;

/**
 * The platform with a provider that records, toolkits of it with every kind of account (`racing`, `racing_oauth`, and
 * MCP servers of both eras, guarded and open), and users who each have an account of each and a session.
 */
export async function startRacingPlatform(users) {
  const home = await createTestHome();
  const provider = await startRecordingProvider();
  const platform = await startPlatform({
    home,
    env: {
      PATCHBAY_TOOLKITS_MODULE: await writeToolkits(home, provider.url),
      PATCHBAY_TOOLKIT_OVERRIDES: await writeOverrides(home, {
        racing_oauth: { oauth2: { client_id: 'app', client_secret: 'secret' } },
      }),
      PATCHBAY_ALLOWED_PRIVATE_HOSTS: new URL(provider.url).host,
      LOG_LEVEL: 'warn',
    },
  });
  async function stop() {
    await platform.stop();
    await provider.close();
    await rm(home, { recursive: true, force: true });
  }
  async function api(path, body) {
    const response = await fetch(`${platform.baseUrl}/api/v3.1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'x-api-key': platform.apiKey, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer).slice(0, 300)}`);
  }
  try {
    const people = await connectAll(api, provider, users);
    return { platform, provider, api, people, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function connectAll(api, provider, users) {
  const config = async (slug, authScheme, credentials = {}) => {
    const auth_config = { type: 'use_custom_auth', authScheme, credentials };
    return (await api('/auth_configs', { toolkit: { slug }, auth_config })).auth_config.id;
  };
  const connect = async (id, authScheme, user_id, val, experimental) => {
    const connection = { user_id, state: { authScheme, val }, ...(experimental && { experimental }) };
    return (await api('/connected_accounts', { auth_config: { id }, connection })).id;
  };
  for (const era of ERAS) {
    for (const kind of ['open', 'guarded']) {
      const name = `${kind}${era}`;
      await provider.offerTool(name);
      const source = { type: 'mcp', url: `${provider.url}/${kind}/${era}/${name}/mcp` };
      await api('/custom/toolkits/upsert', { slug: name, source });
    }
  }
  const app = { client_id: 'app', client_secret: 'secret' };
  const configs = {
    racing: await config('racing', 'API_KEY'),
    oauth: await config('racing_oauth', 'OAUTH2', app),
    guardedsessions: await config('guardedsessions', 'DCR_OAUTH'),
    guardedstateless: await config('guardedstateless', 'DCR_OAUTH'),
  };
  const everybody = { account_type: 'SHARED', acl_config_for_shared: { allow_all_users: true } };
  const shared = await connect(
    configs.racing,
    'API_KEY',
    'shared',
    { generic_api_key: 'key-shared' },
    everybody,
  );
  const people = [];
  for (const user of users) {
    const account = await connect(configs.racing, 'API_KEY', user, { generic_api_key: `key-${user}` });
    await connect(configs.oauth, 'OAUTH2', user, { status: 'ACTIVE', ...provider.issue(user) });
    for (const era of ERAS)
      await connect(configs[`guarded${era}`], 'DCR_OAUTH', user, { access_token: `mcp-${user}` });
    const own = await api('/tool_router/session', {
      user_id: user,
      toolkits: { disable: [] },
      preload: { tools: ['RACING_WHOSE'] },
    });
    const sharing = await api('/tool_router/session', {
      user_id: user,
      toolkits: { enable: ['racing'] },
      connected_accounts: { racing: [shared] },
    });
    people.push({ user, account, session: own.session_id, mcp: own.mcp.url, sharing: sharing.session_id });
  }
  await untilRead(api);
  return people;
}

/** Servers that want a sign-in show their tools once somebody has connected. */
async function untilRead(api) {
  for (const until = Date.now() + READ_LIMIT_MS; ; await delay(100)) {
    const views = await Promise.all(ERAS.map((era) => api(`/custom/toolkits/guarded${era}`)));
    if (views.every(({ tools_count }) => tools_count >= 4)) return;
    if (Date.now() > until) throw new Error(`The servers were not read: ${JSON.stringify(views)}`);
  }
}

async function writeToolkits(home, url) {
  const about = `description: 'Records.', logo: 'data:,', categories: [], version: '20261122_00', baseUrl: '${url}'`;
  const tool = (slug) =>
    `{ kind: 'http', slug: '${slug}_WHOSE', name: 'Whose', description: 'Says whose credential it was sent.', method: 'GET', path: '/whose', input: z.object({ call: z.string() }), tags: ['readOnlyHint'] }`;
  const field = `{ name: 'generic_api_key', displayName: 'Key', description: '', required: true, secret: true, default: null }`;
  const source = `import { z } from '${import.meta.resolve('zod')}';
export const toolkits = [
  { slug: 'racing', name: 'Racing', ${about}, tools: [${tool('RACING')}],
    auth: [{ scheme: 'API_KEY', placement: { headers: { 'x-api-key': '{generic_api_key}' } }, connectionFields: [${field}] }] },
  { slug: 'racing_oauth', name: 'Racing by OAuth', ${about}, tools: [${tool('RACING_OAUTH')}],
    auth: [{ scheme: 'OAUTH2', authorizationUrl: '${url}/authorize', tokenUrl: '${url}/token', scopes: [] }] },
];
`;
  const file = join(home, 'toolkits.mjs');
  await writeFile(file, source);
  return file;
}
