import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { receiversOf, SHIPPED_TOOLKITS, type InboundRequest, type Receiver } from '@patchbay/toolkits';
import { installedReceivers } from '@patchbay/toolkits/webhooks';
import { HOOK_URL, inbound, NOW } from '../describe-triggers.js';

const receivers = await installedReceivers({});
const receiver = (toolkit: string): Receiver => {
  const found = receivers.get(toolkit);
  if (!found) throw new Error(`${toolkit} takes no webhooks`);
  return found;
};

const hmac = (secret: string, message: string, how: 'hex' | 'base64' = 'hex', algorithm = 'sha256') =>
  createHmac(algorithm, secret).update(message).digest(how);
const SECRET = 'the-secret-of-the-hook';
const seconds = (late = 0) => String(NOW.getTime() / 1000 - late);

interface Case {
  /** The names under which the receiver knows what it verifies with. */
  secrets: Record<string, string>;
  hook?: Record<string, unknown>;
  /** A request that is signed with a secret, so many seconds ago. */
  request: (secret: string, lateSeconds: number) => InboundRequest;
  /** After so many seconds it is too old; absent: it carries no time. */
  toleranceSeconds?: number;
}

/** As all of Google's channels are. */
const CHANNEL: Case = {
  secrets: { secret: SECRET },
  hook: { channel_id: 'c1', resource_id: 'r1' },
  request: (secret) =>
    inbound('', {
      headers: {
        'x-goog-channel-token': secret,
        'x-goog-channel-id': 'c1',
        'x-goog-resource-id': 'r1',
        'x-goog-resource-state': 'exists',
        'x-goog-message-number': '2',
      },
    }),
};

const CASES: Record<string, Case> = {
  airtable: {
    secrets: { secret: Buffer.from(SECRET).toString('base64') },
    hook: { webhook_id: 'ach1' },
    request: (secret) => {
      const body = '{"webhook":{"id":"ach1"}}';
      return inbound(body, { headers: { 'x-airtable-content-mac': `hmac-sha256=${hmac(secret, body)}` } });
    },
  },
  github: {
    secrets: { secret: SECRET },
    request: (secret) => {
      const headers = {
        'x-hub-signature-256': `sha256=${hmac(secret, '{"a":1}')}`,
        'x-github-event': 'push',
        'x-github-delivery': 'd-1',
      };
      return inbound('{"a":1}', { headers });
    },
  },
  slack: {
    secrets: { webhook_signing_secret: SECRET },
    toleranceSeconds: 300,
    request: (secret, late) => {
      const at = seconds(late);
      const body = '{"type":"event_callback"}';
      const signature = `v0=${hmac(secret, `v0:${at}:${body}`)}`;
      return inbound(body, { headers: { 'x-slack-request-timestamp': at, 'x-slack-signature': signature } });
    },
  },
  notion: {
    secrets: { verification_token: SECRET },
    request: (secret) =>
      inbound('{"id":"e"}', { headers: { 'x-notion-signature': `sha256=${hmac(secret, '{"id":"e"}')}` } }),
  },
  linear: {
    secrets: { secret: SECRET },
    toleranceSeconds: 60,
    request: (secret, late) => {
      const body = JSON.stringify({ webhookTimestamp: NOW.getTime() - late * 1000 });
      return inbound(body, { headers: { 'linear-signature': hmac(secret, body), 'linear-delivery': 'd' } });
    },
  },
  stripe: {
    secrets: { secret: SECRET },
    toleranceSeconds: 300,
    request: (secret, late) => {
      const at = seconds(late);
      const signature = `t=${at},v1=${'0'.repeat(64)},v1=${hmac(secret, `${at}.{"object":"event"}`)},v0=x`;
      return inbound('{"object":"event"}', { headers: { 'stripe-signature': signature } });
    },
  },
  asana: {
    secrets: { hook_secret: SECRET },
    request: (secret) => {
      const body = '{"events":[{"action":"added"}]}';
      return inbound(body, { headers: { 'x-hook-signature': hmac(secret, body) } });
    },
  },
  jira: {
    secrets: { secret: SECRET },
    hook: { webhook_id: 12 },
    request: (secret) => inbound({ matchedWebhookIds: [secret === SECRET ? 12 : 13] }),
  },
  hubspot: {
    secrets: { client_secret: SECRET },
    toleranceSeconds: 300,
    request: (secret, late) => {
      const at = String(NOW.getTime() - late * 1000);
      const signature = hmac(secret, `POST${HOOK_URL}[]${at}`, 'base64');
      return inbound('[]', {
        headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': at },
      });
    },
  },
  outlook: {
    secrets: { secret: SECRET },
    request: (secret) => inbound({ value: [{ clientState: SECRET }, { clientState: secret }] }),
  },
  googlecalendar: CHANNEL,
  googledrive: CHANNEL,
  trello: {
    secrets: { secret: SECRET },
    request: (secret) =>
      inbound('{"action":{}}', {
        headers: { 'x-trello-webhook': hmac(secret, `{"action":{}}${HOOK_URL}`, 'base64', 'sha1') },
      }),
  },
};

