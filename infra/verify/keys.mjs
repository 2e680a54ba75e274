/*
 * `node infra/verify/keys.mjs`, from a built repository: the encryption keys behind a key management service. AWS' by a server of its
 * interface, `local-kms`; Vault's by OpenBao; Google Cloud's, of which there is no server, by the fake of the unit tests, which says so.
 * Everything is on loopback and removed.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Patchbay } from '@patchbay/client';
import { freePort, startPlatform } from '@patchbay/local';
import { createTestHome, eventually, runSql } from '@patchbay/testing';
import { KEYS, startKmsFake, VAULT_TOKEN } from '../../libs/vault/test/kms.fake.ts';
import { root, runChecks, runProgram } from './checks.mjs';
import { openBao, program } from './programs.mjs';

const ARN_KEY = 'bc436485-5092-42b8-92a3-0aa8b93536dc';

await runChecks('keys', async (check) => {
  const scratch = await createTestHome();
  const fake = await startKmsFake();
  try {
    await check('AWS: a ring is wrapped and unwrapped by local-kms', async () => {
      const server = await localKms(scratch);
      try {
        return await thereAndBack(server.env);
      } finally {
        server.stop();
      }
    });
    await check("Vault: by OpenBao's transit engine", async () => {
      const server = await transit();
      try {
        return await thereAndBack(server.env);
      } finally {
        server.stop();
      }
    });
    await check(
      'Google Cloud: by the fake, as there is no server of it',
      () => thereAndBack(ofFake('gcp', fake)),
      'checked',
    );
    await check('a platform waits for its keys, goes on without the service, and rotates', () =>
      lifeWith(fake, scratch),
    );
  } finally {
    await fake.close();
    rmSync(scratch, { recursive: true, force: true });
  }
});

function ofFake(kind, { url, host }) {
  return {
    PATCHBAY_KMS: kind,
    PATCHBAY_KMS_KEY: KEYS[kind],
    PATCHBAY_KMS_URL: url,
    ...(kind === 'vault' && { PATCHBAY_KMS_TOKEN: VAULT_TOKEN }),
    ...(kind === 'gcp' && { GCE_METADATA_HOST: host, METADATA_SERVER_DETECTION: 'assume-present' }),
  };
}

function newKey(env, args = []) {
  return runProgram(process.execPath, [join(root, 'libs/vault/dist/new-key.js'), ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  }).then((output) => output.trim());
}

async function thereAndBack(env) {
  const { unwrapSettings } = await import('@patchbay/vault');
  const wrapped = `${await newKey(env)},${await newKey(env)}`;
  const before = { ...process.env };
  Object.assign(process.env, env);
  const began = performance.now();
  try {
    const onFailure = (error) => {
      throw error;
    };
    const opened = await unwrapSettings({ ...env, PATCHBAY_ENCRYPTION_KEYS: wrapped }, { onFailure });
    const keys = opened.PATCHBAY_ENCRYPTION_KEYS.split(',');
    assert.deepEqual(
      keys.map((key) => Buffer.from(key, 'base64').length),
      [32, 32],
    );
    assert.notEqual(keys[0], keys[1]);
    await assert.rejects(
      unwrapSettings({ ...env, PATCHBAY_ENCRYPTION_KEYS: randomBytes(32).toString('base64') }, { onFailure }),
      /cannot be unwrapped/,
    );
    return `two keys unwrapped in ${Math.round(performance.now() - began)} ms, client loaded and all`;
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** https://github.com/nsmithuk/local-kms */
async function localKms(scratch) {
  const folder = join(scratch, 'local-kms');
  mkdirSync(folder, { recursive: true });
  const seed = join(folder, 'seed.yaml');
  const material = randomBytes(32).toString('hex');
  writeFileSync(
    seed,
    `Keys:\n  Symmetric:\n    Aes:\n      - Metadata:\n          KeyId: ${ARN_KEY}\n        BackingKeys:\n          - ${material}\n`,
  );
  const port = await freePort();
  const child = spawn(program('local-kms'), [], {
    env: { PATH: process.env.PATH, PORT: String(port), KMS_SEED_PATH: seed, KMS_DATA_PATH: folder },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  await eventually(() => fetch(url), { timeout: 20_000 });
  const env = {
    PATCHBAY_KMS: 'aws',
    PATCHBAY_KMS_KEY: ARN_KEY,
    PATCHBAY_KMS_URL: url,
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'AKIA0',
    AWS_SECRET_ACCESS_KEY: 'secret',
  };
  return { env, stop: () => child.kill() };
}

/** A server of OpenBao that keeps nothing, with a transit engine. */
async function transit() {
  const port = await freePort();
  const token = 'root-of-a-drill';
  const child = spawn(
    openBao(),
    ['server', '-dev', `-dev-root-token-id=${token}`, `-dev-listen-address=127.0.0.1:${port}`],
    { stdio: 'ignore' },
  );
  const url = `http://127.0.0.1:${port}`;
  const ask = (path, body) =>
    fetch(`${url}/v1/${path}`, {
      method: 'POST',
      headers: { 'x-vault-token': token },
      body: JSON.stringify(body),
    });
  await eventually(async () => assert.ok((await fetch(`${url}/v1/sys/health`)).ok), { timeout: 30_000 });
  assert.ok((await ask('sys/mounts/transit', { type: 'transit' })).ok);
  assert.ok((await ask('transit/keys/patchbay', {})).ok);
  const env = {
    PATCHBAY_KMS: 'vault',
    PATCHBAY_KMS_KEY: 'transit/patchbay',
    PATCHBAY_KMS_URL: url,
    PATCHBAY_KMS_TOKEN: token,
  };
  return { env, stop: () => child.kill() };
}

/** The service is away at the start, comes, goes for good; then its key is replaced. */
async function lifeWith(fake, scratch) {
  const kms = ofFake('vault', fake);
  const [home, metrics] = [join(scratch, 'home'), await freePort()];
  mkdirSync(home, { mode: 0o755 });
  const first = await newKey(kms);
  const env = { ...kms, PATCHBAY_METRICS_PORT: String(metrics) };
  const start = (keys) => startPlatform({ home, env: { ...env, PATCHBAY_ENCRYPTION_KEYS: keys } });
  fake.state.isDown = true;
  const starting = start(first);
  const ops = (path) => fetch(`http://127.0.0.1:${metrics}/health/${path}`).then(({ status }) => status);
  await eventually(async () => assert.equal(await ops('live'), 200), { timeout: 60_000 });
  assert.equal(await ops('ready'), 503);
  fake.state.isDown = false;
  let platform = await starting;
  try {
    // From now on nobody asks it.
    fake.state.isDown = true;
    const { asked } = fake.state;
    const patchbay = new Patchbay({ baseUrl: platform.baseUrl, apiKey: platform.apiKey });
    await patchbay.request('createWebhookSubscription', {
      body: { webhook_url: 'https://app.example.com/hook', enabled_events: ['composio.trigger.message'] },
    });
    assert.equal(fake.state.asked, asked);
    const sealedBy = async () => {
      const [row] = await runSql(
        platform.postgres.url,
        'SELECT sealed_secret AS sealed FROM triggers.webhook_subscriptions',
      );
      return row.sealed.split('.')[1];
    };
    const before = await sealedBy();
    await platform.stop();
    fake.state.isDown = false;
    const next = await newKey(kms);
    platform = await start(`${next},${first}`);
    for (const app of ['auth', 'triggers']) {
      const own = platform.environmentOf(app);
      await runProgram(process.execPath, [join(root, `apps/${app}/dist/reseal.js`)], { env: own });
    }
    const after = await sealedBy();
    assert.notEqual(after, before);
    await platform.stop();
    platform = await start(next);
    return `waited for, ${fake.state.asked - asked} requests since, all at starts; rotated from ${before} to ${after}`;
  } finally {
    await platform.stop();
  }
}
