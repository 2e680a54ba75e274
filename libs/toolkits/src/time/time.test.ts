import { describe, expect, it } from 'vitest';
import { checkArguments } from '../arguments.js';
import type { ToolRuntime } from '../tool-runtime.js';
import type { FunctionTool } from '../toolkit.js';
import { time } from './manifest.js';

const NOW = new Date('2026-03-01T23:59:59.900Z');
const refuse = () => Promise.reject(new Error('a clock needs nothing of the outside'));
const RUNTIME: ToolRuntime = {
  now: () => NOW,
  http: { request: refuse, download: refuse },
  files: { read: refuse, store: refuse },
  parse: refuse,
  account: {},
  attach: () => undefined,
};

function tool(slug: string): FunctionTool {
  const found = time.tools.find((candidate) => candidate.slug === slug);
  if (found?.kind !== 'function') throw new Error(`no function tool ${slug}`);
  return found;
}

/** Runs a tool as the executor does: its schema first. */
async function run(slug: string, given: Record<string, unknown>) {
  const found = tool(slug);
  const input = checkArguments(found, given);
  if (!input.ok) throw new Error(input.issues.join('; '));
  return found.run(input.value, RUNTIME);
}

function issuesOf(slug: string, given: Record<string, unknown>): string[] {
  const input = checkArguments(tool(slug), given);
  return input.ok ? [] : input.issues;
}

async function convert(wallClock: string, from: string, to: string): Promise<string> {
  const given = { time: wallClock, from_timezone: from, to_timezone: to };
  const answer = (await run('TIME_CONVERT_TIME', given)) as { to: { datetime: string } };
  return answer.to.datetime;
}

describe('TIME_GET_CURRENT_TIME', () => {
  it('tells the time in UTC unless asked for another zone', async () => {
    expect(await run('TIME_GET_CURRENT_TIME', {})).toEqual({
      timezone: 'UTC',
      datetime: '2026-03-01T23:59:59+00:00',
      day_of_week: 'Sunday',
      utc_offset: '+00:00',
    });
  });

  it.each([
    ['Asia/Kolkata', '2026-03-02T05:29:59+05:30', 'Monday'],
    ['Asia/Kathmandu', '2026-03-02T05:44:59+05:45', 'Monday'],
    ['America/St_Johns', '2026-03-01T20:29:59-03:30', 'Sunday'],
    ['Pacific/Kiritimati', '2026-03-02T13:59:59+14:00', 'Monday'],
    ['Pacific/Marquesas', '2026-03-01T14:29:59-09:30', 'Sunday'],
  ])('knows the offset and the day of %s', async (timezone, datetime, day_of_week) => {
    expect(await run('TIME_GET_CURRENT_TIME', { timezone })).toMatchObject({ datetime, day_of_week });
  });

  it('names the argument that is no zone', () => {
    expect(issuesOf('TIME_GET_CURRENT_TIME', { timezone: 'Europe/Atlantis' })).toEqual([
      'timezone: is no IANA time zone, such as Europe/Paris',
    ]);
  });
});

describe('TIME_CONVERT_TIME', () => {
  it.each([
    ['in winter', '2026-01-15T12:00:00', '2026-01-15T06:00:00-05:00'],
    ['in summer', '2026-07-15T12:00:00', '2026-07-15T06:00:00-04:00'],
    ['between the two changes of spring', '2026-03-20T12:00:00', '2026-03-20T07:00:00-04:00'],
    ['across midnight', '2026-01-01T03:00', '2025-12-31T21:00:00-05:00'],
  ])('counts daylight saving in on both sides, %s', async (_, wallClock, expected) => {
    expect(await convert(wallClock, 'Europe/Paris', 'America/New_York')).toBe(expected);
  });

  it.each([
    ['Europe/Paris', '2026-03-29T02:30:00', '2026-03-29T01:30:00+00:00'],
    ['America/New_York', '2026-03-08T02:30:00', '2026-03-08T07:30:00+00:00'],
    // Half an hour, on Lord Howe Island.
    ['Australia/Lord_Howe', '2026-10-04T02:15:00', '2026-10-03T15:45:00+00:00'],
  ])('takes a time that %s skips in spring for the clock after the change', async (zone, given, expected) => {
    expect(await convert(given, zone, 'UTC')).toBe(expected);
  });

  it.each([
    ['Europe/Paris', '2026-10-25T02:30:00', '2026-10-25T00:30:00+00:00'],
    ['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00+00:00'],
    ['Australia/Lord_Howe', '2026-04-05T01:45:00', '2026-04-04T14:45:00+00:00'],
  ])('takes a time that %s repeats in autumn for the first of the two', async (zone, given, expected) => {
    expect(await convert(given, zone, 'UTC')).toBe(expected);
  });

  it.each([
    ['the last minute before', '2026-03-29T01:59:00', '2026-03-29T00:59:00+00:00'],
    ['the first minute after', '2026-03-29T03:00:00', '2026-03-29T01:00:00+00:00'],
    ['the first minute after the repeated hour', '2026-10-25T03:00:00', '2026-10-25T02:00:00+00:00'],
  ])('is right in %s a change', async (_, given, expected) => {
    expect(await convert(given, 'Europe/Paris', 'UTC')).toBe(expected);
  });

  it('answers with both clocks', async () => {
    const given = { time: '2026-05-01T09:30:00', from_timezone: 'Asia/Kolkata', to_timezone: 'UTC' };
    expect(await run('TIME_CONVERT_TIME', given)).toEqual({
      from: {
        timezone: 'Asia/Kolkata',
        datetime: '2026-05-01T09:30:00+05:30',
        day_of_week: 'Friday',
        utc_offset: '+05:30',
      },
      to: {
        timezone: 'UTC',
        datetime: '2026-05-01T04:00:00+00:00',
        day_of_week: 'Friday',
        utc_offset: '+00:00',
      },
    });
  });

  it.each([
    ['an offset', '2026-05-01T09:30:00+02:00', 'must look like 2026-03-01T09:30:00'],
    ['words', 'tomorrow', 'must look like 2026-03-01T09:30:00'],
    ['a month 13', '2026-13-01T09:30:00', 'is no date and time that exists'],
    ['a 30th of February', '2026-02-30T09:30:00', 'is no date and time that exists'],
  ])('refuses %s as a time', (_, wallClock, reason) => {
    const given = { time: wallClock, from_timezone: 'UTC', to_timezone: 'UTC' };
    expect(issuesOf('TIME_CONVERT_TIME', given)).toContain(`time: ${reason}`);
  });

  it('names each argument that is no zone', () => {
    const given = { time: '2026-05-01T09:30:00', from_timezone: 'Mars', to_timezone: '' };
    expect(issuesOf('TIME_CONVERT_TIME', given).map((issue) => issue.split(':')[0])).toEqual([
      'from_timezone',
      'to_timezone',
    ]);
  });
});
