import { z } from 'zod';
import { googleScopes } from '../google.js';

export const DRIVE = googleScopes('drive');
export const READ = googleScopes('drive.readonly');

export const fileId = z.string().min(1).describe('Id of the file or folder, as in its address.');
export const sharedDrives = z
  .boolean()
  .default(true)
  .describe('Whether the caller knows shared drives, so that files there count too.');

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/files#File */
export const DriveFile = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  mimeType: z.string().optional(),
  kind: z.string().optional(),
});
export const DriveFiles = z.looseObject({
  files: z.array(DriveFile),
  nextPageToken: z.string().optional(),
  incompleteSearch: z.boolean().optional(),
});

export const FOLDER = 'application/vnd.google-apps.folder';
/** What a made or changed file is told with. */
export const SHOWN =
  'id,kind,name,mimeType,description,parents,starred,trashed,webViewLink,webContentLink,driveId,version';

/** A text inside a search expression of Drive's. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