describe('verification', () => {
  it('is tried here for every toolkit that takes webhooks, and they are those of the catalogue', () => {
    expect([...receivers.keys()].toSorted()).toEqual(Object.keys(CASES).toSorted());
    const ofCatalogue = receiversOf(SHIPPED_TOOLKITS.flatMap(({ triggers = [] }) => triggers));
    expect([...receivers.keys()].toSorted()).toEqual([...ofCatalogue.keys()].toSorted());
  });

  it.each(Object.entries(CASES))('%s takes what is its own, and nothing else', (toolkit, one) => {
    const { secrets, hook, request } = one;
    const verify = (made: InboundRequest, known = secrets) =>
      receiver(toolkit).verify(made, { secrets: known, hook });
    const own = request(SECRET, 0);
    expect(verify(own)).toEqual({ outcome: 'accepted' });
    expect(verify(request('of-somebody-else', 0))).toMatchObject({ outcome: 'refused' });
    expect(verify({ ...own, headers: {}, body: Buffer.from('{}') })).toMatchObject({ outcome: 'refused' });
  });

  const signed = Object.entries(CASES).filter(
    ([toolkit]) => !['jira', 'outlook', 'googlecalendar', 'googledrive'].includes(toolkit),
  );
  it.each(signed)(
    '%s takes no body but the one that was signed, and nothing without a secret',
    (toolkit, one) => {
      const verify = (made: InboundRequest, secrets: Record<string, string>) =>
        receiver(toolkit).verify(made, { secrets, hook: one.hook });
      const own = one.request(SECRET, 0);
      const changed = { ...own, body: Buffer.concat([own.body, Buffer.from(' ')]) };
      expect(verify(changed, one.secrets)).toMatchObject({ outcome: 'refused' });
      expect(verify(own, {})).toMatchObject({ outcome: 'refused' });
      expect(
        verify(one.request('', 0), Object.fromEntries(Object.keys(one.secrets).map((name) => [name, '']))),
      ).toMatchObject({
        outcome: 'refused',
      });
    },
  );

  const timed = Object.entries(CASES).filter(([, { toleranceSeconds }]) => toleranceSeconds !== undefined);
  it.each(timed)('%s takes nothing that was sent too long ago, though it is signed', (toolkit, one) => {
    const { secrets, request, toleranceSeconds = 0 } = one;
    const verify = (late: number) => receiver(toolkit).verify(request(SECRET, late), { secrets }).outcome;
    const outcomes = [toleranceSeconds - 5, toleranceSeconds + 5, -toleranceSeconds - 5].map(verify);
    expect(outcomes).toEqual(['accepted', 'refused', 'refused']);
  });

  it('of Jira is by a JWT of its app, where the secret of that is known', () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = (secret: string, claims: object = {}, alg = 'HS256') => {
      const message = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
      return `${message}.${createHmac('sha256', secret).update(message).digest('base64url')}`;
    };
    const outcome = (authorization?: string, secret = SECRET) =>
      receiver('jira').verify(
        inbound({ matchedWebhookIds: [12] }, { headers: { ...(authorization && { authorization }) } }),
        { secrets: { secret }, hook: { webhook_id: 12, signed: true } },
      ).outcome;
    const now = NOW.getTime() / 1000;
    expect(outcome(`Bearer ${token(SECRET)}`)).toBe('accepted');
    expect(outcome(`JWT ${token(SECRET, { exp: now + 100 })}`)).toBe('accepted');
    for (const other of [
      undefined,
      'Bearer',
      `Bearer ${token('of-somebody-else')}`,
      `Bearer ${token(SECRET, {}, 'none')}`,
      `Bearer ${token(SECRET, { exp: now - 100 })}`,
      `Bearer ${token(SECRET).replace(/\.[^.]*$/, '.')}`,
    ]) {
      expect(outcome(other)).toBe('refused');
    }
    expect(outcome(`Bearer ${token('')}`, '')).toBe('refused');
  });

  it("knows GitHub's own example of a signature", () => {
    const headers = {
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
      'x-github-event': 'push',
      'x-github-delivery': 'd-1',
    };
    const secrets = { secret: "It's a Secret to Everybody" };
    expect(receiver('github').verify(inbound('Hello, World!', { headers }), { secrets })).toEqual({
      outcome: 'accepted',
    });
  });
});

