import pMap from 'p-map';
import { z } from 'zod';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { calendarId, Event, eventId, Events, instant, pageToken, READ, syncToken } from './fields.js';

const listing = {
  alwaysIncludeEmail: z.boolean().optional().describe('Outdated; Google no longer heeds it.'),
  eventTypes: z.string().optional().describe('Only this kind: default, focusTime, outOfOffice, birthday …'),
  iCalUID: z.string().optional().describe('Only the event of this iCalendar id.'),
  maxAttendees: z.int().min(1).optional().describe('Guests told of each event, at most.'),
  maxResults: z.int().min(1).max(2500).optional().describe('Events a page, 250 unless said otherwise.'),
  orderBy: z.enum(['startTime', 'updated']).optional().describe('startTime wants singleEvents.'),
  pageToken,
  privateExtendedProperty: z.string().optional().describe('Only with this private property, name=value.'),
  q: z.string().optional().describe('Words to find in title, notes, place or guests.'),
  sharedExtendedProperty: z.string().optional().describe('Only with this shared property, name=value.'),
  showDeleted: z.boolean().optional().describe('Whether deleted events are shown, as cancelled.'),
  showHiddenInvitations: z.boolean().optional().describe('Whether hidden invitations are shown.'),
  singleEvents: z.boolean().optional().describe('Whether repeated events are told date by date.'),
  syncToken,
  timeMax: instant('Only events that begin before this'),
  timeMin: instant('Only events that end after this'),
  timeZone: z.string().optional().describe('Time zone of the answer.'),
  updatedMin: instant('Only events changed after this'),
};

