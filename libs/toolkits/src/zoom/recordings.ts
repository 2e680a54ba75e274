import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { ToolFailure } from '../tool-runtime.js';

const READ = ['recording:read'];
const text = (what: string) => z.string().optional().describe(what);
const meetingId = z
  .union([z.string().min(1), z.int()])
  .describe('Number of the meeting, or the id of one that was held (UUID).');
const page = {
  page_size: z.int().min(1).max(300).default(30).describe('How many a page.'),
  next_page_token: text('`next_page_token` of the page before.'),
};

/** Zoom wants an id that begins with a slash, or has two in it, encoded twice. */
function meetingPath(id: string | number): string {
  const text_ = String(id);
  if (text_ === '.' || text_ === '..')
    throw new ToolFailure('Invalid request data provided: meetingId: is no id');
  const once = encodeURIComponent(text_);
  return text_.startsWith('/') || text_.includes('//') ? encodeURIComponent(once) : once;
}

export const recordingTools: ToolSpec[] = [
  requestTool({
    slug: 'ZOOM_GET_MEETING_RECORDINGS',
    name: 'Get meeting recordings',
    description: 'Lists the recordings of a meeting with the addresses of their files.',
    input: z.object({
      meetingId,
      include_fields: text('download_access_token, to tell a token for the files.'),
      ttl: z.int().min(0).max(604_800).optional().describe('Seconds that this token lives.'),
    }),
    output: z.looseObject({ recording_files: z.array(z.looseObject({})).optional() }),
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ meetingId: id, ...query }) => ({
      method: 'GET',
      url: `/meetings/${meetingPath(id)}/recordings`,
      query,
    }),
  }),
  requestTool({
    slug: 'ZOOM_LIST_ALL_RECORDINGS',
    name: 'List all recordings',
    description: 'Lists the recordings in the cloud of a person, a month of them at most.',
    input: z.object({
      userId: z.string().min(1).default('me').describe('Id or address of the person, or me.'),
      from: text('Only from this day on, as 2026-03-01.'),
      to: text('Only until this day.'),
      meeting_id: z.int().optional().describe('Only of this meeting.'),
      mc: z.string().default('false').describe('Whether the metadata of the organisation is asked.'),
      trash: z.boolean().default(false).describe('Whether those in the bin are meant.'),
      trash_type: z.string().default('meeting_recordings').describe('meeting_recordings or recording_file.'),
      ...page,
    }),
    output: z.looseObject({ meetings: z.array(z.looseObject({})) }),
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ userId, ...query }) => ({
      method: 'GET',
      url: `/users/${encodeURIComponent(userId)}/recordings`,
      query,
    }),
  }),
  requestTool({
    slug: 'ZOOM_GET_PAST_MEETING_PARTICIPANTS',
    name: 'Get past meeting participants',
    description: 'Lists who was in a meeting that is over.',
    input: z.object({ meetingId, ...page }),
    output: z.looseObject({ participants: z.array(z.looseObject({})) }),
    tags: ['readOnlyHint'],
    scopes: ['meeting:read'],
    request: ({ meetingId: id, ...query }) => ({
      method: 'GET',
      url: `/past_meetings/${meetingPath(id)}/participants`,
      query,
    }),
  }),
];
