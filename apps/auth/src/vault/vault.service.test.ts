import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parseKeyRing } from './key-ring.js';
import { Vault } from './vault.service.js';

const newKey = () => randomBytes(32).toString('base64');
const vaultOf = (...keys: string[]) => new Vault({ PATCHBAY_ENCRYPTION_KEYS: parseKeyRing(keys.join(',')) });

const key = newKey();
const vault = vaultOf(key);
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

function bitsOf(text: string, part: 2 | 3): number {
  return Buffer.from(String(text.split('.')[part]), 'base64url').length * 8;
}

describe('Vault', () => {
  it('opens what it sealed', () => {
    for (const value of [secret, 'a text', '', 0, null, [1, { a: 2 }]]) {
      expect(vault.open(owner, vault.seal(owner, value))).toEqual(value);
    }
  });

  it('shows nothing of the secret, and seals the same secret differently each time', () => {
    const first = vault.seal(owner, secret);
    const second = vault.seal(owner, secret);
    const encodings = [secret.accessToken, Buffer.from(secret.accessToken).toString('base64url')];
    for (const text of encodings) expect(first).not.toContain(text);
    const [, id, ...sealed] = first.split('.');
    const [, secondId, ...secondSealed] = second.split('.');
    expect(id).toBe(secondId);
    for (const [index, part] of sealed.entries()) expect(part).not.toBe(secondSealed[index]);
  });

  it.each([2, 3] as const)('does not open when any bit of its part %i was changed', (part) => {
    const sealed = vault.seal(owner, secret);
    const bits = bitsOf(sealed, part);
    for (let bit = 0; bit < bits; bit += 1) {
      const changed = flip(sealed, part, bit);
      expect(changed).not.toBe(sealed);
      expect(() => vault.open(owner, changed)).toThrow(NOT_AUTHENTIC);
    }
  });

  it.each([
    ['another project', { ...owner, projectId: 'proj_b' }],
    ['another connection', { ...owner, id: 'ca_2' }],
    ['an owner whose ids run together to the same text', { projectId: 'proj_', id: 'aca_1' }],
  ])('does not open for %s', (_, other) => {
    const sealed = vault.seal(owner, secret);
    expect(() => vault.open(other, sealed)).toThrow(NOT_AUTHENTIC);
  });

  it('does not open parts of two sealed values put together', () => {
    const [version, id, dataKey] = vault.seal(owner, secret).split('.');
    const value = vault.seal(owner, secret).split('.')[3];
    expect(() => vault.open(owner, [version, id, dataKey, value].join('.'))).toThrow(NOT_AUTHENTIC);
  });

  it('opens what an older key sealed after a new one was put in front, and seals with the new one', () => {
    const sealed = vault.seal(owner, secret);
    const next = newKey();
    const renewed = vaultOf(next, key);
    expect(renewed.open(owner, sealed)).toEqual(secret);
    expect(vaultOf(next).open(owner, renewed.seal(owner, secret))).toEqual(secret);
  });

  it('says which key is missing when it left the ring', () => {
    const sealed = vault.seal(owner, secret);
    const { id } = parseKeyRing(key)[0];
    expect(() => vaultOf(newKey()).open(owner, sealed)).toThrow(
      `The key ${id} that sealed a value is no longer in PATCHBAY_ENCRYPTION_KEYS`,
    );
  });

  it.each(['', 'v1', 'v1.aaaaaaaa', 'v2.aaaaaaaa.AA.AA', 'v1.aaaaaaaa.AA.AA.AA', 'plain text'])(
    'refuses a form that it does not know: %j',
    (text) => {
      expect(() => vault.open(owner, text)).toThrow('not in a form this version knows');
    },
  );

  it('refuses parts that are cut short', () => {
    const [version, id, dataKey, value] = vault.seal(owner, secret).split('.');
    for (const cut of [4, 12, 20, 30]) {
      const shorter = String(value).slice(0, cut);
      expect(() => vault.open(owner, [version, id, dataKey, shorter].join('.'))).toThrow(
        /authenticat|initialization vector/i,
      );
      expect(() => vault.open(owner, [version, id, String(dataKey).slice(0, cut), value].join('.'))).toThrow(
        /authenticat|initialization vector/i,
      );
    }
  });
});
