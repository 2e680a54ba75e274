import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';

const WRITE = ['meeting:write'];
const READ = ['meeting:read'];
const text = (what: string) => z.string().optional().describe(what);
const flag = (what: string) => z.boolean().optional().describe(what);
const count = (what: string) => z.int().min(0).optional().describe(what);
const userId = z.string().min(1).default('me').describe('Id or address of the host, or me.');
const meetingId = z.union([z.int(), z.string().min(1)]).describe('Number of the meeting.');
const nested = /__/;

/** Arguments name what is nested by two underscores, and spaces of words too: `settings__host__video`. */
const settings = {
  settings__host__video: flag('Whether the host begins with the camera on.'),
  settings__participant__video: flag('Whether guests begin with the camera on.'),
  settings__join__before__host: flag('Whether guests may come in before the host.'),
  settings__mute__upon__entry: flag('Whether guests come in muted.'),
  settings__waiting__room: flag('Whether guests wait until they are let in.'),
  settings__approval__type: count('0 registrants are let in, 1 the host decides, 2 nobody need register.'),
  settings__auto__recording: text('local, cloud or none.'),
  settings__allow__multiple__devices: flag('Whether guests may join from several devices.'),
  settings__alternative__host__update__polls: flag('Whether further hosts may change polls.'),
  settings__additional__data__center__regions: z
    .array(z.string())
    .optional()
    .describe('Further regions of data centres, such as TY.'),
  settings__alternative__hosts: text('Addresses of further hosts, joined by semicolons.'),
  settings__meeting__authentication: flag('Whether guests must be signed in.'),
};
const recurrence = {
  recurrence__type: count('1 daily, 2 weekly, 3 monthly.'),
  recurrence__repeat__interval: count('Every how many days, weeks or months.'),
  recurrence__weekly__days: text('Days of the week, 1 is Sunday, joined by commas.'),
  recurrence__monthly__day: count('Day of the month.'),
  recurrence__monthly__week: z.int().optional().describe('Week of the month, -1 is the last.'),
  recurrence__monthly__week__day: count('Day of that week, 1 is Sunday.'),
  recurrence__end__times: count('How often at most.'),
  recurrence__end__date__time: text('Until when, as 2026-03-01T09:30:00Z.'),
};
const meeting = {
  topic: text('Title of the meeting.'),
  type: z
    .int()
    .min(1)
    .max(8)
    .optional()
    .describe('1 at once, 2 at a time, 3 repeated at any time, 8 repeated at a time.'),
  start_time: text('When it begins: 2026-03-01T09:30:00 in its time zone, or with a Z.'),
  timezone: text('IANA time zone, such as Europe/Paris.'),
  duration: count('Minutes that it lasts.'),
  agenda: text('What it is about.'),
  password: text('Passcode, ten letters at most.'),
  schedule_for: text('Address of the person that it is set up for.'),
  pre_schedule: z.boolean().default(false).describe('Whether it is made for a calendar to fill in later.'),
  template_id: text('Id of a template.'),
  ...settings,
  ...recurrence,
};

/** `settings__host__video` as `settings.host_video`. */
function unfolded(given: Record<string, unknown>): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!nested.test(name)) {
      body[name] = value;
      continue;
    }
    const [group = '', ...words] = name.split('__');
    body[group] = { ...(body[group] as object | undefined), [words.join('_')]: value };
  }
  return body;
}

const Meeting = z.looseObject({ id: z.union([z.int(), z.string()]), join_url: z.string().optional() });
const success = z.object({ success: z.boolean() });

