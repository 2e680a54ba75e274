import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fastify, { type FastifyInstance } from 'fastify';
import { receivedHeaders } from '../http/index.js';
import { acceptWebhooks } from './webhook-bodies.js';

/** What a signature is over: not what it would be once parsed and written again. */
const BODY = '{ "a" :1.0,\n"b":"\\u00fc" }';

describe('the body of a webhook', () => {
  let app: FastifyInstance;
  beforeAll(() => {
    app = fastify();
    acceptWebhooks(app);
    app.all('/api/v3.1/trigger_instances/:hook/handle', ({ body }) => ({
      isRaw: Buffer.isBuffer(body),
      text: String(body),
    }));
    app.post('/api/v3.1/webhook_ingress/:toolkit/:id/trigger_event', (request) => ({
      text: String(request.body),
      headers: receivedHeaders(request),
    }));
    app.post('/api/v3.1/trigger_instances/:slug/upsert', ({ body }) => ({ isRaw: Buffer.isBuffer(body) }));
  });
  afterAll(() => app.close());

  it.each([['application/json'], ['application/x-www-form-urlencoded'], ['text/plain'], [undefined]])(
    'comes byte for byte as %s',
    async (type) => {
      const { json } = await app.inject({
        method: 'POST',
        url: '/api/v3.1/trigger_instances/abc/handle?x=1',
        payload: BODY,
        headers: type ? { 'content-type': type } : {},
      });
      expect(json()).toEqual({ isRaw: true, text: BODY });
    },
  );

  it('may be none at all', async () => {
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/api/v3.1/trigger_instances/abc/handle',
    });
    expect(statusCode).toBe(200);
  });

  it('comes with the headers that it had, but for our own', async () => {
    const { json } = await app.inject({
      method: 'POST',
      url: '/api/v3.1/webhook_ingress/slack/we_1/trigger_event',
      payload: BODY,
      headers: {
        'content-type': 'application/json',
        'X-Signature': 'abc',
        cookie: 'secret',
        __proto__x: '1',
      },
    });
    const { text, headers } = json<{ text: string; headers: Record<string, string> }>();
    expect(text).toBe(BODY);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-signature': 'abc' });
    expect(headers).not.toHaveProperty('cookie');
  });

  it('is left to the parsers at other addresses', async () => {
    const { json } = await app.inject({
      method: 'POST',
      url: '/api/v3.1/trigger_instances/github_x/upsert',
      payload: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(json()).toEqual({ isRaw: false });
  });
});
