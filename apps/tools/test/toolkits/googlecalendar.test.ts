import { describeToolkit, shipped, type Run } from '../describe-toolkit.js';

const API = 'https://www.googleapis.com/calendar/v3';
const EVENTS = `${API}/calendars/primary/events`;
const event = { id: 'e1', status: 'confirmed', htmlLink: 'https://calendar.example/e1', summary: 'Lunch' };
const guests = [{ email: 'ann@example.com', self: true }, { email: 'bob@example.com' }];
const defaults = {
  eventType: 'default',
  guestsCanModify: false,
  transparency: 'opaque',
  visibility: 'default',
};
const paris = (time: string) => ({ dateTime: `2026-03-01T${time}:00`, timeZone: 'Europe/Paris' });

const writing: Run[] = [
  {
    tool: 'GOOGLECALENDAR_CREATE_EVENT',
    given: {
      summary: 'Lunch',
      start_datetime: '2026-03-01T12:30',
      timezone: 'Europe/Paris',
      event_duration_hour: 1,
      event_duration_minutes: 15,
      attendees: ['ann@example.com', { email: 'bob@example.com', optional: true }],
      recurrence: ['RRULE:FREQ=WEEKLY'],
      guestsCanInviteOthers: false,
    },
    asks: [
      {
        request: `POST ${EVENTS}?sendUpdates=all`,
        headers: { authorization: 'Bearer test-token' },
        body: {
          ...defaults,
          summary: 'Lunch',
          start: paris('12:30'),
          end: paris('13:45'),
          attendees: [{ email: 'ann@example.com' }, { email: 'bob@example.com', optional: true }],
          recurrence: ['RRULE:FREQ=WEEKLY'],
          guestsCanInviteOthers: false,
        },
        answer: event,
      },
    ],
    data: { response_data: event },
  },
  {
    tool: 'GOOGLECALENDAR_CREATE_EVENT',
    when: "in the calendar's own time zone",
    given: { start_datetime: '2026-03-01T12:30:00', send_updates: false },
    asks: [
      { request: `GET ${API}/calendars/primary`, answer: { id: 'primary', timeZone: 'Europe/Paris' } },
      {
        request: `POST ${EVENTS}?sendUpdates=none`,
        body: { ...defaults, start: paris('12:30'), end: paris('13:00') },
        answer: event,
      },
    ],
  },
  {
    tool: 'GOOGLECALENDAR_CREATE_EVENT',
    when: 'of no duration',
    given: { start_datetime: '2026-03-01T12:30:00Z', event_duration_minutes: 0 },
    asks: [],
    error: 'no duration',
  },
  {
    tool: 'GOOGLECALENDAR_UPDATE_EVENT',
    given: {
      event_id: 'e1',
      start_datetime: '2026-03-01T12:30:00+01:00',
      end_datetime: '2026-03-01T14:00:00+01:00',
      location: 'Rome',
    },
    asks: [
      {
        request: `PUT ${EVENTS}/e1?sendUpdates=all`,
        body: {
          ...defaults,
          location: 'Rome',
          start: { dateTime: '2026-03-01T12:30:00+01:00' },
          end: { dateTime: '2026-03-01T14:00:00+01:00' },
        },
        answer: event,
      },
    ],
    data: { response_data: { id: 'e1' } },
  },
  {
    tool: 'GOOGLECALENDAR_PATCH_EVENT',
    given: { event_id: 'e1', rsvp_response: 'accepted', summary: 'Brunch', send_updates: 'all' },
    asks: [
      { request: `GET ${EVENTS}/e1`, answer: { ...event, attendees: guests } },
      {
        request: `PATCH ${EVENTS}/e1?sendUpdates=all`,
        body: { summary: 'Brunch', attendees: [{ ...guests[0], responseStatus: 'accepted' }, guests[1]] },
        answer: event,
      },
    ],
    data: event,
  },
  {
    tool: 'GOOGLECALENDAR_DELETE_EVENT',
    given: { event_id: 'e1' },
    asks: [{ request: `DELETE ${EVENTS}/e1`, status: 204, answer: '' }],
    data: { response_data: { status: 'success' } },
  },
  {
    tool: 'GOOGLECALENDAR_QUICK_ADD',
    given: { text: 'Lunch at noon' },
    asks: [{ request: `POST ${EVENTS}/quickAdd?text=Lunch+at+noon&sendUpdates=none`, answer: event }],
    data: { event },
  },
  {
    tool: 'GOOGLECALENDAR_EVENTS_MOVE',
    given: { event_id: 'e1', destination: 'team@example.com' },
    asks: [{ request: `POST ${EVENTS}/e1/move?destination=team%40example.com`, answer: event }],
    data: event,
  },
  {
    tool: 'GOOGLECALENDAR_REMOVE_ATTENDEE',
    given: { event_id: 'e1', attendee_email: 'Bob@example.com' },
    asks: [
      { request: `GET ${EVENTS}/e1`, answer: { ...event, attendees: guests } },
      { request: `PATCH ${EVENTS}/e1`, body: { attendees: [guests[0]] }, answer: event },
    ],
    data: { event },
  },
];

