import { createHmac, randomBytes } from 'node:crypto';
import type { TriggerEvent } from './tail.js';

const LIMIT_MS = 15_000;

/** A secret in the form of a subscription's. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(24).toString('base64url')}`;
}

/**
 * Sends an event as a webhook would be sent it, with a signature that `verifyWebhook` takes (docs/webhooks.md).
 * @returns what came of it, in words
 */
export async function forward(
  { id, body }: Pick<TriggerEvent, 'id' | 'body'>,
  { to, secret, signal }: { to: string; secret: string; signal: AbortSignal },
): Promise<string> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  try {
    const answer = await fetch(to, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
        'x-composio-webhook-version': 'V3',
        'x-composio-delivery-attempt': '1',
      },
      body,
    });
    await answer.body?.cancel();
    return `answered ${answer.status}`;
  } catch (error) {
    signal.throwIfAborted();
    const { cause, message } = error as Error & { cause?: { message?: string } };
    return `not delivered: ${cause?.message ?? message}`;
  }
}
