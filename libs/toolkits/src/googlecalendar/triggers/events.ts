import { z } from 'zod';
import { googleScopes } from '../../google.js';
import { path } from '../../tool-runtime.js';
import type { Poll, TriggerRuntime } from '../../trigger.js';
import { providerTime } from '../../triggers/moment.js';
import { newItems } from '../../triggers/new-items.js';
import { textOrNull, part } from '../../triggers/reading.js';

const Person = z.looseObject({ email: z.string().optional(), displayName: z.string().optional() });
const Time = z.looseObject({ date: z.string().optional(), dateTime: z.string().optional() });
/** https://developers.google.com/workspace/calendar/api/v3/reference/events: of a deleted one, little is left. */
export const CalendarEvent = z.looseObject({
  id: z.string(),
  status: z.string().optional(),
  created: z.string().optional(),
  updated: z.string().optional(),
  summary: z.string().optional(),
  start: Time.optional(),
  end: Time.optional(),
  attendees: z.array(Person.extend({ responseStatus: z.string().optional() })).optional(),
});
export type CalendarEvent = z.output<typeof CalendarEvent>;
const Events = z.looseObject({
  items: z.array(CalendarEvent).optional(),
  nextPageToken: z.string().optional(),
});

const nullable = (what: string) => z.string().nullable().describe(what);
export const calendarId = z
  .string()
  .min(1)
  .default('primary')
  .describe('Id of the calendar: `primary` for the own one.');
export interface OfCalendar {
  calendarId: string;
}

export const eventPayload = z.object({
  event_type: z.string().describe('`created`, `updated` or `deleted`.'),
  event_id: z.string().describe('Id of the event.'),
  calendar_id: z.string().describe('Id of the calendar.'),
  summary: nullable('Its title.'),
  description: nullable('Its text.'),
  location: nullable('Where it is.'),
  start_time: nullable('When it begins: a time, or a day.'),
  end_time: nullable('When it ends.'),
  status: nullable('`confirmed`, `tentative` or `cancelled`.'),
  html_link: nullable('Where it can be seen.'),
  creator_email: nullable('Address of who made it.'),
  creator_name: nullable('Name of who made it.'),
  organizer_email: nullable('Address of who holds it.'),
  organizer_name: nullable('Name of who holds it.'),
  attendees: z.array(z.looseObject({})).describe('Who is invited.'),
  recurring_event_id: nullable('Id of the series that it is of.'),
  created_at: nullable('When it was made, ISO 8601.'),
  updated_at: nullable('When it was changed last, ISO 8601.'),
  visibility: nullable('Who sees it.'),
});
export type EventPayload = z.output<typeof eventPayload>;

export function toEventPayload(event: CalendarEvent, event_type: string, calendar_id: string): EventPayload {
  const { id: event_id, start, end, attendees = [] } = event;
  const of = (field: string) => textOrNull(event[field]);
  const person = (who: string, field: string) => textOrNull(part(event, who)[field]);
  return {
    event_type,
    event_id,
    calendar_id,
    summary: of('summary'),
    description: of('description'),
    location: of('location'),
    start_time: start?.dateTime ?? start?.date ?? null,
    end_time: end?.dateTime ?? end?.date ?? null,
    status: of('status'),
    html_link: of('htmlLink'),
    creator_email: person('creator', 'email'),
    creator_name: person('creator', 'displayName'),
    organizer_email: person('organizer', 'email'),
    organizer_name: person('organizer', 'displayName'),
    attendees,
    recurring_event_id: of('recurringEventId'),
    created_at: of('created'),
    updated_at: of('updated'),
    visibility: of('visibility'),
  };
}

interface Page {
  runtime: TriggerRuntime;
  config: OfCalendar;
  query: Record<string, unknown>;
}

const eventsOf = ({ calendarId }: OfCalendar) => path`/calendar/v3/calendars/${calendarId}/events`;

async function readEvents({ runtime, config, query }: Page): Promise<z.output<typeof Events>> {
  return Events.parse(await runtime.http.request({ method: 'GET', url: eventsOf(config), query }));
}

/** Events that are to come, single ones of series too: what they are now. */
export async function upcoming({ runtime, config, query }: Page): Promise<CalendarEvent[]> {
  const asked = { singleEvents: true, orderBy: 'startTime', maxResults: 250, ...query };
  return (await readEvents({ runtime, config, query: asked })).items ?? [];
}

/** What became of an event, by when it was made: `since` is when the poll before looked. */
function kindOf(
  event: CalendarEvent,
  since: number | undefined,
  wasSeen: boolean,
): 'created' | 'updated' | 'deleted' {
  if (event.status === 'cancelled') return 'deleted';
  const isNew = !wasSeen && (since === undefined || Date.parse(event.created ?? '') >= since);
  return isNew ? 'created' : 'updated';
}

/** Polls a calendar by when its events were changed, by Google's clock. */
export function changedEvents<C extends OfCalendar>(wanted: readonly string[]): Poll<C, EventPayload> {
  return newItems<C, EventPayload, CalendarEvent>({
    // Not when the calendar was changed last: that may be longer ago than Google looks back.
    begin: ({ config, runtime: { http } }) =>
      providerTime(http, { method: 'GET', url: eventsOf(config), query: { maxResults: 1 } }),
    expired: [410],
    async list({ config, since, page, runtime }) {
      const query = {
        updatedMin: since,
        orderBy: 'updated',
        showDeleted: true,
        maxResults: 250,
        pageToken: page,
      };
      const { items = [], nextPageToken } = await readEvents({ runtime, config, query });
      return { items, next: nextPageToken };
    },
    // One that is new is told once, however often it is changed meanwhile.
    keyOf: ({ id, updated = '' }) => `${id}:${updated}`,
    timeOf: ({ updated = '' }) => updated,
    payload: (event, { config, since, wasSeen }) => {
      const kind = kindOf(event, since, wasSeen(`${event.id}:`));
      return wanted.includes(kind) ? toEventPayload(event, kind, config.calendarId) : undefined;
    },
  });
}

export const EventsOf = { scopes: googleScopes('calendar.readonly') };
