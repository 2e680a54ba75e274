import { createHash, randomBytes } from 'node:crypto';

/** 192 random bits, url-safe. */
export function newSecretToken(prefix = ''): string {
  return prefix + randomBytes(24).toString('base64url');
}

/** Links and states are stored as hashes, so that a reader of the table cannot use them. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