export const meetingTools: ToolSpec[] = [
  requestTool({
    slug: 'ZOOM_CREATE_A_MEETING',
    name: 'Create a meeting',
    description: 'Sets up a meeting, at once, at a time, or repeated, and tells the address to join it.',
    input: z.object({
      userId,
      ...meeting,
      default_password: z
        .boolean()
        .default(false)
        .describe("Whether it gets a passcode by the account's rules."),
    }),
    output: Meeting,
    tags: ['important', 'openWorldHint'],
    scopes: WRITE,
    request: ({ userId: host, ...given }) => ({
      method: 'POST',
      url: path`/users/${host}/meetings`,
      body: { json: unfolded(given) },
    }),
  }),
  requestTool({
    slug: 'ZOOM_LIST_MEETINGS',
    name: 'List meetings',
    description: 'Lists the meetings of a host: those to come, those under way, or those that were.',
    input: z.object({
      userId,
      type: z
        .enum(['scheduled', 'live', 'upcoming', 'upcoming_meetings', 'previous_meetings'])
        .default('scheduled')
        .describe('Which meetings.'),
      from: text('Only from this day on, as 2026-03-01.'),
      to: text('Only until this day.'),
      timezone: text('Time zone of from and to.'),
      page_size: z.int().min(1).max(300).default(30).describe('Meetings a page.'),
      next_page_token: text('`next_page_token` of the page before.'),
      page_number: count('Which page; next_page_token is the newer way.'),
    }),
    output: z.looseObject({ meetings: z.array(Meeting), next_page_token: z.string().optional() }),
    covers: ['GET /users/{userId}/meetings'],
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: ({ userId: host, ...query }) => ({ method: 'GET', url: path`/users/${host}/meetings`, query }),
  }),
  requestTool({
    slug: 'ZOOM_GET_A_MEETING',
    name: 'Get a meeting',
    description: 'Reads one meeting with its settings and the address to join it.',
    input: z.object({
      meetingId,
      occurrence_id: text('Id of one date of a repeated meeting.'),
      show_previous_occurrences: flag('Whether dates that are over are told.'),
    }),
    output: Meeting,
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ meetingId: id, ...query }) => ({ method: 'GET', url: path`/meetings/${id}`, query }),
  }),
  requestTool({
    slug: 'ZOOM_UPDATE_A_MEETING',
    name: 'Update a meeting',
    description: 'Changes a meeting; what is left out stays.',
    input: z.object({
      meetingId,
      occurrence_id: text('Id of one date of a repeated meeting.'),
      ...meeting,
      pre_schedule: flag('Whether it is made for a calendar to fill in later.'),
    }),
    output: success,
    tags: ['idempotentHint', 'destructiveHint'],
    scopes: WRITE,
    request: ({ meetingId: id, occurrence_id, ...given }) => ({
      method: 'PATCH',
      url: path`/meetings/${id}`,
      query: { occurrence_id },
      body: { json: unfolded(given) },
    }),
    answer: () => ({ success: true }),
  }),
  requestTool({
    slug: 'ZOOM_ADD_A_MEETING_REGISTRANT',
    name: 'Add a meeting registrant',
    description: 'Registers a person for a meeting that wants registration.',
    input: z.object({
      meetingId,
      email: z.string().min(3).describe('Address of the person.'),
      first_name: z.string().min(1).describe('First name.'),
      last_name: text('Last name.'),
      address: text('Street and number.'),
      city: text('Town.'),
      state: text('State or region.'),
      zip: text('Postcode.'),
      country: text('Country, two letters.'),
      phone: text('Telephone number.'),
      org: text('Firm.'),
      job_title: text('What the person does there.'),
      industry: text('What the firm does.'),
      comments: text('Questions and remarks.'),
      no_of_employees: text('How many people the firm has, such as 1-20.'),
      purchasing_time_frame: text('When the person means to buy, such as 1-3 months.'),
      language: text('Language of the mails, such as en-US.'),
      auto_approve: flag('Whether the person is let in without being asked.'),
      custom_questions: z.array(z.looseObject({})).optional().describe('Answers, each as {title, value}.'),
      occurrence_ids: text('Ids of the dates, joined by commas.'),
    }),
    output: z.looseObject({ registrant_id: z.string().optional(), join_url: z.string().optional() }),
    tags: ['openWorldHint'],
    scopes: WRITE,
    request: ({ meetingId: id, occurrence_ids, ...json }) => ({
      method: 'POST',
      url: path`/meetings/${id}/registrants`,
      query: { occurrence_ids },
      body: { json },
    }),
  }),
];