describe('a handshake', () => {
  it('of Slack is answered, when it is signed', () => {
    const at = seconds();
    const body = '{"type":"url_verification","challenge":"c-1"}';
    const headers = {
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${hmac(SECRET, `v0:${at}:${body}`)}`,
    };
    const verify = (secret: string) =>
      receiver('slack').verify(inbound(body, { headers }), { secrets: { webhook_signing_secret: secret } });
    expect(verify(SECRET)).toMatchObject({ outcome: 'answered', answer: { status: 200, body: 'c-1' } });
    expect(verify('another')).toMatchObject({ outcome: 'refused' });
  });

  it('of Notion and of Asana tells a secret once', () => {
    const notion = inbound({ verification_token: 'told' });
    const asana = inbound('', { headers: { 'x-hook-secret': 'told' } });
    expect(receiver('notion').verify(notion, { secrets: {} })).toMatchObject({
      learned: { verification_token: 'told' },
    });
    expect(receiver('asana').verify(asana, { secrets: {} })).toMatchObject({
      answer: { status: 200, headers: { 'x-hook-secret': 'told' } },
      learned: { hook_secret: 'told' },
    });
    const known = { verification_token: SECRET, hook_secret: SECRET };
    expect(receiver('notion').verify(notion, { secrets: known })).toMatchObject({ outcome: 'refused' });
    expect(receiver('asana').verify(asana, { secrets: known })).toMatchObject({ outcome: 'refused' });
  });

  it('of the others holds no event', () => {
    const outlook = inbound('', { url: `${HOOK_URL}?validationToken=a%20b` });
    expect(receiver('outlook').verify(outlook, { secrets: {} })).toMatchObject({ answer: { body: 'a b' } });
    const probe = inbound('', { method: 'HEAD' });
    expect(receiver('trello').verify(probe, { secrets: {} })).toMatchObject({ answer: { status: 200 } });
    const sync = CASES['googlecalendar']?.request(SECRET, 0) as InboundRequest;
    const headers = { ...sync.headers, 'x-goog-resource-state': 'sync' };
    const answered = receiver('googlecalendar').verify({ ...sync, headers }, { secrets: { secret: SECRET } });
    expect(answered).toMatchObject({ outcome: 'answered' });
  });
});

describe('an event', () => {
  it('without an id has one of what it says: others are told from it, and its repeat is not', () => {
    const idsOf = (customer: string) =>
      receiver('stripe')
        .parse(inbound({ object: 'event', type: 'product.created', created: 1, data: { customer } }))
        .events.map(({ id }) => id);
    expect(idsOf('ada')).toEqual([expect.stringMatching(/^.{43}:0$/)]);
    expect(idsOf('ada')).toEqual(idsOf('ada'));
    expect(idsOf('ada')).not.toEqual(idsOf('grace'));
  });

  it('of HubSpot keeps ids that no double holds', () => {
    const body = '[{"subscriptionType":"contact.creation","objectId":9007199254740993,"portalId":1}]';
    expect(receiver('hubspot').parse(inbound(body)).events).toMatchObject([
      { payload: { objectId: '9007199254740993' } },
    ]);
  });
});
