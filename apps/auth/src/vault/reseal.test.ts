import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listTransferKeys } from '@patchbay/contracts';
import { parseKeyRing, warnOfMissingKeys } from '@patchbay/vault';
import { DataSource } from 'typeorm';
import { KEYS, startKmsFake, VAULT_TOKEN } from '../../../../libs/vault/test/kms.fake.js';
import { type Accounts, startAccounts } from '../../test/accounts.js';
import { runAuth } from '../../test/running-auth.js';
import { SEALED_PLACES } from './sealed-places.js';
import { Vault } from './vault.service.js';
import { CredentialsService } from '../credentials/credentials.service.js';

let on: Accounts;
beforeAll(async () => {
  on = await startAccounts();
});
afterAll(() => on?.stop());

const command = fileURLToPath(new URL('../../dist/reseal.js', import.meta.url));
const newKey = fileURLToPath(new URL('../../../../libs/vault/dist/new-key.js', import.meta.url));
const SEALED = `
  SELECT sealed_credential AS sealed FROM auth.connected_accounts WHERE sealed_credential IS NOT NULL
  UNION ALL SELECT sealed_credentials FROM auth.auth_configs WHERE sealed_credentials IS NOT NULL
  UNION ALL SELECT sealed_values FROM auth.connect_links
  UNION ALL SELECT sealed_secrets FROM auth.sign_ins
  UNION ALL SELECT sealed_secrets FROM auth.unverified_sign_ins
  UNION ALL SELECT sealed_key FROM auth.transfer_keys
  UNION ALL SELECT sealed_response FROM auth.refreshes WHERE sealed_response IS NOT NULL`;

describe('the re-seal command', () => {
  it('takes wrapped keys, beside a service that has the port for metrics', async () => {
    const kms = await startKmsFake();
    const taken = createServer().listen(0, '127.0.0.1');
    try {
      await once(taken, 'listening');
      const { DATABASE_URL, PATCHBAY_ENCRYPTION_KEYS: ring } = on.settings;
      const settings = {
        PATCHBAY_KMS: 'vault',
        PATCHBAY_KMS_KEY: KEYS.vault,
        PATCHBAY_KMS_URL: kms.url,
        PATCHBAY_KMS_TOKEN: VAULT_TOKEN,
      };
      const wrapping = promisify(execFile)(process.execPath, [newKey, '--wrap'], { env: settings });
      wrapping.child.stdin?.end(ring);
      const env = {
        ...settings,
        DATABASE_URL,
        PATCHBAY_ENCRYPTION_KEYS: (await wrapping).stdout.trim(),
        PATCHBAY_METRICS_PORT: String((taken.address() as AddressInfo).port),
      };
      const { stdout } = await promisify(execFile)(process.execPath, [command], { env });
      expect(stdout).toContain('connected_accounts: 0 moved');
    } finally {
      taken.close();
      await kms.close();
    }
  });

  it('moves everything to the newest key, after which the old one can go', async () => {
    const account = await on.create('acme_key', { generic_api_key: 'key-1' });
    const { token } = await on.newLink('acme_oauth');
    await on.follow(token);
    await on.bus.request(listTransferKeys, {});

    const newest = randomBytes(32).toString('base64');
    const { DATABASE_URL, PATCHBAY_ENCRYPTION_KEYS: older } = on.settings;
    const env = { DATABASE_URL, PATCHBAY_ENCRYPTION_KEYS: `${newest},${older}` };
    const run = () => promisify(execFile)(process.execPath, [command], { env });
    const { stdout } = await run();
    expect(stdout).toContain('connected_accounts: 1 moved to the newest key');
    expect(stdout).toContain('auth_configs: 1 moved');
    expect(stdout).toContain('connect_links: 1 moved');
    expect(stdout).toContain('sign_ins: 1 moved');
    expect(stdout).toContain('transfer_keys: 1 moved');
    const sealed = await on.sql(SEALED);
    expect(sealed).toHaveLength(5);
    const [key] = parseKeyRing(newest);
    for (const row of sealed) expect(row['sealed']).toContain(`.${key.id}.`);
    expect((await run()).stdout).not.toMatch(/[1-9]\d* moved/);

    const later = await runAuth({ ...on.settings, PATCHBAY_ENCRYPTION_KEYS: newest });
    try {
      const { userId, toolkit } = account;
      const opened = await later.app.get(CredentialsService).open({
        projectId: on.projectId,
        userId,
        toolkit,
        address: on.issuer.url,
        toolSlug: 'ACME_KEY_READ',
        rules: { requireChoice: false },
      });
      expect(JSON.stringify(opened)).toContain('key-1');
    } finally {
      await later.close();
    }
  });

  it('is not run, and the start says which keys are missing', async () => {
    await on.create('acme_key', { generic_api_key: 'key-1' });
    const { app } = on.auth;
    const missing = async (vault: Vault) => {
      const told: object[] = [];
      const logger = { error: (about: object) => void told.push(about) };
      await warnOfMissingKeys(app.get(DataSource), vault, SEALED_PLACES, logger);
      return told.flatMap((about) => ('missing' in about ? about.missing : []));
    };
    const ours = parseKeyRing(on.settings.PATCHBAY_ENCRYPTION_KEYS)[0].id;
    expect(await missing(app.get(Vault))).not.toContain(ours);
    const another = parseKeyRing(randomBytes(32).toString('base64'));
    expect(await missing(new Vault({ PATCHBAY_ENCRYPTION_KEYS: another }))).toContain(ours);
  });

  it('stops with what is missing when a key that sealed something is not in the ring', async () => {
    await on.create('acme_key', { generic_api_key: 'key-1' });
    const env = {
      DATABASE_URL: on.settings.DATABASE_URL,
      PATCHBAY_ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
    };
    await expect(promisify(execFile)(process.execPath, [command], { env })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is no longer in PATCHBAY_ENCRYPTION_KEYS'),
    });
  });
});
