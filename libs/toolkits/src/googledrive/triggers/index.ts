import { z } from 'zod';
import { quoted } from '../fields.js';
import { triggerType, type TriggerEvent, type TriggerSpec } from '../../trigger.js';
import { text } from '../../triggers/reading.js';
import { tokenFeed } from '../../triggers/token-feed.js';
import { driveChannel, Start, START } from './change-channel.js';
import { driveFiles, FIELDS, filePayload, READ } from './files.js';

const folder = z.string().min(1).optional().describe('Only what lies right in this folder, by its id.');
const query = z.string().min(1).optional().describe("Only what this finds, in the words of Drive's search.");
const max = z.int().min(1).max(1000).optional().describe('Not needed: nothing is left out.');
interface Narrowed {
  folder_id?: string | undefined;
  query?: string | undefined;
}
const narrowed = ({ folder_id, query: words }: Narrowed): string[] => [
  ...(folder_id ? [`${quoted(folder_id)} in parents`] : []),
  ...(words ? [`(${words})`] : []),
];

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/changes/list */
const Change = z.looseObject({
  fileId: z.string().optional(),
  removed: z.boolean().optional(),
  time: z.string().optional(),
  file: z
    .looseObject({ id: z.string(), name: z.string().optional(), trashed: z.boolean().optional() })
    .optional(),
});
const Changes = z.looseObject({
  changes: z.array(Change),
  nextPageToken: z.string().optional(),
  newStartPageToken: z.string().optional(),
});
const changePayload = z.object({
  event_type: z.string().describe('`removed`, `trashed` or `changed`.'),
  file_id: z.string().describe('Id of the file.'),
  name: z.string().nullable().describe('Its name, where it is still there.'),
  time: z.string().nullable().describe('When Drive noticed, ISO 8601.'),
  file: z.looseObject({}).nullable().describe("Drive's own fields of it, where it is still there."),
});
type ChangePayload = z.output<typeof changePayload>;

function changesFeed(wanted: (eventType: string) => boolean) {
  return tokenFeed<object, ChangePayload>({
    async start({ runtime: { http } }) {
      return Start.parse(await http.request(START)).startPageToken;
    },
    async read({ token, limit, runtime: { http } }) {
      const query = {
        pageToken: token,
        pageSize: limit,
        includeRemoved: true,
        supportsAllDrives: true,
        includeItemsFromAllDrives: true,
        fields: `nextPageToken,newStartPageToken,changes(fileId,removed,time,file(${FIELDS}))`,
      };
      const answer = await http.request({ method: 'GET', url: '/drive/v3/changes', query });
      const { changes, nextPageToken, newStartPageToken } = Changes.parse(answer);
      const events = changes.flatMap((change): TriggerEvent<ChangePayload>[] => {
        const { fileId, removed, time, file } = change;
        const event_type = removed ? 'removed' : file?.trashed ? 'trashed' : 'changed';
        if (!fileId || !wanted(event_type)) return [];
        const name = file?.name ?? null;
        const payload = { event_type, file_id: fileId, name, time: time ?? null, file: file ?? null };
        return [{ id: `${fileId}:${event_type}:${text(time)}`, at: time, payload }];
      });
      return { events, next: nextPageToken ?? newStartPageToken ?? token, more: nextPageToken !== undefined };
    },
  });
}

export const googledriveTriggers: readonly TriggerSpec[] = [
  triggerType({
    slug: 'GOOGLEDRIVE_FILE_CREATED_TRIGGER',
    name: 'File created',
    description: 'A file is made in the Drive, or put there.',
    scopes: READ,
    config: z.object({ folder_id: folder, query, max_results: max }),
    payload: filePayload,
    poll: driveFiles({ by: 'createdTime', only: narrowed }),
    webhook: driveChannel,
  }),
  triggerType({
    slug: 'GOOGLEDRIVE_FILE_UPDATED_TRIGGER',
    name: 'File updated',
    description: 'A file of the Drive is changed.',
    scopes: READ,
    config: z.object({ folder_id: folder, query }),
    payload: filePayload,
    poll: driveFiles({ by: 'modifiedTime', only: narrowed }),
    webhook: driveChannel,
  }),
  triggerType({
    slug: 'GOOGLEDRIVE_NEW_FILE_MATCHING_QUERY_TRIGGER',
    name: 'New file of a search',
    description: 'A file is made that a search in the Drive finds.',
    scopes: READ,
    config: z.object({
      query: z.string().min(1).describe("What is looked for, in the words of Drive's search."),
    }),
    payload: filePayload,
    poll: driveFiles({ by: 'createdTime', only: narrowed }),
    webhook: driveChannel,
  }),
  triggerType({
    slug: 'GOOGLEDRIVE_FILE_DELETED_OR_TRASHED_TRIGGER',
    name: 'File deleted or trashed',
    description: 'A file of the Drive is put into the bin, or deleted for ever.',
    scopes: READ,
    config: z.object({}),
    payload: changePayload,
    poll: changesFeed((event) => event !== 'changed'),
    webhook: driveChannel,
  }),
  triggerType({
    slug: 'GOOGLEDRIVE_GOOGLE_DRIVE_CHANGES',
    name: 'Any change',
    description: 'Anything happens to a file of the Drive.',
    scopes: READ,
    config: z.object({}),
    payload: changePayload,
    poll: changesFeed(() => true),
    webhook: driveChannel,
  }),
];
