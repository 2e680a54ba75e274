import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getAuthConfig, listTransferKeys, updateAuthConfig } from '@patchbay/contracts';
import { CompactEncrypt, CompactSign, generateKeyPair, importJWK } from 'jose';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';
import { runAuth } from '../../test/running-auth.js';

const SECRET = 'client-secret-ä';
let on: Accounts;
beforeAll(async () => {
  on = await startAccounts();
});
afterAll(() => on?.stop());

const list = () => on.bus.request(listTransferKeys, {});
/** As the official SDK's documentation tells a developer to do it. */
async function seal(secret: string | Uint8Array, header: { kid?: string; alg?: string; enc?: string } = {}) {
  const { activeKid, keys } = await list();
  const { kid = activeKid, alg = 'RSA-OAEP-256', enc = 'A256GCM' } = header;
  const jwk = keys.find((key) => key.kid === kid) ?? keys[0];
  return new CompactEncrypt(typeof secret === 'string' ? new TextEncoder().encode(secret) : secret)
    .setProtectedHeader({ alg, enc, kid })
    .encrypt(await importJWK({ ...jwk, alg }, alg));
}
const create = (sealedCredentials: Record<string, string>, credentials: Record<string, string> = {}) =>
  on.newConfig('acme_oauth', { credentials: { client_id: 'my-app', ...credentials }, sealedCredentials });
const secretSent = async (authConfigId: string) => {
  const { token } = await on.newLink('acme_oauth', { authConfigId });
  const sent = await on.follow(token);
  await on.complete({ code: 'code-1', state: String(sent.searchParams.get('state')) }, sent);
  return on.issuer.heardAt('/token').at(-1)?.form.get('client_secret');
};

describe('the transfer keys', () => {
  it('are made once, whoever asks first, and their private halves lie sealed', async () => {
    const lists = await Promise.all([list(), list(), list()]);
    expect(new Set(lists.map(({ activeKid }) => activeKid)).size).toBe(1);
    const { keys, activeKid } = await list();
    expect(lists[0]?.activeKid).toBe(activeKid);
    expect(keys).toEqual([
      { kty: 'RSA', n: expect.any(String), e: 'AQAB', alg: 'RSA-OAEP-256', use: 'enc', kid: activeKid },
    ]);
    const [row] = await on.sql('SELECT * FROM auth.transfer_keys');
    expect(String(row?.['sealed_key'])).toMatch(/^v2\./);
    for (const part of ['"d"', '"p"', '"q"']) expect(JSON.stringify(row)).not.toContain(part);
  });

  it('are replaced after 90 days, open what was sealed to them for as long again, and are gone then', async () => {
    const old = await list();
    const sealed = await seal(SECRET);
    const age = (days: number) =>
      on.sql(
        `UPDATE auth.transfer_keys SET created_at = now() - $1::interval, expires_at = now() + $2::interval
          WHERE kid = $3`,
        [`${days} days`, `${180 - days} days`, old.activeKid],
      );
    await age(91);
    const now = await list();
    expect(now.activeKid).not.toBe(old.activeKid);
    expect(now.keys.map(({ kid }) => kid)).toEqual([now.activeKid, old.activeKid]);
    expect((await create({ client_secret: sealed })).secretCredentials).toEqual(['client_secret']);
    await age(181);
    expect((await list()).keys.map(({ kid }) => kid)).toEqual([now.activeKid]);
    await expect(create({ client_secret: sealed })).rejects.toMatchObject({
      code: 'invalid_request',
      issues: [expect.stringMatching(/^sealed_credentials\.client_secret: was sealed to a key that is not/)],
    });
  });

  it('are the same for a replica with the same key ring', async () => {
    const sealed = await seal(SECRET);
    const other = await runAuth(on.settings);
    try {
      expect((await create({ client_secret: sealed })).secretCredentials).toEqual(['client_secret']);
    } finally {
      await other.close();
    }
  });
});

describe('sealed credentials', () => {
  it('are what the provider is sent, and stand nowhere in the open', async () => {
    const config = await create({ client_secret: await seal(SECRET) });
    expect(config).toMatchObject({
      credentials: { client_id: 'my-app' },
      secretCredentials: ['client_secret'],
    });
    expect(await secretSent(config.id)).toBe(SECRET);
    const key = { projectId: on.projectId, id: config.id };
    const change = { ...key, isManaged: false, sealedCredentials: { client_secret: await seal('changed') } };
    await on.bus.request(updateAuthConfig, change);
    expect(await secretSent(config.id)).toBe('changed');
    expect((await on.bus.request(getAuthConfig, key)).credentials).toEqual({ client_id: 'my-app' });
    const rows = JSON.stringify(await on.sql('SELECT * FROM auth.auth_configs'));
    for (const secret of [SECRET, 'changed']) expect(rows).not.toContain(secret);
  });

  it('are refused by name when they cannot be opened, and never repeated', async () => {
    const good = await seal(SECRET);
    const { publicKey } = await generateKeyPair('RSA-OAEP-256');
    const { activeKid } = await list();
    const toAnother = await new CompactEncrypt(new TextEncoder().encode(SECRET))
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: activeKid })
      .encrypt(publicKey);
    const { privateKey } = await generateKeyPair('RS256');
    const signed = await new CompactSign(new TextEncoder().encode(SECRET))
      .setProtectedHeader({ alg: 'RS256', kid: activeKid })
      .sign(privateKey);
    const [head, key, iv, text, tag] = good.split('.');
    for (const [jwe, why] of [
      ['garbage', 'must be a compact JWE'],
      ['', 'must be a compact JWE'],
      ['....', 'must be a compact JWE'],
      [SECRET, 'must be a compact JWE'],
      [signed, 'must be a compact JWE'],
      [await seal(SECRET, { kid: 'no-such-key' }), 'was sealed to a key that is not'],
      [await seal(SECRET, { alg: 'RSA-OAEP' }), 'must be a compact JWE'],
      [await seal(SECRET, { enc: 'A128GCM' }), 'must be a compact JWE'],
      [toAnother, 'cannot be opened'],
      [[head, key, iv, `${text}AA`, tag].join('.'), 'cannot be opened'],
      [await seal(new Uint8Array([0xff, 0xfe, 0x00])), 'cannot be opened'],
      [await seal('x'.repeat(20_001)), 'must not have more than'],
    ] as const) {
      const error = await create({ client_secret: jwe }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'invalid_request', issues: [expect.stringContaining(why)] });
      const told = JSON.stringify([error, String(error)]);
      for (const part of [SECRET, ...(jwe.length > 10 ? [jwe] : [])]) expect(told).not.toContain(part);
    }
  });

  it('are bounded, and stand in for a required field but not for one that is given already', async () => {
    await expect(create({ client_secret: 'x'.repeat(40_001) })).rejects.toMatchObject(
      refused('invalid_request'),
    );
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`field_${index}`, 'x']));
    await expect(create(many)).rejects.toMatchObject(refused('invalid_request'));
    const sealed = { client_secret: await seal(SECRET) };
    await expect(create(sealed, { client_secret: 'open' })).rejects.toMatchObject({
      issues: ['sealed_credentials.client_secret: is among the credentials, too'],
    });
    await expect(create({ client_id: await seal('') })).rejects.toMatchObject(refused('invalid_request'));
  });
});
