import { createHash, randomBytes } from 'node:crypto';

/** SHA-256 is enough for a key of 192 random bits: there is nothing to guess, so nothing to slow down. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** `ak_` speaks for a project, `uak_` for a person. */
export function newKey(prefix: 'ak' | 'uak'): string {
  return `${prefix}_${randomBytes(24).toString('base64url')}`;
}

/** Enough of a key to recognise it, and far too little to use it. */
export function hintOf(key: string): string {
  return `${key.slice(0, 6)}…${key.slice(-4)}`;
}
