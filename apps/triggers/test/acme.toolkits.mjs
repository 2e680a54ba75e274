import { createHmac } from 'node:crypto';
import { z } from 'zod';

/*
 * A toolkit whose webhooks are an app's, as an operator would write it: signed with the app's secret, five minutes long,
 * after a handshake that teaches a token.
 */

/** @param {Uint8Array} body @param {string} time @param {string} secret */
export function acmeSignature(body, time, secret) {
  return createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');
}

const receiver = {
  toolkit: 'acme',
  model: 'app',
  setupFields: {
    signing_secret: {
      displayName: 'Signing secret',
      description: 'Of the app.',
      required: true,
      secret: true,
    },
    app_id: { displayName: 'App id', description: 'Of the app.', required: false, secret: false },
  },
  verify({ headers, body, receivedAt }, { secrets }) {
    const parsed = bodyOf(body);
    if (parsed.handshake) {
      const answer = { status: 200, headers: { 'content-type': 'text/plain' }, body: parsed.handshake };
      return { outcome: 'answered', answer, learned: { token: parsed.token } };
    }
    const time = headers['x-acme-time'] ?? '';
    if (Math.abs(receivedAt - Number(time)) > 300_000) return { outcome: 'refused', reason: 'late' };
    const expected = acmeSignature(body, time, secrets.signing_secret ?? '');
    return headers['x-acme-signature'] === expected
      ? { outcome: 'accepted' }
      : { outcome: 'refused', reason: 'unsigned' };
  },
  open: ({ body }) => {
    const parsed = bodyOf(body);
    return [{ id: parsed.id, kind: parsed.kind, body: parsed }];
  },
};

function bodyOf(body) {
  return JSON.parse(Buffer.from(body).toString());
}

export const toolkits = [
  {
    slug: 'acme',
    name: 'Acme',
    tools: [],
    triggers: [
      {
        slug: 'ACME_MESSAGE',
        name: 'Message',
        description: 'A message comes.',
        config: z.object({ channel: z.string() }),
        payload: z.object({ text: z.string() }),
        webhook: {
          receiver,
          register: () => Promise.reject(new Error('It runs elsewhere.')),
          events: ({ kind, body }) =>
            kind === 'message'
              ? [
                  {
                    payload: { text: body.text },
                    matches: ({ channel }, { team }) => channel === body.channel && team === body.team,
                  },
                ]
              : [],
        },
      },
      {
        slug: 'ACME_CHANGE',
        name: 'Change',
        description: 'Something changes: it is not said what.',
        config: z.object({ channel: z.string() }),
        payload: z.object({ text: z.string() }),
        poll: () => Promise.reject(new Error('It runs elsewhere.')),
        webhook: {
          receiver,
          register: () => Promise.reject(new Error('It runs elsewhere.')),
          hints: ({ kind, body }) =>
            kind === 'change' ? [{ matches: ({ channel }) => channel === body.channel }] : [],
        },
      },
    ],
  },
];
