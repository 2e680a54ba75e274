/*
 * `node infra/verify/incident.mjs`, from a built repository: 2,000 accounts are revoked by the command line while `auth` is killed, and
 * users connect again. Everything is on loopback, in a folder of its own that is removed. docs/operating/incident.md is what it follows.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Patchbay } from '@patchbay/client';
import { startPlatform } from '@patchbay/local';
import { createTestHome, eventually, runSql } from '@patchbay/testing';
import { root, runChecks, runProgram } from './checks.mjs';

const ACCOUNTS = 2_000;
const AT_ONCE = 20;

await runChecks('incident', async (check) => {
  const home = await createTestHome();
  const provider = await startProvider();
  const platform = await startPlatform({ home, env: settingsOf(home, provider.url) });
  try {
    const patchbay = new Patchbay({ baseUrl: platform.baseUrl, apiKey: platform.apiKey });
    const { auth_config } = await patchbay.request('createAuthConfig', {
      body: {
        toolkit: { slug: 'leaky' },
        auth_config: {
          type: 'use_custom_auth',
          authScheme: 'OAUTH2',
          credentials: { client_id: 'app', client_secret: 's' },
        },
      },
    });
    const connect = async (user_id) => {
      const val = {
        status: 'ACTIVE',
        access_token: `at-${user_id}`,
        refresh_token: `rt-${user_id}`,
        expires_in: 3_600,
      };
      return patchbay.request('createConnectedAccount', {
        body: {
          auth_config: { id: auth_config.id },
          connection: { user_id, state: { authScheme: 'OAUTH2', val } },
        },
      });
    };
    const users = Array.from({ length: ACCOUNTS }, (_, n) => `user_${n}`);
    for (let start = 0; start < ACCOUNTS; start += AT_ONCE)
      await Promise.all(users.slice(start, start + AT_ONCE).map(connect));
    const session = await patchbay.sessions.create({ user_id: 'user_0', toolkits: { enable: ['leaky'] } });
    const ping = () =>
      session.execute('LEAKY_PING').then(
        ({ error }) => !error,
        () => false,
      );
    assert.equal(await ping(), true);
    console.log(`${ACCOUNTS} accounts are connected`);

    await check('everything is revoked by the command line, with auth killed half-way', async () => {
      const began = performance.now();
      const done = patchbayCommand(platform, [
        'incident',
        'revoke',
        '--toolkit',
        'leaky',
        '--reason',
        'drill',
        '--wait',
        '--yes',
        '--json',
      ]);
      const countRevoked = async () =>
        Number(
          (
            await runSql(
              platform.postgres.url,
              `SELECT count(*) FROM auth.connected_accounts WHERE status = 'REVOKED'`,
            )
          )[0].count,
        );
      // Rejects when the command ends before anything is revoked.
      const isBegun = eventually(async () => assert.ok((await countRevoked()) > 0), { timeout: 60_000 });
      await Promise.race([isBegun, done]);
      const atKill = await countRevoked();
      assert.ok(atKill < ACCOUNTS, 'it was over before auth could be killed');
      process.kill(platform.services.auth.pid, 'SIGKILL');
      const incident = JSON.parse(await done);
      assert.equal(await countRevoked(), ACCOUNTS);
      assert.equal(incident.accounts_revoked, ACCOUNTS);
      assert.equal(incident.revoked_at_provider + incident.failed_at_provider, ACCOUNTS);
      assert.equal(provider.revoked.size, ACCOUNTS);
      const [{ count }] = await runSql(
        platform.postgres.url,
        `SELECT count(*) FROM auth.connected_accounts WHERE sealed_credential IS NOT NULL`,
      );
      assert.equal(Number(count), 0);
      const seconds = ((performance.now() - began) / 1_000).toFixed(0);
      return `${ACCOUNTS} here and at the provider in ${seconds} s, auth killed after ${atKill}`;
    });

    await check('no call goes on with a revoked account', async () => {
      const before = provider.pings;
      assert.equal(await ping(), false);
      assert.equal(provider.pings, before);
      return 'refused before the provider';
    });

    await check('its user connects again, in the same session', async () => {
      await connect('user_0');
      assert.equal(await ping(), true);
      return session.id;
    });

    await check('a second time it finds nothing, and leaves the account of after', async () => {
      const told = JSON.parse(await patchbayCommand(platform, ['incident', 'list', '--json']));
      assert.equal((told.items ?? told).length, 1);
      assert.equal(await ping(), true);
      return 'one incident, done';
    });
  } finally {
    await platform.stop().catch(() => undefined);
    await provider.close();
    rmSync(home, { recursive: true, force: true });
  }
});

function patchbayCommand(platform, args) {
  return runProgram(process.execPath, [join(root, 'libs/cli/bin/patchbay.mjs'), ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: platform.home,
      PATCHBAY_URL: platform.baseUrl,
      PATCHBAY_ORG_API_KEY: platform.orgApiKey,
    },
  });
}

function settingsOf(folder, url) {
  const toolkit = `{
    slug: 'leaky', name: 'Leaky', description: 'Leaks.', logo: 'data:,', categories: [], version: '20261122_00',
    baseUrl: '${url}',
    auth: [{ scheme: 'OAUTH2', authorizationUrl: '${url}/authorize', tokenUrl: '${url}/token', revocationUrl: '${url}/revoke', scopes: [] }],
    tools: [{ kind: 'http', slug: 'LEAKY_PING', name: 'Ping', description: 'Pings.', method: 'GET', path: '/ping', input: z.object({}), tags: ['important'] }],
  }`;
  const file = join(folder, 'toolkits.mjs');
  writeFileSync(
    file,
    `import { z } from '${import.meta.resolve('zod')}';\nexport const toolkits = [${toolkit}];\n`,
  );
  return {
    PATCHBAY_TOOLKITS_MODULE: file,
    PATCHBAY_ALLOWED_PRIVATE_HOSTS: new URL(url).host,
  };
}

/** Takes every token, and remembers which refresh tokens were revoked. */
async function startProvider() {
  const seen = { pings: 0, revoked: new Set() };
  const answer = async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.url === '/revoke') {
      const token = new URLSearchParams(body).get('token') ?? '';
      if (token.startsWith('rt-')) seen.revoked.add(token);
    }
    if (request.url === '/ping') seen.pings += 1;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(seen, {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  });
}
