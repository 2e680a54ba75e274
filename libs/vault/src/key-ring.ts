import { createCipheriv, createDecipheriv, createHash, createSecretKey, randomBytes } from 'node:crypto';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

export interface MasterKey {
  /** The first characters of the key's hash: names the key without telling it. */
  id: string;
  key: Buffer;
}
export type KeyRing = readonly [MasterKey, ...MasterKey[]];

/** Reads `PATCHBAY_ENCRYPTION_KEYS`: base64 keys of 32 bytes joined by commas, newest first. */
export function parseKeyRing(text: string): KeyRing {
  const keys = text
    .split(',')
    .map((part) => Buffer.from(part.trim(), 'base64'))
    .map((key) => ({ id: createHash('sha256').update(key).digest('hex').slice(0, 8), key }));
  const [first, ...older] = keys;
  if (!first || keys.some(({ key }) => key.length !== KEY_BYTES)) {
    throw new Error(
      'must be base64 keys of 32 bytes joined by commas; make one with: openssl rand -base64 32',
    );
  }
  return [first, ...older];
}

/** The form that `parseKeyRing` reads. */
export function formatKeyRing(ring: KeyRing): string {
  return ring.map(({ key }) => key.toString('base64')).join(',');
}

/**
 * AES-256-GCM (NIST SP 800-38D) with a fresh IV: IV, tag and ciphertext in one buffer. Node 24 takes three times as long
 * for a key that is bytes as for a key object made of them.
 */
export function encrypt(key: Buffer, plain: Buffer, boundTo: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, createSecretKey(key), iv).setAAD(boundTo);
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), ciphertext]);
}

/** @throws Error when a bit was changed, or when it was bound to something else */
export function decrypt(key: Buffer, sealed: Buffer, boundTo: Buffer): Buffer {
  const iv = sealed.subarray(0, IV_BYTES);
  const tag = sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, createSecretKey(key), iv, { authTagLength: TAG_BYTES })
    .setAAD(boundTo)
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}
