import { shipped } from '../describe-toolkit.js';
import { describeTriggers, HOOK_SECRET, HOOK_URL, NOW, type PollRow } from '../describe-triggers.js';

const T = (second: number) => `2026-11-30T10:00:0${second}.000Z`;
const account = { urlValues: {} };

const GMAIL = 'https://gmail.googleapis.com/gmail/v1/users/me';
const mail = (id: string, label: string) => ({
  id,
  threadId: 't1',
  labelIds: [label],
  internalDate: String(Date.parse(T(1))),
  payload: {
    mimeType: 'text/plain',
    headers: [
      { name: 'Subject', value: 'Milk' },
      { name: 'From', value: 'ada@example.com' },
      { name: 'To', value: 'bob@example.com' },
    ],
    body: { data: Buffer.from('Buy milk').toString('base64url') },
  },
});
const mailRow = (label: string): PollRow => ({
  first: [{ request: `GET ${GMAIL}/profile`, answer: { historyId: '100' } }],
  next: [
    {
      request: `GET ${GMAIL}/history?startHistoryId=100&historyTypes=messageAdded&labelId=${label}&maxResults=25`,
      answer: {
        historyId: '120',
        history: [
          { messagesAdded: [{ message: { id: 'm1' } }, { message: { id: 'm2' } }] },
          { messagesAdded: [{ message: { id: 'm1' } }] },
        ],
      },
    },
    { request: `GET ${GMAIL}/messages/m1?format=full`, answer: mail('m1', label) },
    // It was deleted since.
    { request: `GET ${GMAIL}/messages/m2?format=full`, status: 404, answer: { error: { message: 'Gone' } } },
  ],
  events: [
    {
      id: 'm1',
      at: T(1),
      payload: {
        message_id: 'm1',
        thread_id: 't1',
        subject: 'Milk',
        sender: 'ada@example.com',
        to: 'bob@example.com',
        message_text: 'Buy milk',
        attachment_list: [],
      },
    },
  ],
  again: [
    {
      request: `GET ${GMAIL}/history?startHistoryId=120&historyTypes=messageAdded&labelId=${label}&maxResults=25`,
      answer: { historyId: '120' },
    },
  ],
});

describeTriggers(shipped('gmail'), {
  GMAIL_NEW_GMAIL_MESSAGE: { poll: mailRow('INBOX') },
  GMAIL_EMAIL_SENT_TRIGGER: { poll: mailRow('SENT') },
});

const CALENDAR = 'https://www.googleapis.com/calendar/v3/calendars/primary/events';
const event = (id: string, made: string, updated: string, more: object = {}) => ({
  id,
  status: 'confirmed',
  created: made,
  updated,
  summary: `Event ${id}`,
  start: { dateTime: T(9) },
  end: { date: '2026-12-01' },
  creator: { email: 'ada@example.com' },
  ...more,
});
const begin = [
  {
    request: `GET ${CALENDAR}?maxResults=1`,
    answer: { items: [] },
    answerHeaders: { date: 'Mon, 30 Nov 2026 10:00:01 GMT' },
  },
  {
    request: `GET ${CALENDAR}?updatedMin=2026-11-30T10:00:00.000Z&orderBy=updated&showDeleted=true&maxResults=250`,
    answer: { items: [event('old', T(0), T(1))] },
  },
];
const changedEvents = [
  {
    request: `GET ${CALENDAR}?updatedMin=2026-11-30T10:00:00.000Z&orderBy=updated&showDeleted=true&maxResults=250`,
    answer: {
      items: [
        event('old', T(0), T(1)),
        event('new', T(2), T(3)),
        event('changed', '2026-01-01T00:00:00.000Z', T(4)),
        { id: 'gone', status: 'cancelled', updated: T(5) },
      ],
    },
  },
];
const later = [
  {
    request: `GET ${CALENDAR}?updatedMin=2026-11-30T10:00:04.000Z&orderBy=updated&showDeleted=true&maxResults=250`,
    answer: {
      items: [
        event('changed', '2026-01-01T00:00:00.000Z', T(4)),
        { id: 'gone', status: 'cancelled', updated: T(5) },
      ],
    },
  },
];
const made = {
  id: `new:${T(3)}`,
  at: T(3),
  payload: {
    event_type: 'created',
    event_id: 'new',
    summary: 'Event new',
    start_time: T(9),
    end_time: '2026-12-01',
    creator_email: 'ada@example.com',
  },
};
const altered = { id: `changed:${T(4)}`, payload: { event_type: 'updated', event_id: 'changed' } };
const gone = { id: `gone:${T(5)}`, payload: { event_type: 'deleted', event_id: 'gone', summary: null } };
const calendarRow = (events: PollRow['events']) => ({
  poll: { first: begin, next: changedEvents, events, again: later },
  push: channelPush,
});

