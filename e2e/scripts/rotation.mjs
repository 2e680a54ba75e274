/**
 * `node e2e/scripts/rotation.mjs [--generations 1000] [--accounts 20] [--kills 20]`: renews rotating tokens
 * while `auth` is killed with SIGKILL at random, and prints what the provider saw. Everything is on
 * loopback and stops by itself. Exit code 1 when a refresh token was used twice or an account was lost.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startPlatform } from '@patchbay/local';
import { startRotatingProvider } from './rotating.provider.mjs';

const { values } = parseArgs({
  options: {
    generations: { type: 'string', default: '1000' },
    accounts: { type: 'string', default: '20' },
    kills: { type: 'string', default: '20' },
  },
});
const [generations, accountCount, killCount] = [values.generations, values.accounts, values.kills].map(
  Number,
);
const TIME_LIMIT_MS = 10 * 60_000;

const home = await mkdtemp(join(tmpdir(), 'patchbay-rotation-'));
const provider = await startRotatingProvider();
const platform = await startRotatingPlatform();
const counts = { calls: 0, refused: 0, kills: 0 };
let isOver = false;
try {
  const sessions = await Promise.all(
    Array.from({ length: accountCount }, (_, index) => connect(`user_${index}`)),
  );
  const deadline = Date.now() + TIME_LIMIT_MS;
  const killing = killAtRandom();
  await Promise.all(sessions.map((session) => callUntilDone(session, deadline)));
  isOver = true;
  await killing;
  await platform.untilReady();
  const statuses = await Promise.all(sessions.map(({ accountId }) => statusOf(accountId)));
  const lost = statuses.filter((status) => status !== 'ACTIVE').length;
  const { renewed, reused } = provider.counts;
  console.log(`${renewed} generations, ${reused} reused refresh tokens, ${lost} accounts lost`);
  console.log(
    `${counts.calls} calls, ${counts.refused} told to try again, ${counts.kills} times auth was killed`,
  );
  process.exitCode = reused === 0 && lost === 0 && renewed >= generations ? 0 : 1;
} finally {
  isOver = true;
  await platform.stop();
  await provider.close();
  await rm(home, { recursive: true, force: true });
}

async function startRotatingPlatform() {
  const module = join(home, 'toolkits.mjs');
  const zod = import.meta.resolve('zod');
  const toolkit = `{
    slug: 'rotating', name: 'Rotating', description: 'Rotates.', logo: 'data:,', categories: [], version: '20261122_00',
    baseUrl: '${provider.url}',
    auth: [{ scheme: 'OAUTH2', authorizationUrl: '${provider.url}/authorize', tokenUrl: '${provider.url}/token', scopes: [] }],
    tools: [{ kind: 'http', slug: 'ROTATING_PING', name: 'Ping', description: 'Pings.', method: 'GET', path: '/ping', input: z.object({}), tags: ['important'] }],
  }`;
  await writeFile(module, `import { z } from '${zod}';\nexport const toolkits = [${toolkit}];\n`);
  const overrides = join(home, 'overrides.yaml');
  await writeFile(
    overrides,
    JSON.stringify({ rotating: { oauth2: { client_id: 'app', client_secret: 'secret' } } }),
  );
  return startPlatform({
    home,
    env: {
      PATCHBAY_TOOLKITS_MODULE: module,
      PATCHBAY_TOOLKIT_OVERRIDES: overrides,
      PATCHBAY_ALLOWED_PRIVATE_HOSTS: new URL(provider.url).host,
      LOG_LEVEL: 'warn',
    },
  });
}

async function api(method, path, body) {
  const response = await fetch(`${platform.baseUrl}/api/v3.1${path}`, {
    method,
    headers: { 'x-api-key': platform.apiKey, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

/** The provider asks nobody anything, so following the links is all there is to signing in. */
async function connect(userId) {
  const session = await api('POST', '/tool_router/session', {
    user_id: userId,
    toolkits: { enable: ['rotating'] },
  });
  const sessionId = session.body.session_id;
  const link = await api('POST', `/tool_router/session/${sessionId}/link`, { toolkit: 'rotating' });
  const page = await (await fetch(link.body.redirect_url, { method: 'POST' })).text();
  const forward = /content="0;url=([^"]+)"/.exec(page)[1].replaceAll('&amp;', '&');
  await fetch(forward);
  return { sessionId, accountId: link.body.connected_account_id };
}

async function callUntilDone({ sessionId }, deadline) {
  while (provider.counts.renewed < generations && Date.now() < deadline) {
    const { status } = await api('POST', `/tool_router/session/${sessionId}/execute`, {
      tool_slug: 'ROTATING_PING',
    });
    counts.calls += 1;
    if (status !== 200) counts.refused += 1;
    await delay(100);
  }
}

async function killAtRandom() {
  for (; counts.kills < killCount && !isOver; counts.kills += 1) {
    await delay(500 + Math.random() * 2_000);
    await platform.services.auth.stop('SIGKILL');
    await platform.services.auth.start();
    await platform.untilReady();
  }
}

async function statusOf(id) {
  return (await api('GET', `/connected_accounts/${id}`)).body.status;
}
