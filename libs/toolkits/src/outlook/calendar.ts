import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { bodyOf, flag, List, mailbox, text, Thing, top, userId } from './fields.js';

const READ = ['Calendars.Read'];
const WRITE = ['Calendars.ReadWrite'];
const eventId = z.string().min(1).describe('Id of the event.');
const zone = z.string().default('UTC').describe('Time zone of the times, IANA or of Windows.');
const when = (what: string) => z.string().min(1).describe(`${what}, as 2026-03-01T09:30:00.`);
const moment = (what: string) =>
  z.string().min(1).describe(`${what}, as 2026-03-01T09:30:00+01:00; in UTC if it has no offset.`);
const guest = z.union([
  z.string().min(3),
  z.looseObject({
    email: z.string().min(3).describe('Address of the guest.'),
    name: text('Name of the guest.'),
    type: z.enum(['required', 'optional', 'resource']).optional().describe('Whether the guest must come.'),
  }),
]);
const details = {
  body: text('Text of the event.'),
  is_html: z.boolean().default(false).describe('Whether the text is HTML.'),
  location: text('Where it is, in words.'),
  attendees_info: z
    .array(guest)
    .optional()
    .describe('Guests: addresses, or objects with email, name and type.'),
  is_online_meeting: flag('Whether it gets a Teams link.'),
  show_as: z
    .enum(['free', 'tentative', 'busy', 'oof', 'workingElsewhere'])
    .optional()
    .describe('How the time is shown.'),
  categories: z.array(z.string()).optional().describe('Categories of the event.'),
  recurrence: z.looseObject({}).optional().describe('How it is repeated, as {pattern, range} of Graph.'),
};

interface Given {
  subject?: string | undefined;
  start_datetime?: string | undefined;
  end_datetime?: string | undefined;
  time_zone: string;
  body?: string | undefined;
  is_html: boolean;
  location?: string | undefined;
  attendees_info?: z.output<typeof guest>[] | undefined;
  is_online_meeting?: boolean | undefined;
  show_as?: string | undefined;
  categories?: string[] | undefined;
  recurrence?: object | undefined;
}
const eventOf = (given: Given) => ({
  subject: given.subject,
  start: given.start_datetime && { dateTime: given.start_datetime, timeZone: given.time_zone },
  end: given.end_datetime && { dateTime: given.end_datetime, timeZone: given.time_zone },
  body: given.body === undefined ? undefined : bodyOf(given.body, given.is_html),
  location: given.location === undefined ? undefined : { displayName: given.location },
  attendees: given.attendees_info?.map((person) =>
    typeof person === 'string'
      ? { emailAddress: { address: person }, type: 'required' }
      : { emailAddress: { address: person.email, name: person.name }, type: person.type ?? 'required' },
  ),
  isOnlineMeeting: given.is_online_meeting,
  showAs: given.show_as,
  categories: given.categories,
  recurrence: given.recurrence,
});

