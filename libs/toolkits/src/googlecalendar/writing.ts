import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { functionTool, type ToolSpec } from '../toolkit.js';
import { path, type ToolRuntime } from '../tool-runtime.js';
import { after, duration, end, eventTime, start, timezone, wallClock } from './event-time.js';
import { CALENDAR, calendarId, Event, eventId, sendUpdates } from './fields.js';

const attendee = z.union([
  z.string().min(3),
  z.object({
    email: z.string().min(3).describe('Address of the guest.'),
    optional: z.boolean().optional().describe('Whether the guest need not come.'),
  }),
]);
const attendees = z
  .array(attendee)
  .optional()
  .describe('Guests: addresses, or objects with email and optional.');
const eventFields = {
  summary: z.string().optional().describe('Title of the event.'),
  description: z.string().optional().describe('Notes, as text or simple HTML.'),
  location: z.string().optional().describe('Where it is, in words.'),
  attendees,
  recurrence: z.array(z.string()).optional().describe('RRULE, EXRULE, RDATE or EXDATE lines, RFC 5545.'),
  create_meeting_room: z.boolean().optional().describe('Whether it gets a Google Meet link.'),
  eventType: z
    .enum(['birthday', 'default', 'focusTime', 'outOfOffice', 'workingLocation'])
    .default('default')
    .describe('Kind of event; it cannot be changed later.'),
  guestsCanInviteOthers: z.boolean().optional().describe('Whether guests may invite more guests.'),
  guestsCanSeeOtherGuests: z.boolean().optional().describe('Whether guests see who else comes.'),
  guests_can_modify: z.boolean().default(false).describe('Whether guests may change the event.'),
  transparency: z
    .enum(['opaque', 'transparent'])
    .default('opaque')
    .describe('opaque blocks the time, transparent leaves it free.'),
  visibility: z
    .enum(['default', 'public', 'private', 'confidential'])
    .default('default')
    .describe('Who may see what it is about.'),
  send_updates: z.boolean().optional().describe('Whether guests get an e-mail; without it, they do.'),
};
const whole = z.object({
  calendar_id: calendarId,
  start_datetime: start,
  end_datetime: end,
  timezone,
  ...duration,
  ...eventFields,
});
type Whole = z.output<typeof whole>;

const guests = (list: Whole['attendees']) =>
  list?.map((guest) => (typeof guest === 'string' ? { email: guest } : guest));

/** The event in Google's words, and what goes beside it in the query. */
async function requestOf(given: Whole, { http }: ToolRuntime) {
  const begin = await eventTime(http, given.calendar_id, given.start_datetime, given.timezone);
  const finish = given.end_datetime
    ? await eventTime(http, given.calendar_id, given.end_datetime, given.timezone ?? begin.timeZone)
    : after(begin, given.event_duration_hour, given.event_duration_minutes);
  return {
    query: {
      sendUpdates: (given.send_updates ?? true) ? 'all' : 'none',
      conferenceDataVersion: given.create_meeting_room ? 1 : undefined,
    },
    json: {
      summary: given.summary,
      description: given.description,
      location: given.location,
      start: begin,
      end: finish,
      attendees: guests(given.attendees),
      recurrence: given.recurrence,
      eventType: given.eventType,
      guestsCanInviteOthers: given.guestsCanInviteOthers,
      guestsCanSeeOtherGuests: given.guestsCanSeeOtherGuests,
      guestsCanModify: given.guests_can_modify,
      transparency: given.transparency,
      visibility: given.visibility,
      conferenceData: given.create_meeting_room
        ? { createRequest: { requestId: randomUUID(), conferenceSolutionKey: { type: 'hangoutsMeet' } } }
        : undefined,
    },
  };
}

const Answered = z.object({ response_data: Event });

