import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyWebhook, WebhookError, type Delivery } from './index.js';

const SECRET = 'whsec_c2VjcmV0';
const BODY = '{"id":"msg_1","text":"grüße"}';
const now = () => Math.floor(Date.now() / 1000);

/** As the sender does it: the whole secret as text is the key. */
function deliveryOf(more: { at?: number | string; id?: string; secret?: string } = {}): Delivery {
  const { at = now(), id = 'msg_1', secret = SECRET } = more;
  const signature = createHmac('sha256', secret).update(`${id}.${at}.${BODY}`).digest('base64');
  return {
    body: BODY,
    secret: SECRET,
    headers: { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${signature}` },
  };
}

function withHeader(name: string, value: string | undefined): Delivery {
  const delivery = deliveryOf();
  return { ...delivery, headers: { ...(delivery.headers as Record<string, string>), [name]: value } };
}
const signatureOf = ({ headers }: Delivery) => (headers as Record<string, string>)['webhook-signature']!;

describe('a delivery', () => {
  it('is believed with its signature, as text and as bytes, in any form of headers', async () => {
    const at = now() - 60;
    const delivery = deliveryOf({ at });
    const verified = await verifyWebhook(delivery);
    expect(verified).toEqual({
      id: 'msg_1',
      sentAt: new Date(at * 1000),
      event: { id: 'msg_1', text: 'grüße' },
    });
    const headers = new Headers(delivery.headers as Record<string, string>);
    const capitals = Object.fromEntries([...headers].map(([key, value]) => [key.toUpperCase(), [value]]));
    await verifyWebhook({ ...delivery, headers, body: new TextEncoder().encode(BODY) });
    await verifyWebhook({ ...delivery, headers: capitals });
  });

  it('may have several signatures and secrets, while a secret is changed', async () => {
    const old = signatureOf(deliveryOf({ secret: 'old' }));
    const both = `v2,abc ${old} ${signatureOf(deliveryOf())}`;
    await expect(verifyWebhook(withHeader('webhook-signature', both))).resolves.toBeDefined();
    const delivery = deliveryOf({ secret: 'new' });
    await expect(verifyWebhook({ ...delivery, secret: [SECRET, 'new'] })).resolves.toBeDefined();
  });

  it.each<[string, Delivery]>([
    ['another secret', { ...deliveryOf(), secret: 'whsec_other' }],
    ['a secret without its prefix', { ...deliveryOf(), secret: SECRET.slice(6) }],
    ['no secret', { ...deliveryOf(), secret: '' }],
    ['no secrets', { ...deliveryOf(), secret: [] }],
    ['another body', { ...deliveryOf(), body: BODY.replace('msg_1', 'msg_2') }],
    ['another id', withHeader('webhook-id', 'msg_2')],
    ['another time', withHeader('webhook-timestamp', String(now() - 1))],
    ['a time that is none', deliveryOf({ at: '1e9' })],
    ['a time of long ago', deliveryOf({ at: now() - 301 })],
    ['a time to come', deliveryOf({ at: now() + 302 })],
    ['a signature cut short', withHeader('webhook-signature', 'v1,')],
    ['a signature that is no base64', withHeader('webhook-signature', `v1,${'!'.repeat(44)}`)],
    [
      'a signature of another version',
      withHeader('webhook-signature', signatureOf(deliveryOf()).replace('v1', 'v2')),
    ],
    ['no signature', withHeader('webhook-signature', undefined)],
    ['no id', withHeader('webhook-id', undefined)],
  ])('is not believed with %s', async (_what, delivery) => {
    await expect(verifyWebhook(delivery)).rejects.toBeInstanceOf(WebhookError);
  });

  it('may be older when its receiver says so', async () => {
    const delivery = deliveryOf({ at: now() - 3000 });
    await expect(verifyWebhook({ ...delivery, toleranceSeconds: 3600 })).resolves.toBeDefined();
  });
});
