import { createHmac, timingSafeEqual } from 'node:crypto';
import type { InboundRequest } from '../webhook.js';

export interface SignatureCheck {
  secret: string | Uint8Array;
  /** What was signed, one part after the other. */
  message: (string | Uint8Array)[];
  /** What the request says its signature is. */
  given: string | undefined;
  /** Default: sha256. */
  algorithm?: 'sha1' | 'sha256';
  /** Default: hex. */
  encoding?: 'hex' | 'base64' | 'base64url';
  /** What stands before the signature, such as `sha256=`. */
  prefix?: string;
}

/** Whether a message is signed with the secret: an HMAC (RFC 2104), compared in constant time. */
export function isSigned({
  secret,
  message,
  given,
  algorithm = 'sha256',
  encoding = 'hex',
  prefix = '',
}: SignatureCheck): boolean {
  if (secret.length === 0 || !given?.startsWith(prefix)) return false;
  const hmac = createHmac(algorithm, secret);
  for (const part of message) hmac.update(part);
  return isSame(given.slice(prefix.length), hmac.digest(encoding));
}

/** Whether two texts are the same, in a time that does not tell how much of them is. */
export function isSame(given: string | undefined, expected: string | undefined): boolean {
  if (given === undefined || !expected) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether a request was sent longer ago than a receiver takes, or that far ahead: so that one cannot be sent again later. */
export function isLate(
  { receivedAt }: InboundRequest,
  sentAtMs: number | undefined,
  toleranceSeconds: number,
): boolean {
  return !Number.isFinite(sentAtMs) || Math.abs(receivedAt - Number(sentAtMs)) > toleranceSeconds * 1000;
}
