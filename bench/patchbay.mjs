// Patchbay as it is started by `npm start`, with one account connected and a session that may use it.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as local from '@patchbay/local';
import { followLink, writeOverrides } from '@patchbay/testing';

const USER = 'bench';

/** One project and one address send what many do. */
export const WITHOUT_LIMITS = {
  PATCHBAY_LIMIT_PROJECT: '0',
  PATCHBAY_LIMIT_USER: '0',
  PATCHBAY_LIMIT_SESSIONS: '0',
  PATCHBAY_PROJECT_CONCURRENCY: '0',
  PATCHBAY_PROJECT_STREAMS: '0',
  PATCHBAY_ADDRESS_CONNECTIONS: '0',
  PATCHBAY_TOOLS_PROJECT_CALLS: '0',
  PATCHBAY_TOOLS_CALLS: '0',
};

/**
 * @param {string} upstream where the GitHub toolkit and its sign-in are pointed, and what else may be called
 * @param {AbortSignal} signal gives the start up
 * @param {string} [checkout] another built one whose Patchbay it is to be, not ours
 * @param {string[]} [others] what else may be called, by its address
 */
export async function startPatchbay(upstream, signal, checkout, others = []) {
  const { startPlatform } = checkout
    ? await import(pathToFileURL(resolve(checkout, 'infra/local/dist/index.js')).href)
    : local;
  const home = await mkdtemp(join(tmpdir(), 'patchbay-bench-'));
  // The embedded Postgres runs as a user of its own, who must be able to reach its folder in here.
  await chmod(home, 0o755);
  const remove = () => rm(home, { recursive: true, force: true });
  try {
    const platform = await startPlatform({ home, signal, env: await settings(home, upstream, others) });
    const stop = async ({ keepHome = false } = {}) => {
      await platform.stop();
      if (keepHome) process.stderr.write(`What Patchbay logged is in ${home}/logs\n`);
      else await remove();
    };
    return { platform, stop };
  } catch (error) {
    // A start that failed by itself names its log, which is in there.
    if (signal.aborted) await remove();
    throw error;
  }
}

/** Every process of it that may do something for a call. */
export function processesOf({ services, nats, postgres }) {
  const pids = Object.entries(services).map(([name, { pid }]) => [name, pid]);
  return Object.fromEntries([...pids, ['nats-server', nats.pid], ['postgres', postgres.pid]]);
}

async function settings(home, upstream, others) {
  const github = {
    base_url: upstream,
    oauth2: {
      client_id: 'bench',
      client_secret: 'bench',
      authorization_url: `${upstream}/authorize`,
      token_url: `${upstream}/token`,
    },
  };
  return {
    PATCHBAY_TOOLKIT_OVERRIDES: await writeOverrides(home, { github }),
    PATCHBAY_ALLOWED_PRIVATE_HOSTS: [upstream, ...others].map((url) => new URL(url).host).join(','),
    LOG_LEVEL: 'warn',
    ...WITHOUT_LIMITS,
  };
}

/**
 * Makes a session and connects its GitHub account, as an app and its user's browser would.
 * @param {{ baseUrl: string, apiKey: string }} platform
 * @param {{ ownAuthConfig?: boolean, everything?: boolean }} [options] whether the account is one of the project's own OAuth
 *   app, and whether the session has every toolkit
 */
export async function openSession(platform, { ownAuthConfig = false, everything = false } = {}) {
  const api = apiOf(platform);
  const body = {
    user_id: ownAuthConfig ? `${USER}-own` : USER,
    ...(!everything && { toolkits: { enable: ['github', 'time'] } }),
    ...(ownAuthConfig && { auth_configs: { github: await makeAuthConfig(api) } }),
  };
  const { session_id: id } = await api('/tool_router/session', body);
  const link = await api(`/tool_router/session/${id}/link`, { toolkit: 'github' });
  await followLink(link.redirect_url);
  const { status } = await api(`/connected_accounts/${link.connected_account_id}`);
  if (status !== 'ACTIVE') throw new Error(`The account was not connected: it is ${status}`);
  return id;
}

async function makeAuthConfig(api) {
  const credentials = { client_id: 'bench-own', client_secret: 'bench-own-secret' };
  const { auth_config: made } = await api('/auth_configs', {
    toolkit: { slug: 'github' },
    auth_config: { type: 'use_custom_auth', authScheme: 'OAUTH2', credentials },
  });
  return made.id;
}

/**
 * Adds an MCP server as a toolkit, and makes a session that lists its tools.
 * @param {string} url of the server's endpoint
 * @returns where an agent reaches the session by MCP, and the tool `read` in it
 */
export async function openMcpSession(platform, url) {
  const api = apiOf(platform);
  await api('/custom/toolkits/upsert', { slug: 'up', approve: true, source: { type: 'mcp', url } });
  const tool = 'UP_READ';
  const { mcp } = await api('/tool_router/session', {
    user_id: USER,
    toolkits: { enable: ['up'] },
    preload: { tools: [tool] },
  });
  const endpoint = new URL(mcp.url);
  // Connected by address: looking a name up is no part of a call.
  endpoint.hostname = '127.0.0.1';
  return { url: endpoint.href, headers: { 'x-api-key': platform.apiKey }, tool };
}

function apiOf({ baseUrl, apiKey }) {
  return (path, body) => callApi(`${baseUrl}/api/v3.1${path}`, apiKey, body);
}

async function callApi(url, apiKey, body) {
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