const reading: Run[] = [
  {
    tool: 'GOOGLECALENDAR_FIND_EVENT',
    given: { query: 'lunch', timeMin: '2026-03-01T00:00:00Z', order_by: 'startTime' },
    asks: [
      {
        request: `GET ${EVENTS}?q=lunch&timeMin=2026-03-01T00%3A00%3A00Z&orderBy=startTime&singleEvents=true&maxResults=10`,
        answer: { items: [event] },
      },
    ],
    data: { event_data: { items: [event] } },
  },
  {
    tool: 'GOOGLECALENDAR_EVENTS_LIST',
    given: { calendarId: 'team@example.com', maxResults: 5, singleEvents: true },
    asks: [
      {
        request: `GET ${API}/calendars/team%40example.com/events?maxResults=5&singleEvents=true`,
        answer: { items: [event], nextPageToken: 'n' },
      },
    ],
    data: { items: [event], nextPageToken: 'n' },
  },
  {
    tool: 'GOOGLECALENDAR_EVENTS_LIST_ALL_CALENDARS',
    given: { time_min: '2026-03-01T00:00:00Z', time_max: '2026-03-02T00:00:00Z' },
    asks: [
      {
        request: `GET ${API}/users/me/calendarList?maxResults=250`,
        answer: { items: [{ id: 'a' }, { id: 'b' }] },
      },
      ...['a', 'b'].map((id) => ({
        request: `GET ${API}/calendars/${id}/events?timeMin=2026-03-01T00%3A00%3A00Z&timeMax=2026-03-02T00%3A00%3A00Z&singleEvents=true&maxResults=250`,
        answer: {
          items: [{ id: `of-${id}`, start: { dateTime: `2026-03-01T${id === 'a' ? '15' : '09'}:00:00Z` } }],
        },
      })),
    ],
    data: {
      items: [
        { id: 'of-b', calendar_id: 'b' },
        { id: 'of-a', calendar_id: 'a' },
      ],
    },
  },
  {
    tool: 'GOOGLECALENDAR_EVENTS_GET',
    given: { event_id: 'e1', time_zone: 'UTC' },
    asks: [{ request: `GET ${EVENTS}/e1?timeZone=UTC`, answer: event }],
    data: event,
  },
  {
    tool: 'GOOGLECALENDAR_EVENTS_INSTANCES',
    given: { eventId: 'e1', maxResults: 2 },
    asks: [{ request: `GET ${EVENTS}/e1/instances?maxResults=2`, answer: { items: [event] } }],
    data: { items: [event] },
  },
  {
    tool: 'GOOGLECALENDAR_SYNC_EVENTS',
    given: { sync_token: 's1', pageToken: 'p' },
    asks: [{ request: `GET ${EVENTS}?syncToken=s1&pageToken=p`, answer: { items: [], nextSyncToken: 's2' } }],
    data: { event_data: { nextSyncToken: 's2' } },
  },
];

const busy = (start: string, end: string) => ({
  start: `2026-03-01T${start}:00Z`,
  end: `2026-03-01T${end}:00Z`,
});
const calendars: Run[] = [
  {
    tool: 'GOOGLECALENDAR_LIST_CALENDARS',
    given: { min_access_role: 'writer' },
    asks: [
      {
        request: `GET ${API}/users/me/calendarList?maxResults=10&minAccessRole=writer&showDeleted=false&showHidden=false`,
        answer: { items: [{ id: 'primary' }], nextPageToken: 'n' },
      },
    ],
    data: { calendars: [{ id: 'primary' }], next_page_token: 'n' },
  },
  {
    tool: 'GOOGLECALENDAR_GET_CALENDAR',
    asks: [{ request: `GET ${API}/calendars/primary`, answer: { id: 'me' } }],
    data: { calendar_data: { id: 'me' } },
  },
  {
    tool: 'GOOGLECALENDAR_CREATE_CALENDAR',
    given: { summary: 'Team', timeZone: 'Europe/Paris' },
    asks: [
      {
        request: `POST ${API}/calendars`,
        body: { summary: 'Team', timeZone: 'Europe/Paris' },
        answer: { id: 'c1', summary: 'Team' },
      },
    ],
    data: { id: 'c1' },
  },
  {
    tool: 'GOOGLECALENDAR_FREE_BUSY_QUERY',
    given: { timeMin: '2026-03-01T08:00:00Z', timeMax: '2026-03-01T18:00:00Z', items: [{ id: 'a' }] },
    asks: [
      {
        request: `POST ${API}/freeBusy`,
        body: { timeMin: '2026-03-01T08:00:00Z', timeMax: '2026-03-01T18:00:00Z', items: [{ id: 'a' }] },
        answer: { calendars: { a: { busy: [] } } },
      },
    ],
    data: { calendars: { a: { busy: [] } } },
  },
  {
    tool: 'GOOGLECALENDAR_FIND_FREE_SLOTS',
    given: { items: ['a', 'b'], time_min: '2026-03-01T08:00:00Z', time_max: '2026-03-01T12:00:00Z' },
    asks: [
      {
        request: `POST ${API}/freeBusy`,
        body: {
          timeMin: '2026-03-01T08:00:00Z',
          timeMax: '2026-03-01T12:00:00Z',
          timeZone: 'UTC',
          calendarExpansionMax: 50,
          groupExpansionMax: 100,
          items: [{ id: 'a' }, { id: 'b' }],
        },
        answer: {
          calendars: {
            a: { busy: [busy('10:00', '10:30'), busy('08:00', '09:00')] },
            b: { busy: [busy('08:30', '09:30')] },
          },
        },
      },
    ],
    data: {
      response_data: {
        free: [
          { start: '2026-03-01T09:30:00Z', end: '2026-03-01T10:00:00Z' },
          { start: '2026-03-01T10:30:00Z', end: '2026-03-01T12:00:00Z' },
        ],
        calendars: {
          b: {
            free: [
              { start: '2026-03-01T08:00:00Z', end: '2026-03-01T08:30:00Z' },
              { start: '2026-03-01T09:30:00Z', end: '2026-03-01T12:00:00Z' },
            ],
          },
        },
      },
    },
  },
  { tool: 'GOOGLECALENDAR_GET_CURRENT_DATE_TIME', given: { timezone: 5.5 }, asks: [] },
];

describeToolkit(shipped('googlecalendar'), [...writing, ...reading, ...calendars]);
