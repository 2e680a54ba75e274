import { createHmac } from 'node:crypto';
import { AuthScheme } from '@composio/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  eventually,
  startWebhookReceiver,
  type ReceivedWebhook,
  type WebhookReceiver,
} from '@patchbay/testing';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { call, createProject } from '../support/http.js';
import { newestComposio } from '../support/sdk.newest.js';

/*
 * What really happens at emulated providers comes to the project's webhook once, signed, in every version, and the official
 * SDKs take it. GitHub's hooks are in `triggers.test.ts`.
 */

const VERSIONS = ['V1', 'V2', 'V3'] as const;

interface Project {
  version: (typeof VERSIONS)[number];
  apiKey: string;
  secret: string;
  receiver: WebhookReceiver;
}

const projects: Project[] = [];
beforeAll(async () => {
  for (const version of VERSIONS) {
    const { apiKey } = await createProject(unique(`providers-${version}`));
    const receiver = await startWebhookReceiver();
    const { subscriptions } = newestComposio(apiKey).webhooks;
    const { secret = '' } = await subscriptions.set({ webhookUrl: receiver.url, version });
    projects.push({ version, apiKey, secret, receiver });
  }
});
afterAll(() => Promise.all(projects.map(({ receiver }) => receiver.close())));

/** A trigger for an account that somebody has there, whose token or key is known. */
async function watch(
  { apiKey }: Project,
  toolkit: string,
  slug: string,
  connection: ReturnType<typeof AuthScheme.BearerToken | typeof AuthScheme.APIKey>,
  triggerConfig: Record<string, unknown> = {},
) {
  const composio = newComposio(apiKey);
  const authScheme = connection.authScheme as 'BEARER_TOKEN' | 'API_KEY';
  const config = await composio.authConfigs.create(toolkit, {
    type: 'use_custom_auth',
    authScheme,
    credentials: {},
  });
  await composio.connectedAccounts.initiate('ann', config.id, { config: connection });
  const { triggerId } = await composio.triggers.create('ann', slug, { triggerConfig });
  return triggerId;
}

const instanceOf = async ({ apiKey }: Project, id: string) => {
  const { body } = await call(`/trigger_instances/active?trigger_ids=${id}`, { apiKey });
  return (body as { items: { type: string; last_polled_at: string | null }[] }).items[0];
};

/** That of all that came to each project one delivery holds this, and that the SDKs take it as what it is. */
async function arrivesOnce(slug: string, what: string): Promise<void> {
  for (const { version, apiKey, secret, receiver } of projects) {
    const isIt = ({ body }: ReceivedWebhook) => body.includes(what);
    await eventually(() => expect(receiver.received.some(isIt)).toBe(true), { timeout: 30_000 });
    const all = receiver.received.filter(isIt);
    expect({ version, deliveries: all.length }).toEqual({ version, deliveries: 1 });
    const { headers, body } = all[0]!;
    const parts = {
      id: String(headers['webhook-id']),
      payload: body,
      secret,
      signature: String(headers['webhook-signature']),
      timestamp: String(headers['webhook-timestamp']),
    };
    for (const sdk of [newComposio(apiKey), newestComposio(apiKey)]) {
      const told = await sdk.triggers.verifyWebhook(parts);
      expect(told).toMatchObject({ version, payload: { triggerSlug: slug } });
      expect(JSON.stringify(told.payload.payload)).toContain(what);
    }
    const request = new Request('https://app.example.com', {
      method: 'POST',
      headers: headers as never,
      body,
    });
    const parsed = await newestComposio(apiKey).triggers.parse(request, { verifySecret: secret });
    expect(parsed).toMatchObject({ version, payload: { triggerSlug: slug } });
  }
}

it('a mail in Gmail, which is polled', async () => {
  const slug = 'GMAIL_NEW_GMAIL_MESSAGE';
  const connection = AuthScheme.BearerToken({ token: environment.googleToken });
  const ids = [];
  for (const project of projects) {
    const id = await watch(project, 'gmail', slug, connection);
    await eventually(async () => expect((await instanceOf(project, id))?.last_polled_at).toBeTruthy());
    ids.push(id);
  }
  const subject = unique('A mail really sent');
  const raw = Buffer.from(
    `From: grace@example.com\r\nTo: ada@example.com\r\nSubject: ${subject}\r\n\r\nGrüße`,
  ).toString('base64url');
  const sent = await fetch(`${environment.googleUrl}/gmail/v1/users/me/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${environment.googleToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ raw, labelIds: ['INBOX', 'UNREAD'] }),
  });
  expect(sent.status).toBe(200);
  // Looked for at once, and not when the minute is over; and once more after it was found.
  for (let times = 0; times < 2; times += 1) {
    for (const [index, { apiKey }] of projects.entries()) {
      await newComposio(apiKey).triggers.disable(ids[index]!);
      await newComposio(apiKey).triggers.enable(ids[index]!);
    }
    await arrivesOnce(slug, subject);
  }
}, 120_000);

it('a product in Stripe, which registers a hook and sends each event twice', async () => {
  const slug = 'STRIPE_PRODUCT_CREATED_TRIGGER';
  const connection = AuthScheme.APIKey({ generic_api_key: environment.stripeToken });
  for (const project of projects) {
    const id = await watch(project, 'stripe', slug, connection);
    expect(await instanceOf(project, id)).toMatchObject({ type: 'webhook' });
  }
  const name = unique('A product really made');
  const made = await fetch(`${environment.stripeUrl}/v1/products`, {
    method: 'POST',
    headers: { authorization: `Bearer ${environment.stripeToken}` },
    body: new URLSearchParams({ name }),
  });
  expect(made.status).toBe(200);
  await arrivesOnce(slug, name);
}, 120_000);

it('a message in Slack, told to the endpoint of the app as Slack signs it, and told again', async () => {
  const slug = 'SLACK_CHANNEL_MESSAGE_RECEIVED';
  const signing = unique('signing-secret');
  const connection = AuthScheme.BearerToken({ token: environment.slackToken });
  const urls = [];
  for (const project of projects) {
    const { endpoints } = newestComposio(project.apiKey).webhooks;
    const made = await endpoints.create({ toolkitSlug: 'slack', clientId: '12345.67890' });
    await endpoints.replace(made.id, { data: { webhook_signing_secret: signing } });
    urls.push(made.webhookUrl);
    await watch(project, 'slack', slug, connection);
  }
  const channel = (await slack('conversations.list')).channels?.find(({ name }) => name === 'deploys')?.id;
  const text = unique('A message really written');
  await slack('chat.postMessage', { channel, text });
  const { messages = [] } = await slack('conversations.history', { channel });
  const message = messages.find((one) => one.text === text);
  const { team_id } = await slack('auth.test');
  // The emulator has no Events API: what it holds is told as that would tell it.
  const body = JSON.stringify({
    type: 'event_callback',
    event_id: unique('Ev'),
    event_time: Math.floor(Date.now() / 1000),
    team_id,
    event: { ...message, type: 'message', channel, channel_type: 'channel' },
  });
  for (const url of [...urls, ...urls]) {
    const at = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', signing).update(`v0:${at}:${body}`).digest('hex');
    const headers = { 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${signature}` };
    expect((await call(url, { method: 'POST', apiKey: null, body, headers })).status).toBe(200);
  }
  await arrivesOnce(slug, text);
}, 120_000);

/** Asks the emulator past the platform. */
async function slack(method: string, body: object = {}) {
  const answer = await fetch(`${environment.slackUrl}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${environment.slackToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as {
    team_id?: string;
    channels?: { id: string; name: string }[];
    messages?: Record<string, unknown>[];
  };
}
