/*
 * `node infra/verify/backup.mjs`, from a built repository: a machine is lost and restored from a backup that was taken while it
 * worked. Everything is on loopback, in folders of its own that are removed. docs/operating/backup.md says what it shows.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ApiError, Patchbay } from '@patchbay/client';
import { newId } from '@patchbay/contracts';
import { backUp, freePort, restore, startPlatform } from '@patchbay/local';
import { createTestHome, eventually, runSql, startWebhookReceiver } from '@patchbay/testing';
import { newInstance, startProducer } from '../../e2e/scripts/event.producer.mjs';
import { startRotatingProvider } from '../../e2e/scripts/rotating.provider.mjs';
import { root, runChecks } from './checks.mjs';

/** Beyond the record's delay, and a delivery's second attempt. */
const PATIENT = { timeout: 60_000 };

await runChecks('backup', async (check) => {
  const scratch = await createTestHome();
  const port = await freePort();
  const provider = await startRotatingProvider();
  const receiver = await startWebhookReceiver(() => ({ status: 503 }));
  const env = { ...settingsOf(scratch, provider.url), PUBLIC_URL: `http://127.0.0.1:${port}` };
  const lost = join(scratch, 'lost');
  const restored = join(scratch, 'restored');
  const backup = join(scratch, 'backup');
  let platform;
  try {
    platform = await startPlatform({ home: lost, port, env });
    const world = await prepare(platform, provider, receiver);

    await check('a backup of a platform that works', async () => {
      const took = await timed(() => operate(backUp, lost, env, ['--to', backup]));
      const bytes = readdirSync(backup).reduce((sum, file) => sum + statSync(join(backup, file)).size, 0);
      const text = readdirSync(backup)
        .map((file) => readFileSync(join(backup, file), 'latin1'))
        .join('');
      const { encryptionKeys } = JSON.parse(readFileSync(join(lost, 'secrets.json'), 'utf8'));
      assert.ok(!text.includes(encryptionKeys), 'the backup holds the encryption keys');
      return `${took} s, ${Math.round(bytes / 1024)} KiB, without the keys`;
    });

    await check('the machine is lost', async () => {
      await goOn(platform, world, receiver);
      await platform.kill();
      mkdirSync(restored, { mode: 0o711 });
      cpSync(join(lost, 'secrets.json'), join(scratch, 'kept-secrets.json'));
      rmSync(lost, { recursive: true });
      return 'killed, with Postgres, NATS and files';
    });

    await check('without its keys nothing is restored, and it says which are missing', async () => {
      const refused = await operate(restore, restored, env, ['--from', backup]).then(
        () => assert.fail('it was restored'),
        (error) => error.message,
      );
      assert.match(refused, /opens by the encryption keys [0-9a-f]{8}, which are not here/);
      return refused;
    });

    await check('restored into an empty folder, and started', async () => {
      cpSync(join(scratch, 'kept-secrets.json'), join(restored, 'secrets.json'));
      const took = await timed(() => operate(restore, restored, env, ['--from', backup]));
      const started = await timed(async () => {
        platform = await startPlatform({ home: restored, port, env });
      });
      return `restored in ${took} s, served calls ${started} s later`;
    });

    await check('sessions go on, by their ids and MCP addresses; tokens open', async () => {
      const { data } = await ping(world.steady);
      assert.deepEqual(data, { account: world.steady.account });
      const client = new Client({ name: 'drill', version: '1.0.0' });
      const requestInit = { headers: { 'x-api-key': platform.apiKey } };
      await client.connect(new StreamableHTTPClientTransport(new URL(world.steady.mcp), { requestInit }));
      try {
        const { tools } = await client.listTools();
        assert.ok(tools.length > 0);
        return `${tools.length} tools of a session of before by MCP`;
      } finally {
        await client.close();
      }
    });

    await check('an account whose tokens were rotated since asks to be connected again', async () => {
      await assert.rejects(ping(world.rotated), /EXPIRED/);
      const account = await world.patchbay.request('getConnectedAccount', {
        path: { id: world.rotated.connection },
      });
      assert.equal(account.status, 'EXPIRED');
      const link = await world.patchbay.request('refreshConnectedAccount', {
        path: { id: world.rotated.connection },
      });
      assert.match(link.redirect_url, /^http/);
      return `${account.status}: ${account.status_reason}`;
    });

    await check('what waited in the outbox is told once, and a delivery again under its id', async () => {
      await eventually(async () => assert.equal(await timesRecorded(platform, world.waiting), 1), PATIENT);
      const ids = () =>
        receiver.received
          .filter(({ body }) => body.includes(world.event))
          .map(({ headers }) => headers['webhook-id']);
      const before = world.delivered;
      await eventually(async () => assert.ok(ids().length > before), PATIENT);
      assert.equal(new Set(ids()).size, 1);
      assert.equal((await runSql(platform.postgres.url, 'SELECT FROM auth.outbox')).length, 0);
      return `1 of 1 on the record; ${ids().length} deliveries under one webhook-id`;
    });

    await check('what came after the backup is gone, what was revoked since works again', async () => {
      await assert.rejects(
        new Patchbay({ baseUrl: platform.baseUrl, apiKey: world.laterKey }).sessions.create({ user_id: 'a' }),
        (error) => error instanceof ApiError && error.status === 401,
      );
      const again = new Patchbay({ baseUrl: platform.baseUrl, apiKey: world.revokedKey });
      await again.sessions.create({ user_id: 'a' });
      return 'a project of after answers 401; a key that was revoked after it is taken';
    });
  } finally {
    await platform?.stop().catch(() => undefined);
    await Promise.all([provider.close(), receiver.close()]);
    rmSync(scratch, { recursive: true, force: true });
  }
});

