import { createHmac } from 'node:crypto';

/**
 * The signature of a delivery, in the form of Standard Webhooks with another key: the whole secret as UTF-8 with its
 * `whsec_`, as the official SDKs verify it.
 * @param timestamp Unix seconds of this attempt; receivers refuse one that is more than five minutes away
 * @param body its bytes exactly as they are sent
 */
export function sign(secret: string, messageId: string, timestamp: number, body: string): string {
  const digest = createHmac('sha256', secret).update(`${messageId}.${timestamp}.${body}`).digest('base64');
  return `v1,${digest}`;
}