export const readingTools: ToolSpec[] = [
  requestTool({
    slug: 'GOOGLECALENDAR_FIND_EVENT',
    name: 'Find event',
    description: 'Finds events of one calendar by words and time, repeated ones date by date.',
    input: z.object({
      calendar_id: calendarId,
      query: z.string().optional().describe('Words to find in title, notes, place or guests.'),
      timeMin: instant('Only events that end after this'),
      timeMax: instant('Only events that begin before this'),
      updated_min: instant('Only events changed after this'),
      event_types: z
        .array(z.string())
        .optional()
        .describe('Only these kinds: default, focusTime, outOfOffice …'),
      order_by: z.enum(['startTime', 'updated']).optional().describe('startTime wants single_events.'),
      single_events: z.boolean().default(true).describe('Whether repeated events are told date by date.'),
      show_deleted: z.boolean().optional().describe('Whether deleted events are shown, as cancelled.'),
      max_results: z.int().min(1).max(2500).default(10).describe('Events at most.'),
      page_token: pageToken,
    }),
    output: z.object({ event_data: Events }),
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: ({ calendar_id, ...given }) => ({
      method: 'GET',
      url: path`/calendar/v3/calendars/${calendar_id}/events`,
      query: {
        q: given.query,
        timeMin: given.timeMin,
        timeMax: given.timeMax,
        updatedMin: given.updated_min,
        eventTypes: given.event_types,
        orderBy: given.order_by,
        singleEvents: given.single_events,
        showDeleted: given.show_deleted,
        maxResults: given.max_results,
        pageToken: given.page_token,
      },
    }),
    answer: (events) => ({ event_data: events }),
  }),
  requestTool({
    slug: 'GOOGLECALENDAR_EVENTS_LIST',
    name: 'List events',
    description: 'Lists the events of one calendar with every filter that Google has, page by page.',
    input: z.object({
      calendarId: z.string().min(1).describe('Id of the calendar, or `primary`.'),
      ...listing,
    }),
    output: Events,
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: ({ calendarId: id, ...query }) => ({
      method: 'GET',
      url: path`/calendar/v3/calendars/${id}/events`,
      query,
    }),
  }),
  functionTool({
    slug: 'GOOGLECALENDAR_EVENTS_LIST_ALL_CALENDARS',
    name: 'List events from all calendars',
    description: 'Lists the events of all calendars of the account together, by their beginning.',
    input: z.object({
      time_min: z.iso
        .datetime({ offset: true })
        .describe('Only events that end after this, as 2026-03-01T09:30:00Z.'),
      time_max: z.iso.datetime({ offset: true }).describe('Only events that begin before this.'),
      q: z.string().optional().describe('Words to find in title, notes, place or guests.'),
    }),
    output: z.object({ items: z.array(Event.extend({ calendar_id: z.string() })) }),
    tags: ['readOnlyHint'],
    scopes: READ,
    run: async ({ time_min, time_max, q }, { http }) => {
      const List = z.object({ items: z.array(z.looseObject({ id: z.string() })).default([]) });
      const calendars = await http.request({
        method: 'GET',
        url: '/calendar/v3/users/me/calendarList',
        query: { maxResults: 250 },
      });
      const query = { timeMin: time_min, timeMax: time_max, q, singleEvents: true, maxResults: 250 };
      const lists = await pMap(
        List.parse(calendars).items,
        async ({ id }) => {
          const url = path`/calendar/v3/calendars/${id}/events`;
          const { items } = Events.parse(await http.request({ method: 'GET', url, query }));
          return items.map((event) => ({ ...event, calendar_id: id }));
        },
        { concurrency: 5 },
      );
      return { items: lists.flat().toSorted((a, b) => beginOf(a) - beginOf(b)) };
    },
  }),
  requestTool({
    slug: 'GOOGLECALENDAR_EVENTS_GET',
    name: 'Get event',
    description: 'Reads one event by its id: times, guests and their answers, place, meeting link.',
    input: z.object({
      calendar_id: calendarId,
      event_id: eventId,
      time_zone: z.string().optional().describe('Time zone of the answer.'),
      max_attendees: z.int().min(1).optional().describe('Guests told, at most.'),
    }),
    output: Event,
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ calendar_id, event_id, time_zone, max_attendees }) => ({
      method: 'GET',
      url: path`/calendar/v3/calendars/${calendar_id}/events/${event_id}`,
      query: { timeZone: time_zone, maxAttendees: max_attendees },
    }),
  }),
  requestTool({
    slug: 'GOOGLECALENDAR_EVENTS_INSTANCES',
    name: 'Get event instances',
    description: 'Lists the single dates of a repeated event.',
    input: z.object({
      calendarId,
      eventId,
      maxAttendees: listing.maxAttendees,
      maxResults: listing.maxResults,
      originalStart: z.string().optional().describe('Only the date that would have begun at this time.'),
      pageToken,
      showDeleted: listing.showDeleted,
      timeMax: listing.timeMax,
      timeMin: listing.timeMin,
      timeZone: listing.timeZone,
    }),
    output: Events,
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ calendarId: id, eventId: event, ...query }) => ({
      method: 'GET',
      url: path`/calendar/v3/calendars/${id}/events/${event}/instances`,
      query,
    }),
  }),
  requestTool({
    slug: 'GOOGLECALENDAR_SYNC_EVENTS',
    name: 'Sync events',
    description: 'Tells what changed in a calendar since the sync token of before; without one, everything.',
    input: z.object({
      calendar_id: calendarId,
      event_types: z.array(z.string()).optional().describe('Only these kinds.'),
      max_results: z.int().min(1).max(2500).optional().describe('Events a page.'),
      pageToken,
      single_events: z.boolean().optional().describe('Whether repeated events are told date by date.'),
      sync_token: syncToken,
    }),
    output: z.object({ event_data: Events }),
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ calendar_id, event_types, max_results, single_events, sync_token, ...rest }) => ({
      method: 'GET',
      url: path`/calendar/v3/calendars/${calendar_id}/events`,
      query: {
        eventTypes: event_types,
        maxResults: max_results,
        singleEvents: single_events,
        syncToken: sync_token,
        ...rest,
      },
    }),
    answer: (events) => ({ event_data: events }),
  }),
];

/** Whole days begin at their midnight. */
function beginOf({ start }: Record<string, unknown>): number {
  const { dateTime, date } = (start ?? {}) as { dateTime?: string; date?: string };
  return Date.parse(dateTime ?? date ?? '') || 0;
}
