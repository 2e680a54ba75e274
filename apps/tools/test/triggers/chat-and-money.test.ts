import { shipped } from '../describe-toolkit.js';
import { describeTriggers, HOOK_URL, type PushRow } from '../describe-triggers.js';

const T = (second: number) => `2026-11-30T10:00:0${second}.000Z`;
const epoch = (second: number) => Date.parse(T(second)) / 1000;

const slackRow = (event: Record<string, unknown>, payload: object, more: Partial<PushRow> = {}) => ({
  push: {
    registers: [
      { request: 'POST https://slack.com/api/auth.test', answer: { ok: true, team_id: 'T1', user_id: 'U1' } },
    ],
    hook: { team_id: 'T1', user_id: 'U1' },
    delivery: {
      headers: {},
      body: {
        type: 'event_callback',
        team_id: 'T1',
        event_id: 'Ev1',
        event_time: epoch(1),
        authorizations: [{ team_id: 'T1', user_id: 'U1', is_bot: false }],
        event,
      },
    },
    events: [{ id: 'Ev1', at: T(1), payload: { ...payload } }],
    // Another workspace.
    foreignHook: { team_id: 'T2', user_id: 'U1' },
    ...more,
  },
});
const said = { type: 'message', channel: 'C1', text: 'Hi', ts: '1.2', user: 'U2', channel_type: 'channel' };
const heard = { channel: 'C1', text: 'Hi', ts: '1.2', user: 'U2', team_id: 'T1', bot_id: null };
// What is not public is for the account that Slack names alone.
const anotherAccount = { foreignHook: { team_id: 'T1', user_id: 'U9' } };
const inKind = (channel_type: string) =>
  slackRow({ ...said, channel_type }, { ...heard, channel_type }, anotherAccount);
const reaction = (type: string) => ({
  type,
  user: 'U2',
  reaction: 'tada',
  item_user: 'U3',
  item: { type: 'message', channel: 'C1', ts: '1.2' },
  event_ts: '3.4',
});
const reacted = {
  reaction: 'tada',
  user: 'U2',
  message_channel: 'C1',
  message_ts: '1.2',
  message_user: 'U3',
  event_ts: '3.4',
};

describeTriggers(shipped('slack'), {
  SLACK_CHANNEL_MESSAGE_RECEIVED: slackRow(said, heard, {
    config: { channel_id: 'C1', is_bot_message: false },
    foreign: { channel_id: 'C2' },
  }),
  SLACK_DIRECT_MESSAGE_RECEIVED: inKind('im'),
  SLACK_RECEIVE_MESSAGE: slackRow(said, heard),
  SLACK_RECEIVE_DIRECT_MESSAGE: inKind('im'),
  SLACK_RECEIVE_GROUP_MESSAGE: inKind('group'),
  SLACK_RECEIVE_MPIM_MESSAGE: inKind('mpim'),
  SLACK_RECEIVE_BOT_MESSAGE: slackRow(
    { ...said, subtype: 'bot_message', bot_id: 'B1', username: 'robot' },
    { bot_id: 'B1', subtype: 'bot_message', username: 'robot', text: 'Hi' },
  ),
  SLACK_RECEIVE_THREAD_REPLY: slackRow(
    { ...said, thread_ts: '0.1', parent_user_id: 'U3' },
    { ...heard, thread_ts: '0.1', parent_user_id: 'U3', reply_count: null },
  ),
  SLACK_MESSAGE_REACTION_ADDED: slackRow(reaction('reaction_added'), reacted, {
    config: { channel_id: 'C1' },
    foreign: { channel_id: 'C2' },
  }),
  SLACK_MESSAGE_REACTION_REMOVED: slackRow(reaction('reaction_removed'), reacted),
  SLACK_REACTION_ADDED: slackRow(reaction('reaction_added'), reacted, anotherAccount),
  SLACK_REACTION_REMOVED: slackRow(reaction('reaction_removed'), reacted),
  SLACK_CHANNEL_CREATED: slackRow(
    { type: 'channel_created', channel: { id: 'C9', name: 'fun', created: 1_360_782_804, creator: 'U2' } },
    { id: 'C9', name: 'fun', created: 1_360_782_804, creator: 'U2' },
  ),
});

const STRIPE = 'https://api.stripe.com/v1';
const stripeRow = (type: string) => {
  const event = (id: number) => ({
    object: 'event',
    id: `evt_${id}`,
    type,
    created: epoch(id),
    data: { object: { id: 'x' } },
  });
  const found = (id: number) => ({
    id: `evt_${id}`,
    at: T(id),
    payload: { event_type: type, body: { id: `evt_${id}`, data: { object: { id: 'x' } } } },
  });
  const list = (since: number | undefined, events: unknown[]) => ({
    request: `GET ${STRIPE}/events?type=${type}&limit=100${since ? `&created[gte]=${since}` : ''}`,
    answer: { data: events, has_more: false },
  });
  return {
    poll: {
      first: [list(undefined, [event(1)])],
      next: [list(epoch(0), [event(3), event(2), event(1)])],
      events: [found(2), found(3)],
      again: [list(epoch(2), [event(3), event(2)])],
    },
    push: {
      registers: [
        {
          request: `POST ${STRIPE}/webhook_endpoints`,
          body: { url: HOOK_URL, 'enabled_events[0]': type, description: 'Patchbay' },
          answer: { id: 'we_1', secret: 'whsec_stripe' },
        },
      ],
      hook: { endpoint_id: 'we_1' },
      secret: 'whsec_stripe',
      removes: [{ request: `DELETE ${STRIPE}/webhook_endpoints/we_1` }],
      delivery: { headers: {}, body: event(2) },
      events: [found(2)],
    },
  };
};

