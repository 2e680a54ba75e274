import { z } from 'zod';
import { functionTool, type ToolkitSpec } from '../toolkit.js';
import { describeInstant, instantOf } from './wall-clock.js';

const TimeZone = z
  .string()
  .refine(isZone, {
    message: 'is no IANA time zone, such as Europe/Paris',
  })
  .describe('IANA time zone, such as Europe/Paris or America/New_York.');

const Instant = z.object({
  timezone: z.string(),
  datetime: z.string().describe('ISO 8601 with the offset of the zone at that moment.'),
  day_of_week: z.string(),
  utc_offset: z.string().describe('Such as +02:00.'),
});

const getCurrentTime = functionTool({
  slug: 'TIME_GET_CURRENT_TIME',
  name: 'Get current time',
  description:
    'Tells what time it is now: the current date, time and weekday in a time zone. Use it before anything that depends on today, such as "next Tuesday" or "in two hours".',
  input: z.object({ timezone: TimeZone.default('UTC') }),
  output: Instant,
  tags: ['important', 'readOnlyHint'],
  run: ({ timezone }, { now }) => describeInstant(now(), timezone),
});

const convertTime = functionTool({
  slug: 'TIME_CONVERT_TIME',
  name: 'Convert time between zones',
  description:
    'Takes a date and time as clocks show it in one time zone and tells what clocks show in another at that moment, daylight saving included.',
  input: z.object({
    time: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/, 'must look like 2026-03-01T09:30:00')
      .refine(isOnTheCalendar, 'is no date and time that exists')
      .describe('Date and time on the clock of from_timezone, without an offset: 2026-03-01T09:30:00.'),
    from_timezone: TimeZone,
    to_timezone: TimeZone,
  }),
  output: z.object({ from: Instant, to: Instant }),
  tags: ['important', 'readOnlyHint', 'idempotentHint'],
  run: ({ time: wallClock, from_timezone, to_timezone }) => {
    const instant = instantOf(wallClock, from_timezone);
    return { from: describeInstant(instant, from_timezone), to: describeInstant(instant, to_timezone) };
  },
});

/** Needs no account and no network: the toolkit to try an installation with. */
export const time: ToolkitSpec = {
  slug: 'time',
  name: 'Time',
  description: 'The current time, and times across time zones.',
  logo: `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#445" stroke-width="2"><circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 3" stroke-linecap="round"/></svg>')}`,
  categories: ['utilities'],
  version: '20261122_00',
  tools: [getCurrentTime, convertTime],
};

/** Date.parse takes a 30th of February for the 2nd of March. */
function isOnTheCalendar(wallClock: string): boolean {
  const time = Date.parse(`${wallClock}Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(wallClock);
}

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
