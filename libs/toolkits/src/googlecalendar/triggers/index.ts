import { z } from 'zod';
import { triggerType, type TriggerSpec } from '../../trigger.js';
import { changes } from '../../triggers/changes.js';
import { calendarChannel, eventChange } from './change-channel.js';
import { calendarId, changedEvents, eventPayload, EventsOf, toEventPayload, upcoming } from './events.js';

const { scopes } = EventsOf;
const MINUTE_MS = 60_000;

function changeTrigger(slug: string, name: string, description: string, wanted: string[]): TriggerSpec {
  return triggerType({
    slug,
    name,
    description,
    scopes,
    config: z.object({ calendarId }),
    payload: eventPayload,
    poll: changedEvents(wanted),
    webhook: calendarChannel,
  });
}

const eventSync = triggerType({
  slug: 'GOOGLECALENDAR_GOOGLE_CALENDAR_EVENT_SYNC_TRIGGER',
  name: 'Event created, updated or deleted',
  description: 'An event of the calendar is made, changed or deleted.',
  scopes,
  config: z.object({
    calendarId,
    maxResults: z.int().min(1).max(2500).default(250).describe('Not needed: nothing is left out.'),
    showDeleted: z.boolean().default(true).describe('Whether it is told when one is deleted.'),
  }),
  payload: eventPayload,
  poll: (request) => (request.config.showDeleted ? allChanges : allButDeletions)(request),
  webhook: calendarChannel,
});
const allChanges = changedEvents(['created', 'updated', 'deleted']);
const allButDeletions = changedEvents(['created', 'updated']);

const responseChanged = triggerType({
  slug: 'GOOGLECALENDAR_ATTENDEE_RESPONSE_CHANGED_TRIGGER',
  name: 'Answer to an invitation',
  description: 'Somebody who is invited to one of the next 250 events accepts, declines or is not sure.',
  scopes,
  config: z.object({ calendarId }),
  payload: eventPayload.extend({
    attendee_email: z.string().describe('Address of who answered.'),
    response_status: z.string().describe('`accepted`, `declined`, `tentative` or `needsAction`.'),
  }),
  poll: changes({
    async read({ config, runtime }) {
      const events = await upcoming({ runtime, config, query: { timeMin: runtime.now().toISOString() } });
      return events.flatMap((event) =>
        (event.attendees ?? []).map(({ email = '', responseStatus = '' }) => ({
          key: `${event.id}:${email}`,
          state: responseStatus,
          item: { event, email, responseStatus },
        })),
      );
    },
    changed: ({ event, email, responseStatus }, { calendarId: id }) => ({
      ...toEventPayload(event, 'updated', id),
      attendee_email: email,
      response_status: responseStatus,
    }),
  }),
  webhook: calendarChannel,
});

const startingSoon = triggerType({
  slug: 'GOOGLECALENDAR_EVENT_STARTING_SOON_TRIGGER',
  name: 'Event starting soon',
  description: 'An event of the calendar begins within some minutes.',
  scopes,
  config: z.object({
    calendarId,
    minutes_before_start: z.int().min(1).max(1440).default(15).describe('Minutes before it begins.'),
  }),
  payload: eventPayload,
  poll: changes({
    async read({ config, runtime }) {
      const now = runtime.now().getTime();
      const timeMin = new Date(now).toISOString();
      const timeMax = new Date(now + config.minutes_before_start * MINUTE_MS).toISOString();
      const events = await upcoming({ runtime, config, query: { timeMin, timeMax } });
      // One that has begun is in between as well.
      const soon = events.filter(({ start }) => Date.parse(start?.dateTime ?? '') >= now);
      return soon.map((item) => ({ key: `${item.id}:${item.start?.dateTime ?? ''}`, state: null, item }));
    },
    added: (event, { calendarId: id }) => toEventPayload(event, 'starting_soon', id),
  }),
});

export const googlecalendarTriggers: readonly TriggerSpec[] = [
  changeTrigger(
    'GOOGLECALENDAR_GOOGLE_CALENDAR_EVENT_CREATED_TRIGGER',
    'Event created',
    'An event is made in the calendar.',
    ['created'],
  ),
  changeTrigger(
    'GOOGLECALENDAR_GOOGLE_CALENDAR_EVENT_UPDATED_TRIGGER',
    'Event updated',
    'An event of the calendar is changed.',
    ['updated'],
  ),
  changeTrigger(
    'GOOGLECALENDAR_EVENT_CANCELED_DELETED_TRIGGER',
    'Event cancelled or deleted',
    'An event of the calendar is cancelled or deleted.',
    ['deleted'],
  ),
  eventSync,
  responseChanged,
  startingSoon,
  eventChange,
];
