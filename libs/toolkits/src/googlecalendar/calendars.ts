import { z } from 'zod';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { CALENDAR, calendarId, pageToken, READ, syncToken } from './fields.js';

const Calendar = z.looseObject({ id: z.string(), summary: z.string().optional() });
const Busy = z.array(z.object({ start: z.string(), end: z.string() })).default([]);
const FreeBusy = z.looseObject({
  calendars: z
    .record(z.string(), z.looseObject({ busy: Busy, errors: z.array(z.unknown()).optional() }))
    .default({}),
});
const expansion = (what: string, fallback: number) =>
  z.int().min(1).max(fallback).default(fallback).describe(`${what} looked into, at most.`);

export const calendarTools: ToolSpec[] = [
  requestTool({
    slug: 'GOOGLECALENDAR_LIST_CALENDARS',
    name: 'List Google calendars',
    description: 'Lists the calendars of the account with their ids, names and time zones.',
    input: z.object({
      max_results: z.int().min(1).max(250).default(10).describe('Calendars at most.'),
      min_access_role: z
        .enum(['freeBusyReader', 'reader', 'writer', 'owner'])
        .optional()
        .describe('Only those with at least this right.'),
      page_token: pageToken,
      show_deleted: z.boolean().default(false).describe('Whether deleted ones are shown.'),
      show_hidden: z.boolean().default(false).describe('Whether hidden ones are shown.'),
      sync_token: syncToken,
    }),
    output: z.object({ calendars: z.array(Calendar), next_page_token: z.string().optional() }),
    covers: ['GET /calendar/v3/users/me/calendarList'],
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: (given) => ({
      method: 'GET',
      url: '/calendar/v3/users/me/calendarList',
      query: {
        maxResults: given.max_results,
        minAccessRole: given.min_access_role,
        pageToken: given.page_token,
        showDeleted: given.show_deleted,
        showHidden: given.show_hidden,
        syncToken: given.sync_token,
      },
    }),
    answer: (body) => {
      const { items = [], nextPageToken, nextSyncToken } = body as Record<string, unknown>;
      return { calendars: items, next_page_token: nextPageToken, next_sync_token: nextSyncToken };
    },
  }),
  requestTool({
    slug: 'GOOGLECALENDAR_GET_CALENDAR',
    name: 'Get Google calendar',
    description: 'Reads one calendar: its name, notes, place and time zone.',
    input: z.object({ calendar_id: calendarId }),
    output: z.object({ calendar_data: Calendar }),
    covers: ['GET /calendar/v3/calendars/{calendarId}'],
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ calendar_id }) => ({ method: 'GET', url: path`/calendar/v3/calendars/${calendar_id}` }),
    answer: (calendar) => ({ calendar_data: calendar }),
  }),
  requestTool({
    slug: 'GOOGLECALENDAR_CREATE_CALENDAR',
    name: 'Create a calendar',
    description: 'Makes a new, empty calendar of the account.',
    input: z.object({
      summary: z.string().min(1).describe('Name of the calendar.'),
      description: z.string().optional().describe('Notes on the calendar.'),
      location: z.string().optional().describe('Where it is, in words.'),
      timeZone: z.string().optional().describe('IANA time zone, such as Europe/Paris.'),
    }),
    output: Calendar,
    tags: [],
    scopes: CALENDAR,
    request: (json) => ({ method: 'POST', url: '/calendar/v3/calendars', body: { json } }),
  }),
  requestTool({
    slug: 'GOOGLECALENDAR_FREE_BUSY_QUERY',
    name: 'Query free/busy information',
    description: 'Tells when calendars are busy between two moments, also those of colleagues.',
    input: z.object({
      timeMin: z.iso.datetime({ offset: true }).describe('From when on, as 2026-03-01T09:30:00Z.'),
      timeMax: z.iso.datetime({ offset: true }).describe('Until when.'),
      timeZone: z.string().optional().describe('Time zone of the answer.'),
      items: z
        .array(z.object({ id: z.string().min(1).describe('Id of the calendar: often an address.') }))
        .min(1)
        .describe('The calendars asked about.'),
      calendarExpansionMax: z.int().min(1).max(50).optional().describe('Calendars looked into, at most.'),
      groupExpansionMax: z
        .int()
        .min(1)
        .max(100)
        .optional()
        .describe('Members of a group looked into, at most.'),
    }),
    output: FreeBusy,
    covers: ['POST /calendar/v3/freeBusy'],
    tags: ['readOnlyHint'],
    scopes: READ,
    request: (json) => ({ method: 'POST', url: '/calendar/v3/freeBusy', body: { json } }),
  }),
  functionTool({
    slug: 'GOOGLECALENDAR_FIND_FREE_SLOTS',
    name: 'Find free slots',
    description:
      'Finds the times at which calendars are free between two moments: for each alone, and for all of them together.',
    input: z.object({
      items: z
        .array(z.string().min(1))
        .optional()
        .describe("Ids of calendars; without them the account's own."),
      time_min: z.iso.datetime({ offset: true }).optional().describe('From when on; without it, from now.'),
      time_max: z.iso.datetime({ offset: true }).optional().describe('Until when; without it, for one day.'),
      timezone: z.string().default('UTC').describe('Time zone of the answer.'),
      calendar_expansion_max: expansion('Calendars', 50),
      group_expansion_max: expansion('Members of a group', 100),
    }),
    output: z.object({ response_data: FreeBusy.extend({ free: Busy }) }),
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    run: async (given, { http, now }) => {
      const from = given.time_min ?? now().toISOString();
      const until = given.time_max ?? new Date(Date.parse(from) + 24 * 3_600_000).toISOString();
      const json = {
        timeMin: from,
        timeMax: until,
        timeZone: given.timezone,
        calendarExpansionMax: given.calendar_expansion_max,
        groupExpansionMax: given.group_expansion_max,
        items: (given.items ?? ['primary']).map((id) => ({ id })),
      };
      const answer = FreeBusy.parse(
        await http.request({ method: 'POST', url: '/calendar/v3/freeBusy', body: { json } }),
      );
      const calendars = Object.fromEntries(
        Object.entries(answer.calendars).map(([id, calendar]) => [
          id,
          { ...calendar, free: gaps(calendar.busy, from, until) },
        ]),
      );
      const busy = Object.values(answer.calendars).flatMap((calendar) => calendar.busy);
      return { response_data: { ...answer, calendars, free: gaps(busy, from, until) } };
    },
  }),
  functionTool({
    slug: 'GOOGLECALENDAR_GET_CURRENT_DATE_TIME',
    name: 'Get current date and time',
    description:
      'Tells the date and time now, at an offset from UTC. Use it before anything that depends on today.',
    input: z.object({
      timezone: z
        .number()
        .min(-12)
        .max(14)
        .default(0)
        .describe('Offset from UTC in hours, such as 5.5 or -8.'),
    }),
    output: z.object({ current_datetime: z.string(), yyyymmdd_datetime: z.string() }),
    tags: ['readOnlyHint'],
    run: ({ timezone }, { now }) => {
      const there = new Date(now().getTime() + timezone * 3_600_000).toISOString().slice(0, 19);
      const minutes = Math.round(Math.abs(timezone) * 60);
      const two = (value: number) => String(value).padStart(2, '0');
      const offset = `${timezone < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
      return { current_datetime: there + offset, yyyymmdd_datetime: there.slice(0, 10) };
    },
  }),
];

/** What is left of a time when busy parts, in any order and overlapping, are taken out of it. */
function gaps(busy: { start: string; end: string }[], from: string, until: string) {
  const free: { start: string; end: string }[] = [];
  let at = from;
  for (const { start, end } of busy.toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start))) {
    if (Date.parse(start) > Date.parse(at)) free.push({ start: at, end: start });
    if (Date.parse(end) > Date.parse(at)) at = end;
  }
  if (Date.parse(until) > Date.parse(at)) free.push({ start: at, end: until });
  return free;
}