export const writingTools: ToolSpec[] = [
  functionTool({
    slug: 'GOOGLECALENDAR_CREATE_EVENT',
    name: 'Create event',
    description:
      'Puts an event into a calendar: with guests, place, repetition and a Google Meet link if wanted. Times are as clocks show them in the time zone.',
    input: whole.omit({ end_datetime: true }),
    output: Answered,
    tags: ['important', 'openWorldHint'],
    scopes: CALENDAR,
    run: async (given, runtime) => {
      const { json, query } = await requestOf({ ...given, end_datetime: undefined }, runtime);
      const url = path`/calendar/v3/calendars/${given.calendar_id}/events`;
      const event = await runtime.http.request({ method: 'POST', url, query, body: { json } });
      return { response_data: Event.parse(event) };
    },
  }),
  functionTool({
    slug: 'GOOGLECALENDAR_UPDATE_EVENT',
    name: 'Update Google event',
    description:
      'Writes an event anew as a whole: what is left out is emptied. GOOGLECALENDAR_PATCH_EVENT changes single fields.',
    input: whole.extend({ event_id: eventId }),
    output: Answered,
    tags: ['important', 'destructiveHint', 'idempotentHint'],
    scopes: CALENDAR,
    run: async (given, runtime) => {
      const { json, query } = await requestOf(given, runtime);
      const url = path`/calendar/v3/calendars/${given.calendar_id}/events/${given.event_id}`;
      const event = await runtime.http.request({ method: 'PUT', url, query, body: { json } });
      return { response_data: Event.parse(event) };
    },
  }),
  functionTool({
    slug: 'GOOGLECALENDAR_PATCH_EVENT',
    name: 'Patch event',
    description:
      'Changes single fields of an event, moves it, or answers its invitation; everything else stays.',
    input: z.object({
      calendar_id: calendarId,
      event_id: eventId,
      summary: z.string().optional().describe('New title.'),
      description: z.string().optional().describe('New notes.'),
      location: z.string().optional().describe('New place.'),
      start_time: wallClock.optional().describe('New beginning, as 2026-03-01T09:30:00.'),
      end_time: wallClock.optional().describe('New end, in the same form.'),
      end_datetime: wallClock.optional().describe('The same as end_time.'),
      timezone,
      attendees: attendees.describe('All guests from now on: whoever is not named is no longer one.'),
      rsvp_response: z
        .enum(['needsAction', 'declined', 'tentative', 'accepted'])
        .optional()
        .describe("The account's own answer to the invitation."),
      conference_data_version: z
        .int()
        .min(0)
        .max(1)
        .optional()
        .describe('1 keeps and changes conference data.'),
      max_attendees: z.int().min(1).optional().describe('Guests told in the answer, at most.'),
      supports_attachments: z.boolean().optional().describe('Whether the caller understands attachments.'),
      send_updates: sendUpdates,
    }),
    output: Event,
    tags: ['idempotentHint', 'destructiveHint'],
    scopes: CALENDAR,
    run: async (given, { http }) => {
      const url = path`/calendar/v3/calendars/${given.calendar_id}/events/${given.event_id}`;
      const time = (at: string | undefined) =>
        at ? eventTime(http, given.calendar_id, at, given.timezone) : undefined;
      let people: object[] | undefined = guests(given.attendees);
      if (given.rsvp_response) {
        const { attendees: now = [] } = z
          .object({ attendees: z.array(z.looseObject({ self: z.boolean().optional() })).optional() })
          .parse(await http.request({ method: 'GET', url }));
        people = now.map((guest) => (guest.self ? { ...guest, responseStatus: given.rsvp_response } : guest));
      }
      const json = {
        summary: given.summary,
        description: given.description,
        location: given.location,
        start: await time(given.start_time),
        end: await time(given.end_time ?? given.end_datetime),
        attendees: people,
      };
      const query = {
        sendUpdates: given.send_updates,
        conferenceDataVersion: given.conference_data_version,
        maxAttendees: given.max_attendees,
        supportsAttachments: given.supports_attachments,
      };
      return Event.parse(await http.request({ method: 'PATCH', url, query, body: { json } }));
    },
  }),
];