const now = NOW.toISOString();
const upcoming = (answer: string) => ({
  request: `GET ${CALENDAR}?singleEvents=true&orderBy=startTime&maxResults=250&timeMin=${now}`,
  answer: {
    items: [event('e1', T(1), T(2), { attendees: [{ email: 'bob@example.com', responseStatus: answer }] })],
  },
});
const soon = (items: unknown[]) => ({
  request: `GET ${CALENDAR}?singleEvents=true&orderBy=startTime&maxResults=250&timeMin=${now}&timeMax=2026-11-30T12:15:00.000Z`,
  answer: { items },
});
const startsSoon = event('e1', T(1), T(2), { start: { dateTime: '2026-11-30T12:10:00Z' } });
const channel = 'ae62ff19bfe27838c771692169c9f5c33595f28a';

const channelPush = {
  registers: [
    {
      request: `POST ${CALENDAR}/watch`,
      body: {
        id: channel,
        type: 'web_hook',
        address: HOOK_URL,
        token: HOOK_SECRET,
        params: { ttl: '604800' },
      },
      answer: { id: channel, resourceId: 'r1', expiration: String(Date.parse('2026-12-07T12:00:00Z')) },
    },
  ],
  hook: { channel_id: channel, resource_id: 'r1' },
  expiresAt: '2026-12-07T12:00:00.000Z',
  removes: [
    {
      request: 'POST https://www.googleapis.com/calendar/v3/channels/stop',
      body: { id: channel, resourceId: 'r1' },
    },
  ],
  delivery: {
    headers: {
      'x-goog-channel-id': channel,
      'x-goog-message-number': '2',
      'x-goog-resource-id': 'r1',
      'x-goog-resource-state': 'exists',
      'x-goog-resource-uri': 'https://www.googleapis.com/x',
    },
    body: '',
  },
  events: [],
  foreignHook: { channel_id: 'another' },
};

describeTriggers(
  shipped('googlecalendar'),
  {
    GOOGLECALENDAR_GOOGLE_CALENDAR_EVENT_CREATED_TRIGGER: calendarRow([made]),
    GOOGLECALENDAR_GOOGLE_CALENDAR_EVENT_UPDATED_TRIGGER: calendarRow([altered]),
    GOOGLECALENDAR_EVENT_CANCELED_DELETED_TRIGGER: calendarRow([gone]),
    GOOGLECALENDAR_GOOGLE_CALENDAR_EVENT_SYNC_TRIGGER: calendarRow([made, altered, gone]),
    GOOGLECALENDAR_ATTENDEE_RESPONSE_CHANGED_TRIGGER: {
      poll: {
        first: [upcoming('needsAction')],
        next: [upcoming('accepted')],
        events: [
          {
            id: 'e1:bob@example.com:changed:1',
            payload: { attendee_email: 'bob@example.com', response_status: 'accepted' },
          },
        ],
      },
      push: channelPush,
    },
    GOOGLECALENDAR_EVENT_STARTING_SOON_TRIGGER: {
      poll: {
        first: [soon([])],
        next: [soon([startsSoon])],
        events: [
          { id: 'e1:2026-11-30T12:10:00Z:added:1', payload: { event_type: 'starting_soon', event_id: 'e1' } },
        ],
      },
    },
    GOOGLECALENDAR_GOOGLE_CALENDAR_EVENT_CHANGE_TRIGGER: {
      push: {
        ...channelPush,
        events: [
          {
            id: `${channel}:2`,
            payload: { channel_id: channel, resource_id: 'r1', resource_state: 'exists' },
          },
        ],
      },
    },
  },
  account,
);