function settingsOf(folder, url) {
  const toolkit = `{
    slug: 'rotating', name: 'Rotating', description: 'Rotates.', logo: 'data:,', categories: [], version: '20261122_00',
    baseUrl: '${url}',
    auth: [{ scheme: 'OAUTH2', authorizationUrl: '${url}/authorize', tokenUrl: '${url}/token', scopes: [] }],
    tools: [{ kind: 'http', slug: 'ROTATING_PING', name: 'Ping', description: 'Pings.', method: 'GET', path: '/ping', input: z.object({}), tags: ['important'] }],
  }`;
  const [toolkits, overrides] = [join(folder, 'toolkits.mjs'), join(folder, 'overrides.yaml')];
  writeFileSync(
    toolkits,
    `import { z } from '${import.meta.resolve('zod')}';\nexport const toolkits = [${toolkit}];\n`,
  );
  writeFileSync(
    overrides,
    JSON.stringify({ rotating: { oauth2: { client_id: 'app', client_secret: 'secret' } } }),
  );
  return {
    PATCHBAY_TOOLKITS_MODULE: toolkits,
    PATCHBAY_TOOLKIT_OVERRIDES: overrides,
    PATCHBAY_ALLOWED_PRIVATE_HOSTS: `${new URL(url).host},127.0.0.1=webhooks`,
    PATCHBAY_WEBHOOK_RETRY_SECONDS: '1,1,1,5,5,5,5,60',
  };
}

