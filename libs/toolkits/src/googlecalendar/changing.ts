import { z } from 'zod';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { CALENDAR, calendarId, Event, eventId, sendUpdates } from './fields.js';

export const changingTools: ToolSpec[] = [
  requestTool({
    slug: 'GOOGLECALENDAR_DELETE_EVENT',
    name: 'Delete event',
    description: 'Deletes an event from a calendar; of a repeated one, all of its dates.',
    input: z.object({ calendar_id: calendarId, event_id: eventId }),
    output: z.object({ response_data: z.object({ status: z.string() }) }),
    tags: ['important', 'destructiveHint', 'idempotentHint'],
    scopes: CALENDAR,
    request: ({ calendar_id, event_id }) => ({
      method: 'DELETE',
      url: path`/calendar/v3/calendars/${calendar_id}/events/${event_id}`,
    }),
    answer: () => ({ response_data: { status: 'success' } }),
  }),
  requestTool({
    slug: 'GOOGLECALENDAR_QUICK_ADD',
    name: 'Quick add event',
    description: 'Makes an event out of one sentence, such as "Lunch with Ann tomorrow at noon".',
    input: z.object({
      calendar_id: calendarId,
      text: z.string().min(1).describe('What, when and where, in one sentence.'),
      send_updates: sendUpdates.default('none'),
    }),
    output: z.object({ event: Event }),
    covers: ['POST /calendar/v3/calendars/{calendarId}/events/quickAdd'],
    tags: [],
    scopes: CALENDAR,
    request: ({ calendar_id, text, send_updates }) => ({
      method: 'POST',
      url: path`/calendar/v3/calendars/${calendar_id}/events/quickAdd`,
      query: { text, sendUpdates: send_updates },
    }),
    answer: (event) => ({ event }),
  }),
  requestTool({
    slug: 'GOOGLECALENDAR_EVENTS_MOVE',
    name: 'Move event',
    description: 'Moves an event into another calendar, whose owner becomes its organizer.',
    input: z.object({
      calendar_id: calendarId,
      event_id: eventId,
      destination: z.string().min(1).describe('Id of the calendar that it moves to.'),
      send_updates: sendUpdates,
    }),
    output: Event,
    tags: ['idempotentHint'],
    scopes: CALENDAR,
    request: ({ calendar_id, event_id, destination, send_updates }) => ({
      method: 'POST',
      url: path`/calendar/v3/calendars/${calendar_id}/events/${event_id}/move`,
      query: { destination, sendUpdates: send_updates },
    }),
  }),
  functionTool({
    slug: 'GOOGLECALENDAR_REMOVE_ATTENDEE',
    name: 'Remove attendee from event',
    description: 'Takes one guest off an event; the others stay invited.',
    input: z.object({
      calendar_id: calendarId,
      event_id: eventId,
      attendee_email: z.string().min(3).describe('Address of the guest.'),
    }),
    output: z.object({ event: Event }),
    tags: ['idempotentHint'],
    scopes: CALENDAR,
    run: async ({ calendar_id, event_id, attendee_email }, { http }) => {
      const url = path`/calendar/v3/calendars/${calendar_id}/events/${event_id}`;
      const { attendees: now = [] } = z
        .object({ attendees: z.array(z.looseObject({ email: z.string().optional() })).optional() })
        .parse(await http.request({ method: 'GET', url }));
      const rest = now.filter(({ email }) => email?.toLowerCase() !== attendee_email.toLowerCase());
      const body = { json: { attendees: rest } };
      return { event: Event.parse(await http.request({ method: 'PATCH', url, body })) };
    },
  }),
];
