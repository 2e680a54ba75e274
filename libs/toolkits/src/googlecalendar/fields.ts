import { z } from 'zod';
import { googleScopes } from '../google.js';

export const CALENDAR = googleScopes('calendar');
export const READ = googleScopes('calendar.readonly');

export const calendarId = z
  .string()
  .min(1)
  .default('primary')
  .describe("Id of the calendar, or `primary` for the account's own.");
export const eventId = z.string().min(1).describe('Id of the event.');
export const pageToken = z.string().optional().describe('`nextPageToken` of the page before.');
export const syncToken = z
  .string()
  .optional()
  .describe('`nextSyncToken` of before: only what changed since.');
export const instant = (what: string) =>
  z.iso.datetime({ offset: true }).optional().describe(`${what}, as 2026-03-01T09:30:00Z or with an offset.`);
/** Google's word for it; the older tools took a yes or no. */
export const sendUpdates = z
  .enum(['all', 'externalOnly', 'none'])
  .optional()
  .describe('Which guests get an e-mail about it.');

/** https://developers.google.com/workspace/calendar/api/v3/reference/events#resource */
export const Event = z.looseObject({
  id: z.string(),
  status: z.string().optional(),
  htmlLink: z.string().optional(),
  summary: z.string().optional(),
});
export const Events = z.looseObject({
  items: z.array(Event),
  nextPageToken: z.string().optional(),
  nextSyncToken: z.string().optional(),
});
