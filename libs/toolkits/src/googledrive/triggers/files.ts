import { z } from 'zod';
import { googleScopes } from '../../google.js';
import type { Poll } from '../../trigger.js';
import { newItems } from '../../triggers/new-items.js';
import { quoted } from '../fields.js';

export const READ = googleScopes('drive.readonly');
export const FIELDS =
  'id,name,mimeType,createdTime,modifiedTime,webViewLink,parents,trashed,size,owners(emailAddress,displayName),lastModifyingUser(emailAddress,displayName)';

export const DriveFile = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  mimeType: z.string().optional(),
  createdTime: z.string(),
  modifiedTime: z.string(),
});
export type DriveFile = z.output<typeof DriveFile>;

const Files = z.looseObject({ files: z.array(DriveFile), nextPageToken: z.string().optional() });

export const filePayload = z.object({
  event_type: z.string().describe('What happened: `file_created`, `file_updated`.'),
  file_id: z.string().describe('Id of the file.'),
  name: z.string().describe('Its name.'),
  mime_type: z.string().describe('Its type.'),
  created_time: z.string().describe('When it was made, ISO 8601.'),
  modified_time: z.string().describe('When it was changed last.'),
  file: z.looseObject({}).describe("Drive's own fields of it."),
});

/** Polls the files of a Drive, wherever Google's API for them is, by when they were made or changed. */
export function driveFiles<C>(source: {
  by: 'createdTime' | 'modifiedTime';
  /** Conditions in Drive's words. */
  only?: (config: C) => string[];
}): Poll<C, z.output<typeof filePayload>> {
  const { by } = source;
  return newItems({
    async list({ config, since, page, runtime: { http } }) {
      const conditions = [
        'trashed = false',
        ...(source.only?.(config) ?? []),
        ...(since ? [`${by} >= ${quoted(since)}`] : []),
      ];
      const answer = await http.request({
        method: 'GET',
        url: 'https://www.googleapis.com/drive/v3/files',
        query: {
          q: conditions.join(' and '),
          orderBy: `${by} desc`,
          pageSize: 100,
          fields: `nextPageToken,files(${FIELDS})`,
          supportsAllDrives: true,
          includeItemsFromAllDrives: true,
          pageToken: page,
        },
      });
      const { files, nextPageToken } = Files.parse(answer);
      return { items: files, next: since && nextPageToken };
    },
    keyOf: ({ id, modifiedTime }) => (by === 'createdTime' ? `${id}:created` : `${id}:${modifiedTime}`),
    timeOf: (file) => file[by],
    // What was just made was not changed.
    payload: (file, { since, wasSeen }) =>
      by === 'modifiedTime' &&
      !wasSeen(`${file.id}:`) &&
      (since === undefined || Date.parse(file.createdTime) >= since)
        ? undefined
        : {
            event_type: by === 'createdTime' ? 'file_created' : 'file_updated',
            file_id: file.id,
            name: file.name ?? '',
            mime_type: file.mimeType ?? '',
            created_time: file.createdTime,
            modified_time: file.modifiedTime,
            file,
          },
    // Searches of Drive come a little late.
    overlapMs: 120_000,
  });
}