export const calendarTools: ToolSpec[] = [
  requestTool({
    slug: 'OUTLOOK_CALENDAR_CREATE_EVENT',
    name: 'Create calendar event',
    description: 'Puts an event into the calendar, with guests, who are invited, and a Teams link if wanted.',
    input: z.object({
      subject: z.string().describe('Title of the event.'),
      start_datetime: when('When it begins'),
      end_datetime: when('When it ends'),
      time_zone: zone,
      ...details,
      user_id: userId,
    }),
    output: Thing,
    tags: ['important', 'openWorldHint'],
    scopes: WRITE,
    request: ({ user_id, ...given }) => ({
      method: 'POST',
      url: `${mailbox(user_id)}/events`,
      body: { json: eventOf(given) },
    }),
  }),
  requestTool({
    slug: 'OUTLOOK_UPDATE_CALENDAR_EVENT',
    name: 'Update calendar event',
    description: 'Changes an event; fields left out stay.',
    input: z.object({
      event_id: eventId,
      subject: text('New title.'),
      start_datetime: when('When it begins').optional(),
      end_datetime: when('When it ends').optional(),
      time_zone: zone,
      ...details,
      user_id: userId,
    }),
    output: Thing,
    tags: ['idempotentHint', 'destructiveHint'],
    scopes: WRITE,
    request: ({ user_id, event_id, ...given }) => ({
      method: 'PATCH',
      url: mailbox(user_id) + path`/events/${event_id}`,
      body: { json: eventOf(given) },
    }),
  }),
  requestTool({
    slug: 'OUTLOOK_GET_EVENT',
    name: 'Get event',
    description: 'Reads one event: times, guests and their answers, place, link.',
    input: z.object({ event_id: eventId, user_id: userId }),
    output: Thing,
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ event_id, user_id }) => ({
      method: 'GET',
      url: mailbox(user_id) + path`/events/${event_id}`,
    }),
  }),
  requestTool({
    slug: 'OUTLOOK_DELETE_EVENT',
    name: 'Delete event',
    description: 'Deletes an event; guests are told that it is off.',
    input: z.object({ event_id: eventId, user_id: userId }),
    output: z.object({ success: z.boolean() }),
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: WRITE,
    request: ({ event_id, user_id }) => ({
      method: 'DELETE',
      url: mailbox(user_id) + path`/events/${event_id}`,
    }),
    answer: () => ({ success: true }),
  }),
  requestTool({
    slug: 'OUTLOOK_LIST_EVENTS',
    name: 'List events',
    description: 'Lists events, repeated ones once; OUTLOOK_GET_CALENDAR_VIEW tells their dates.',
    input: z.object({
      filter: text("Filter in the words of OData, such as start/dateTime ge '2026-03-01'."),
      orderby: text('What to sort by, such as start/dateTime.'),
      timezone: z.string().default('UTC').describe('Time zone of the answer.'),
      top: top(10),
      skip: z.int().min(0).default(0).describe('How many to leave out at the beginning.'),
      user_id: userId,
    }),
    output: List,
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ filter, orderby, timezone, top: $top, skip, user_id }) => ({
      method: 'GET',
      url: `${mailbox(user_id)}/events`,
      query: { $filter: filter, $orderby: orderby, $top, $skip: skip || undefined },
      headers: { prefer: `outlook.timezone="${timezone.replaceAll('"', '')}"` },
    }),
  }),
  requestTool({
    slug: 'OUTLOOK_GET_CALENDAR_VIEW',
    name: 'Get calendar view',
    description: 'Lists what is in the calendar between two moments, repeated events date by date.',
    input: z.object({
      start_datetime: moment('From when on'),
      end_datetime: moment('Until when'),
      timezone: z.string().default('UTC').describe('Time zone of the answer.'),
      top: top(50),
      user_id: userId,
    }),
    output: List,
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: ({ start_datetime, end_datetime, timezone, top: $top, user_id }) => ({
      method: 'GET',
      url: `${mailbox(user_id)}/calendarView`,
      query: { startDateTime: start_datetime, endDateTime: end_datetime, $top, $orderby: 'start/dateTime' },
      headers: { prefer: `outlook.timezone="${timezone.replaceAll('"', '')}"` },
    }),
  }),
  requestTool({
    slug: 'OUTLOOK_FIND_MEETING_TIMES',
    name: 'Find meeting times',
    description: 'Suggests times at which all guests are free.',
    input: z.object({
      attendees: z
        .array(z.looseObject({}))
        .optional()
        .describe('Guests, each as {emailAddress: {address}, type}.'),
      meetingDuration: z.string().default('PT30M').describe('How long, such as PT1H.'),
      timeConstraint: z.looseObject({}).optional().describe('Between when, as {timeSlots: [{start, end}]}.'),
      maxCandidates: z.int().min(1).optional().describe('Suggestions at most.'),
      isOrganizerOptional: flag('Whether the account itself need not come.'),
      user_id: userId,
    }),
    output: z.looseObject({ meetingTimeSuggestions: z.array(z.looseObject({})) }),
    tags: ['readOnlyHint'],
    scopes: ['Calendars.Read.Shared'],
    request: ({ user_id, ...json }) => ({
      method: 'POST',
      url: `${mailbox(user_id)}/findMeetingTimes`,
      body: { json },
    }),
  }),
  requestTool({
    slug: 'OUTLOOK_LIST_CONTACTS',
    name: 'List contacts',
    description: 'Lists the saved contacts of a person.',
    input: z.object({
      filter: text('Filter in the words of OData.'),
      top: top(10),
      skip: z.int().min(0).default(0).describe('How many to leave out at the beginning.'),
      user_id: userId,
    }),
    output: List,
    tags: ['readOnlyHint'],
    scopes: ['Contacts.Read'],
    request: ({ filter, top: $top, skip, user_id }) => ({
      method: 'GET',
      url: `${mailbox(user_id)}/contacts`,
      query: { $filter: filter, $top, $skip: skip || undefined },
    }),
  }),
  requestTool({
    slug: 'OUTLOOK_CREATE_CONTACT',
    name: 'Create contact',
    description: 'Saves a new contact with addresses and numbers.',
    input: z.object({
      givenName: text('First name.'),
      surname: text('Last name.'),
      displayName: text('Name that is shown.'),
      emailAddresses: z.array(z.looseObject({})).optional().describe('Addresses, each as {address, name}.'),
      businessPhones: z.array(z.string()).optional().describe('Telephone numbers at work.'),
      mobilePhone: text('Mobile number.'),
      companyName: text('Firm.'),
      jobTitle: text('What the person does there.'),
      user_id: userId,
    }),
    output: Thing,
    tags: [],
    scopes: ['Contacts.ReadWrite'],
    request: ({ user_id, ...json }) => ({
      method: 'POST',
      url: `${mailbox(user_id)}/contacts`,
      body: { json },
    }),
  }),
];
