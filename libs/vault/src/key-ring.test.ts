import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encryptionKeysSetting } from './encryption-keys.setting.js';
import { parseKeyRing } from './key-ring.js';

const newer = randomBytes(32).toString('base64');
const older = randomBytes(32).toString('base64');

describe('parseKeyRing', () => {
  it('keeps the keys in their order, newest first, each with a name that does not tell it', () => {
    const ring = parseKeyRing(` ${newer} , ${older}\n`);
    expect(ring.map(({ key }) => key.toString('base64'))).toEqual([newer, older]);
    for (const { id, key } of ring) {
      expect(id).toMatch(/^[0-9a-f]{8}$/);
      expect(key.toString('hex')).not.toContain(id);
    }
    expect(parseKeyRing(newer)[0].id).toBe(ring[0].id);
  });

  it.each([
    ['nothing', ''],
    ['a comma too many', `${newer},`],
    ['a key too short', randomBytes(16).toString('base64')],
    ['a key too long', randomBytes(33).toString('base64')],
    ['a key in hex', randomBytes(32).toString('hex')],
    ['words', 'a very secret passphrase of mine'],
    ['a good key beside a bad one', `${newer},${randomBytes(31).toString('base64')}`],
  ])('refuses %s, and says how to make a key', (_, text) => {
    expect(() => parseKeyRing(text)).toThrow(
      'must be base64 keys of 32 bytes joined by commas; make one with: openssl rand -base64 32',
    );
  });
});

describe('PATCHBAY_ENCRYPTION_KEYS', () => {
  const issuesOf = (value: string | undefined) =>
    encryptionKeysSetting.safeParse(value).error?.issues.map(({ message }) => message);

  it('stops the start when it is missing or wrong, without showing it', () => {
    expect(issuesOf(undefined)).toEqual(['is missing; make one with: openssl rand -base64 32']);
    expect(issuesOf('c2VjcmV0')).toEqual([expect.stringMatching(/^must be base64 keys of 32 bytes/)]);
    expect(issuesOf('c2VjcmV0')?.join()).not.toContain('c2VjcmV0');
    expect(issuesOf(newer)).toBeUndefined();
  });
});
