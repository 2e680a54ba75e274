import { PatchbayError } from './errors.js';

const TOLERANCE_SECONDS = 300;
const VERSION = 'v1';

/** A delivery that Patchbay did not send, or not now. */
export class WebhookError extends PatchbayError {
  override name = 'WebhookError';
}

export interface Delivery {
  /** The body exactly as it came: one that was parsed and written again has another signature. */
  body: string | Uint8Array<ArrayBuffer>;
  headers: Headers | Record<string, string | string[] | undefined>;
  /** The secret of the subscription, whole; several while it is changed. */
  secret: string | readonly string[];
  /** How old, or how far ahead, a delivery may be; five minutes unless it is said. */
  toleranceSeconds?: number;
}

export interface VerifiedDelivery {
  /** The same over all attempts: what was handled under it is not handled again. */
  id: string;
  /** Of this attempt. */
  sentAt: Date;
  /** The parsed body. */
  event: unknown;
}

/**
 * Checks who sent a delivery and when, and reads it. Its headers are those of Standard Webhooks (`webhook-id`,
 * `webhook-timestamp`, `webhook-signature`), and the key of the HMAC-SHA256 is the secret as text, prefix and all. The
 * comparison takes the same time whatever differs.
 * @throws WebhookError when it is not to be believed
 */
export async function verifyWebhook(delivery: Delivery): Promise<VerifiedDelivery> {
  const id = headerOf(delivery, 'webhook-id');
  const timestamp = headerOf(delivery, 'webhook-timestamp');
  const sentAt = timeOf(timestamp, delivery.toleranceSeconds ?? TOLERANCE_SECONDS);
  const body = typeof delivery.body === 'string' ? encode(delivery.body) : delivery.body;
  const signed = joined(encode(`${id}.${timestamp}.`), body);
  if (!(await isSigned(signed, signaturesOf(delivery), [delivery.secret].flat())))
    throw new WebhookError('The signature is not one by this secret over this body');
  return { id, sentAt, event: parse(body) };
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}

const encode = (text: string) => new TextEncoder().encode(text);

function headerOf({ headers }: Delivery, name: string): string {
  const value =
    headers instanceof Headers
      ? headers.get(name)
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  const text = Array.isArray(value) ? value.join(' ') : value;
  if (!text) throw new WebhookError(`The header ${name} is missing`);
  return text;
}

function timeOf(timestamp: string, toleranceSeconds: number): Date {
  if (!/^\d{1,12}$/.test(timestamp)) throw new WebhookError('webhook-timestamp is no time in seconds');
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > toleranceSeconds)
    throw new WebhookError(`It was sent at another time than now: more than ${toleranceSeconds} s apart`);
  return new Date(Number(timestamp) * 1000);
}

/** Several stand there, each with its version, while a secret is changed. */
function signaturesOf(delivery: Delivery): Uint8Array<ArrayBuffer>[] {
  return headerOf(delivery, 'webhook-signature')
    .split(' ')
    .filter((part) => part.startsWith(`${VERSION},`))
    .map((part) => part.slice(VERSION.length + 1))
    .filter((text) => /^[A-Za-z0-9+/]{43}=$/.test(text))
    .map((text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
}

async function isSigned(
  signed: Uint8Array<ArrayBuffer>,
  signatures: Uint8Array<ArrayBuffer>[],
  secrets: readonly string[],
): Promise<boolean> {
  for (const secret of secrets) {
    if (secret === '') throw new WebhookError('The secret is empty');
    const key = await crypto.subtle.importKey(
      'raw',
      encode(secret),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['verify'],
    );
    for (const signature of signatures)
      if (await crypto.subtle.verify('HMAC', key, signature, signed)) return true;
  }
  return false;
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch (error) {
    throw new WebhookError('The body is no JSON', { cause: error });
  }
}