describeTriggers(shipped('stripe'), {
  STRIPE_CHARGE_FAILED_TRIGGER: stripeRow('charge.failed'),
  STRIPE_CHECKOUT_SESSION_COMPLETED_TRIGGER: stripeRow('checkout.session.completed'),
  STRIPE_INVOICE_PAYMENT_SUCCEEDED_TRIGGER: stripeRow('invoice.payment_succeeded'),
  STRIPE_PAYMENT_FAILED_TRIGGER: stripeRow('payment_intent.payment_failed'),
  STRIPE_PRODUCT_CREATED_TRIGGER: stripeRow('product.created'),
  STRIPE_SUBSCRIPTION_ADDED_TRIGGER: stripeRow('customer.subscription.created'),
  STRIPE_SUBSCRIPTION_DELETED_TRIGGER: stripeRow('customer.subscription.deleted'),
});

const DISCORD = 'https://discord.com/api/v10/channels/7/messages';
const message = (id: string) => ({ id, content: 'Hi', timestamp: T(1) });
const big = (last: number) => `99999999999999999${last}`;

describeTriggers(shipped('discordbot'), {
  DISCORDBOT_NEW_MESSAGE_TRIGGER: {
    poll: {
      config: { channel_id: '7' },
      first: [{ request: `GET ${DISCORD}?limit=1`, answer: [message('8')] }],
      next: [{ request: `GET ${DISCORD}?after=8&limit=100`, answer: [message(big(1)), message('9')] }],
      events: [
        { id: '9', at: T(1), payload: { event_type: 'new_message', message: message('9') } },
        { id: big(1), payload: { event_type: 'new_message' } },
      ],
      again: [{ request: `GET ${DISCORD}?after=${big(1)}&limit=100`, answer: [] }],
    },
  },
});

const AIRTABLE = 'https://api.airtable.com/v0/app1/Notes';
const BASE_HOOKS = 'https://api.airtable.com/v0/bases/app1/webhooks';
const record = (id: number) => ({ id: `rec${id}`, createdTime: T(id), fields: { Name: `N${id}` } });
const newer = (from: string, records: unknown[]) => ({
  request: `GET ${AIRTABLE}?pageSize=100&filterByFormula=IS_AFTER(CREATED_TIME(), '${from}')`,
  answer: { records },
});

describeTriggers(shipped('airtable'), {
  AIRTABLE_RECORD_CREATED_TRIGGER: {
    poll: {
      config: { base_id: 'app1', table_id: 'Notes' },
      first: [
        {
          request: `GET ${AIRTABLE}?pageSize=1`,
          answer: { records: [] },
          answerHeaders: { date: 'Mon, 30 Nov 2026 10:00:02 GMT' },
        },
        newer('2026-11-30T10:00:00.999Z', [record(1), record(2)]),
      ],
      next: [newer('2026-11-30T10:00:00.999Z', [record(3), record(1), record(2)])],
      events: [{ id: 'rec3', at: T(3), payload: { record_id: 'rec3', fields: { Name: 'N3' } } }],
      again: [newer('2026-11-30T10:00:01.999Z', [record(3), record(2)])],
    },
    push: {
      config: { base_id: 'app1', table_id: 'tbl12345678901234' },
      registers: [
        {
          request: `POST ${BASE_HOOKS}`,
          body: {
            notificationUrl: HOOK_URL,
            specification: {
              options: {
                filters: {
                  dataTypes: ['tableData'],
                  changeTypes: ['add'],
                  recordChangeScope: 'tbl12345678901234',
                },
              },
            },
          },
          answer: { id: 'ach1', macSecretBase64: 'c2VjcmV0', expirationTime: '2026-12-07T12:00:00.000Z' },
        },
      ],
      hook: { webhook_id: 'ach1' },
      secret: 'c2VjcmV0',
      expiresAt: '2026-12-07T12:00:00.000Z',
      renews: {
        asks: [
          {
            request: `POST ${BASE_HOOKS}/ach1/refresh`,
            answer: { expirationTime: '2026-12-14T12:00:00.000Z' },
          },
        ],
        hook: { webhook_id: 'ach1' },
      },
      removes: [{ request: `DELETE ${BASE_HOOKS}/ach1` }],
      delivery: { headers: {}, body: { base: { id: 'app1' }, webhook: { id: 'ach1' }, timestamp: T(3) } },
      events: [],
    },
  },
});
