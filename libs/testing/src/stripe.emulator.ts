import { createHmac, randomBytes } from 'node:crypto';
import { startFilledEmulator } from './filled.emulator.js';
import type { LocalServer } from './local.server.js';

export interface StripeEmulator extends LocalServer {
  token: string;
}

interface Endpoint {
  url: string;
  types: string[];
  secret: string;
}

/**
 * Emulated Stripe, with the account and the webhook endpoints that it leaves out: what it tells of is put into the events
 * that Stripe sends, signed for each endpoint, and each is sent twice, as Stripe may.
 */
export async function startStripeEmulator(): Promise<StripeEmulator> {
  const token = `sk_test_${randomBytes(12).toString('hex')}`;
  const endpoints = new Map<string, Endpoint>();
  const server = await startFilledEmulator(
    {
      service: 'stripe',
      seed: (url) => ({
        tokens: { [token]: { login: 'patchbay' } },
        stripe: { webhooks: [{ url: `${url}/told`, events: ['*'], secret: 'inner' }] },
      }),
    },
    async ({ method, path, body }) => {
      if (path === '/v1/account') return { id: 'acct_1', object: 'account', email: 'shop@example.com' };
      if (method === 'POST' && path === '/v1/webhook_endpoints') return register(new URLSearchParams(body));
      if (method === 'DELETE' && path.startsWith('/v1/webhook_endpoints/')) {
        const id = path.slice('/v1/webhook_endpoints/'.length);
        return { id, object: 'webhook_endpoint', deleted: endpoints.delete(id) };
      }
      if (path !== '/told') return undefined;
      await tell(JSON.parse(body) as { type: string; data: object });
      return {};
    },
  );
  return { ...server, token };

  function register(form: URLSearchParams) {
    const id = `we_${randomBytes(8).toString('hex')}`;
    const secret = `whsec_${randomBytes(16).toString('hex')}`;
    const types = [...form].flatMap(([name, value]) => (name.startsWith('enabled_events') ? [value] : []));
    endpoints.set(id, { url: form.get('url') ?? '', types, secret });
    return { id, object: 'webhook_endpoint', secret, enabled_events: types };
  }

  async function tell({ type, data }: { type: string; data: object }): Promise<void> {
    const created = Math.floor(Date.now() / 1000);
    const id = `evt_${randomBytes(8).toString('hex')}`;
    const body = JSON.stringify({ id, object: 'event', type, created, livemode: false, data });
    const wanted = [...endpoints.values()].filter(({ types }) => types.includes(type));
    for (const { url, secret } of [...wanted, ...wanted]) {
      const signature = createHmac('sha256', secret).update(`${created}.${body}`).digest('hex');
      const headers = {
        'content-type': 'application/json',
        'stripe-signature': `t=${created},v1=${signature}`,
      };
      await fetch(url, { method: 'POST', headers, body });
    }
  }
}
