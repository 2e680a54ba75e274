import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encrypt, parseKeyRing } from './key-ring.js';
import { SealingVault } from './sealing.vault.js';

const newKey = () => randomBytes(32).toString('base64');
const vaultOf = (...keys: string[]) =>
  new SealingVault<'connected_accounts.sealed_credential' | 'refreshes.sealed_response'>(
    parseKeyRing(keys.join(',')),
    { 'refreshes.sealed_response': 'renewals.sealed_response' },
  );

const key = newKey();
const vault = vaultOf(key);
const column = 'connected_accounts.sealed_credential';
const owner = { projectId: 'proj_a', id: 'ca_1' };
/** What node:crypto says of a wrong key, a changed byte, or other bound data. */
const NOT_AUTHENTIC = /unable to authenticate data/;
const secret = { accessToken: 'gho_very-secret', refreshToken: null, umlaut: 'ü' };

/** The text with one bit changed in one of its two sealed parts. */
function flip(text: string, part: 2 | 3, bit: number): string {
  const index = bit >> 3;
  const parts = text.split('.');
  const bytes = Buffer.from(String(parts[part]), 'base64url');
  bytes.writeUInt8(bytes.readUInt8(index) ^ (1 << (bit & 7)), index);
  parts[part] = bytes.toString('base64url');
  return parts.join('.');
}

/** As the first version sealed: bound to project and row; as the second: to the column as well. */
function sealedBefore({ projectId, id }: typeof owner, value: unknown, boundColumn?: string): string {
  const [master] = parseKeyRing(key);
  const names = [projectId, id, ...(boundColumn ? [boundColumn] : [])];
  const [dataKey, boundTo] = [randomBytes(32), Buffer.from(names.join('\0'))];
  const parts = [
    encrypt(master.key, dataKey, boundTo),
    encrypt(dataKey, Buffer.from(JSON.stringify(value)), boundTo),
  ];
  return [boundColumn ? 'v2' : 'v1', master.id, ...parts.map((part) => part.toString('base64url'))].join('.');
}

function bitsOf(text: string, part: 2 | 3): number {
  return Buffer.from(String(text.split('.')[part]), 'base64url').length * 8;
}

describe('SealingVault', () => {
  it('opens what it sealed', () => {
    for (const value of [secret, 'a text', '', 0, null, [1, { a: 2 }]]) {
      expect(vault.open(column, owner, vault.seal(column, owner, value))).toEqual(value);
    }
  });

  it('shows nothing of the secret, and seals the same secret differently each time', () => {
    const first = vault.seal(column, owner, secret);
    const second = vault.seal(column, owner, secret);
    const encodings = [secret.accessToken, Buffer.from(secret.accessToken).toString('base64url')];
    for (const text of encodings) expect(first).not.toContain(text);
    const [, id, ...sealed] = first.split('.');
    const [, secondId, ...secondSealed] = second.split('.');
    expect(id).toBe(secondId);
    for (const [index, part] of sealed.entries()) expect(part).not.toBe(secondSealed[index]);
  });

  it.each([2, 3] as const)('does not open when any bit of its part %i was changed', (part) => {
    const sealed = vault.seal(column, owner, secret);
    const bits = bitsOf(sealed, part);
    for (let bit = 0; bit < bits; bit += 1) {
      const changed = flip(sealed, part, bit);
      expect(changed).not.toBe(sealed);
      expect(() => vault.open(column, owner, changed)).toThrow(NOT_AUTHENTIC);
    }
  });

  it.each([
    ['another project', { ...owner, projectId: 'proj_b' }],
    ['another connection', { ...owner, id: 'ca_2' }],
    ['an owner whose ids run together to the same text', { projectId: 'proj_', id: 'aca_1' }],
  ])('does not open for %s', (_, other) => {
    const sealed = vault.seal(column, owner, secret);
    expect(() => vault.open(column, other, sealed)).toThrow(NOT_AUTHENTIC);
  });

  it('does not open in another column of the same row', () => {
    const sealed = vault.seal(column, owner, secret);
    expect(() => vault.open('refreshes.sealed_response', owner, sealed)).toThrow(NOT_AUTHENTIC);
    // Nor by saying that it was sealed before columns were bound.
    expect(() => vault.open(column, owner, sealed.replace(/^v2/, 'v1'))).toThrow(NOT_AUTHENTIC);
  });

  it('opens what was sealed before columns were bound, for its own row alone', () => {
    const before = sealedBefore(owner, secret);
    expect(vault.open(column, owner, before)).toEqual(secret);
    expect(() => vault.open(column, { ...owner, id: 'ca_2' }, before)).toThrow(NOT_AUTHENTIC);
    expect(before.startsWith(vault.newestPrefix)).toBe(false);
  });

  it('opens what was sealed under the former name of a column', () => {
    const before = sealedBefore(owner, secret, 'renewals.sealed_response');
    expect(vault.open('refreshes.sealed_response', owner, before)).toEqual(secret);
    expect(() => vault.open(column, owner, before)).toThrow(NOT_AUTHENTIC);
  });

  it('does not open parts of two sealed values put together', () => {
    const [version, id, dataKey] = vault.seal(column, owner, secret).split('.');
    const value = vault.seal(column, owner, secret).split('.')[3];
    expect(() => vault.open(column, owner, [version, id, dataKey, value].join('.'))).toThrow(NOT_AUTHENTIC);
  });

  it('opens what an older key sealed after a new one was put in front, and seals with the new one', () => {
    const sealed = vault.seal(column, owner, secret);
    const next = newKey();
    const rotated = vaultOf(next, key);
    expect(rotated.open(column, owner, sealed)).toEqual(secret);
    expect(vaultOf(next).open(column, owner, rotated.seal(column, owner, secret))).toEqual(secret);
  });

  it('says which key is missing when it left the ring', () => {
    const sealed = vault.seal(column, owner, secret);
    const { id } = parseKeyRing(key)[0];
    expect(() => vaultOf(newKey()).open(column, owner, sealed)).toThrow(
      `The key ${id} that sealed a value is no longer in PATCHBAY_ENCRYPTION_KEYS`,
    );
  });

  it.each(['', 'v1', 'v1.aaaaaaaa', 'v3.aaaaaaaa.AA.AA', 'v1.aaaaaaaa.AA.AA.AA', 'plain text'])(
    'refuses a form that it does not know: %j',
    (text) => {
      expect(() => vault.open(column, owner, text)).toThrow('not in a form this version knows');
    },
  );

  it('refuses parts that are cut short', () => {
    const [version, id, dataKey, value] = vault.seal(column, owner, secret).split('.');
    for (const cut of [4, 12, 20, 30]) {
      const shorter = String(value).slice(0, cut);
      expect(() => vault.open(column, owner, [version, id, dataKey, shorter].join('.'))).toThrow(
        /authenticat|initialization vector/i,
      );
      expect(() =>
        vault.open(column, owner, [version, id, String(dataKey).slice(0, cut), value].join('.')),
      ).toThrow(/authenticat|initialization vector/i);
    }
  });
});
