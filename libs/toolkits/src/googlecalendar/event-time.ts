import { z } from 'zod';
import { path, ToolFailure, type ToolHttp } from '../tool-runtime.js';

export interface EventTime {
  dateTime: string;
  timeZone?: string;
}

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;
export const wallClock = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/,
    'must look like 2026-03-01T09:30:00',
  );
export const timezone = z
  .string()
  .optional()
  .describe("IANA time zone that the times are meant in, such as Europe/Paris. Default: the calendar's own.");
export const start = wallClock.describe(
  'When it begins, as clocks show it in the time zone: 2026-03-01T09:30:00.',
);
export const end = wallClock.optional().describe('When it ends, in the same form; wins over a duration.');
export const duration = {
  event_duration_hour: z
    .int()
    .min(0)
    .max(24)
    .default(0)
    .describe('Hours that it lasts, and the minutes on top.'),
  event_duration_minutes: z
    .int()
    .min(0)
    .max(59)
    .default(30)
    .describe('Minutes that it lasts beside the hours.'),
};

/** A time without an offset means the clock of a zone; without a zone too, that of the calendar. */
export async function eventTime(
  http: ToolHttp,
  calendar: string,
  dateTime: string,
  zone: string | undefined,
): Promise<EventTime> {
  if (zone ?? !LOCAL.test(dateTime))
    return { dateTime: withSeconds(dateTime), ...(zone && { timeZone: zone }) };
  const { timeZone } = z
    .object({ timeZone: z.string() })
    .parse(await http.request({ method: 'GET', url: path`/calendar/v3/calendars/${calendar}` }));
  return { dateTime: withSeconds(dateTime), timeZone };
}

/** @throws ToolFailure for a duration of nothing */
export function after(begin: EventTime, hours: number, minutes: number): EventTime {
  const ms = (hours * 60 + minutes) * 60_000;
  if (ms === 0) throw new ToolFailure('Invalid request data provided: the event has no duration');
  const { dateTime } = begin;
  const isLocal = LOCAL.test(dateTime);
  // The clock of the zone goes on by as much; Google knows when that is.
  const moved = new Date(Date.parse(isLocal ? `${dateTime}Z` : dateTime) + ms).toISOString();
  return { ...begin, dateTime: isLocal ? moved.slice(0, 19) : moved };
}

function withSeconds(dateTime: string): string {
  return /T\d{2}:\d{2}$/.test(dateTime) ? `${dateTime}:00` : dateTime;
}