/** Accounts, sessions, a webhook with an event that its receiver does not take, and an event that could not be published. */
async function prepare(platform, provider, receiver) {
  const patchbay = new Patchbay({ baseUrl: platform.baseUrl, apiKey: platform.apiKey });
  const { auth_config } = await patchbay.request('createAuthConfig', {
    body: {
      toolkit: { slug: 'rotating' },
      auth_config: {
        type: 'use_custom_auth',
        authScheme: 'OAUTH2',
        credentials: { client_id: 'app', client_secret: 'secret' },
      },
    },
  });
  const user = async (user_id, refreshedForSeconds) => {
    const val = { status: 'ACTIVE', ...provider.issueExpired({ refreshedForSeconds }) };
    const created = await patchbay.request('createConnectedAccount', {
      body: {
        auth_config: { id: auth_config.id },
        connection: { user_id, state: { authScheme: 'OAUTH2', val } },
      },
    });
    const session = await patchbay.sessions.create({ user_id, toolkits: { enable: ['rotating'] } });
    return { session, mcp: session.mcp().url, connection: created.id };
  };
  const steady = await user('steady', 3_600);
  const rotated = await user('rotated', 1);
  const world = { patchbay, steady, rotated };
  for (const one of [steady, rotated]) one.account = (await ping(one)).data.account;

  const organisation = { 'x-org-api-key': platform.orgApiKey };
  const [row] = await runSql(platform.postgres.url, 'SELECT id FROM auth.projects');
  const projectId = String(row.id);
  const key = await post(platform, `/org/owner/project/${projectId}/api_keys`, organisation, {
    name: 'to revoke',
  });
  world.key = { projectId, id: key.id };
  world.revokedKey = key.key;
  await patchbay.request('createWebhookSubscription', {
    body: { webhook_url: receiver.url, enabled_events: ['composio.trigger.message'] },
  });
  world.event = `event-${newId('event')}`;
  const producer = await startProducer(platform.postgres.url);
  await producer.produce(newInstance(projectId), [world.event]);
  await producer.stop();
  await receiver.until((all) => all.length > 0);

  // While NATS is away, what is told waits: as it would had the machine been lost a moment later.
  await platform.nats.stop();
  world.waiting = newId('event');
  const data = {
    action: 'project.settings_updated',
    projectId,
    target: { type: 'project', id: projectId, userId: null },
    actor: { kind: 'system', keyId: null, name: 'drill' },
    address: null,
    changed: [],
    outcome: 'done',
    reason: null,
  };
  const body = JSON.stringify({
    id: world.waiting,
    at: new Date().toISOString(),
    projectId,
    requestId: null,
    sessionId: null,
    data,
  });
  await runSql(
    platform.postgres.url,
    `INSERT INTO auth.outbox (event_id, subject, body) VALUES ('${world.waiting}', 'events.auth.audit.recorded', '${body}')`,
  );
  return world;
}

/** What happens between the backup and the loss. */
async function goOn(platform, world, receiver) {
  await platform.nats.start();
  await platform.untilReady();
  receiver.answerWith(() => ({ status: 200 }));
  await eventually(async () => assert.equal(await timesRecorded(platform, world.waiting), 1), PATIENT);
  await eventually(async () => {
    const [row] = await runSql(platform.postgres.url, 'SELECT state FROM triggers.deliveries');
    assert.equal(row.state, 'delivered');
  }, PATIENT);
  world.delivered = receiver.received.length;
  // Its access token is over after a second: this rotates the refresh token.
  const { data } = await ping(world.rotated);
  assert.deepEqual(data, { account: world.rotated.account });
  const organisation = { 'x-org-api-key': platform.orgApiKey };
  const later = await post(platform, '/org/owner/project/new', organisation, {
    name: 'later',
    should_create_api_key: true,
  });
  world.laterKey = later.api_key;
  const gone = await fetch(
    `${platform.baseUrl}/api/v3.1/org/owner/project/${world.key.projectId}/api_keys/${world.key.id}`,
    {
      method: 'DELETE',
      headers: organisation,
    },
  );
  assert.equal(gone.status, 200);
}

function ping({ session }) {
  return session.execute('ROTATING_PING');
}

async function timesRecorded(platform, id) {
  return (await runSql(platform.postgres.url, `SELECT FROM logs.audit WHERE id = '${id}'`)).length;
}

async function post(platform, path, headers, body) {
  const response = await fetch(`${platform.baseUrl}/api/v3.1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** `npm run backup` or `npm run restore`, past what installs and builds. */
function operate(command, home, env, args) {
  return command({ PATH: process.env.PATH, HOME: process.env.HOME, ...env, PATCHBAY_HOME: home }, args, root);
}

async function timed(work) {
  const began = performance.now();
  await work();
  return ((performance.now() - began) / 1_000).toFixed(1);
}
