import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { DriveFile, DriveFiles, fileId, FOLDER, quoted, READ, sharedDrives } from './fields.js';

const search = {
  q: z
    .string()
    .optional()
    .describe("What to find, in Drive's own words: name contains 'plan' and mimeType = 'application/pdf'."),
  corpora: z.enum(['user', 'drive', 'domain', 'allDrives']).optional().describe('Where to look.'),
  driveId: z.string().optional().describe('Id of the shared drive to look in, with corpora drive.'),
  orderBy: z.string().optional().describe('Such as modifiedTime desc, or folder,name.'),
  pageSize: z.int().min(1).max(1000).default(100).describe('Files a page.'),
  pageToken: z.string().optional().describe('`nextPageToken` of the page before.'),
  spaces: z.string().default('drive').describe('drive, or appDataFolder.'),
  includeItemsFromAllDrives: z
    .boolean()
    .default(false)
    .describe('Whether files of shared drives are shown too.'),
  supportsAllDrives: sharedDrives,
};

export const findingTools: ToolSpec[] = [
  requestTool({
    slug: 'GOOGLEDRIVE_FIND_FILE',
    name: 'Find file',
    description:
      'Finds files and folders by name, content, kind, owner or date, with all that Drive knows of each.',
    input: z.object({
      ...search,
      fields: z.string().default('*').describe('Which fields to tell, such as files(id,name),nextPageToken.'),
    }),
    output: DriveFiles.partial(),
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: (query) => ({ method: 'GET', url: '/drive/v3/files', query }),
  }),
  requestTool({
    slug: 'GOOGLEDRIVE_LIST_FILES',
    name: 'List files and folders',
    description: 'Lists files and folders, of one folder if wanted.',
    input: z.object({
      ...search,
      folderId: z.string().optional().describe('Only what lies directly in this folder.'),
      fields: z.string().optional().describe('Which fields to tell.'),
      includeLabels: z.string().optional().describe('Ids of labels to tell, joined by commas.'),
      includePermissionsForView: z.string().optional().describe('Only `published` is known.'),
    }),
    output: DriveFiles.partial(),
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ folderId, q, ...query }) => {
      const inFolder = folderId && `${quoted(folderId)} in parents`;
      return {
        method: 'GET',
        url: '/drive/v3/files',
        query: {
          q: [inFolder, q && (inFolder ? `(${q})` : q)].filter(Boolean).join(' and ') || undefined,
          ...query,
        },
      };
    },
  }),
  requestTool({
    slug: 'GOOGLEDRIVE_FIND_FOLDER',
    name: 'Find folder',
    description: 'Finds folders by parts of their name, the text in them, when they changed or a star.',
    input: z.object({
      name_exact: z.string().optional().describe('The whole name.'),
      name_contains: z.string().optional().describe('Beginning of a word of the name.'),
      name_not_contains: z.string().optional().describe('What the name must not hold.'),
      full_text_contains: z.string().optional().describe('Words found in it.'),
      full_text_not_contains: z.string().optional().describe('Words not found in it.'),
      modified_after: z
        .string()
        .optional()
        .describe('Only those changed after this, as 2026-03-01T00:00:00.'),
      starred: z.boolean().optional().describe('Only with a star, or only without.'),
    }),
    output: DriveFiles,
    tags: ['readOnlyHint'],
    scopes: READ,
    request: (given) => {
      const conditions = [
        `mimeType = '${FOLDER}'`,
        'trashed = false',
        given.name_exact && `name = ${quoted(given.name_exact)}`,
        given.name_contains && `name contains ${quoted(given.name_contains)}`,
        given.name_not_contains && `not name contains ${quoted(given.name_not_contains)}`,
        given.full_text_contains && `fullText contains ${quoted(given.full_text_contains)}`,
        given.full_text_not_contains && `not fullText contains ${quoted(given.full_text_not_contains)}`,
        given.modified_after && `modifiedTime > ${quoted(given.modified_after)}`,
        given.starred !== undefined && `starred = ${given.starred}`,
      ];
      return {
        method: 'GET',
        url: '/drive/v3/files',
        query: { q: conditions.filter(Boolean).join(' and ') },
      };
    },
  }),
  requestTool({
    slug: 'GOOGLEDRIVE_GET_FILE_METADATA',
    name: 'Get file metadata',
    description: 'Tells what Drive knows of a file: name, kind, size, folder, owners, links.',
    input: z.object({
      fileId,
      fields: z.string().default('*').describe('Which fields to tell, joined by commas.'),
      acknowledgeAbuse: z
        .boolean()
        .optional()
        .describe('Whether a file marked as harmful is wanted all the same.'),
      includeLabels: z.string().optional().describe('Ids of labels to tell, joined by commas.'),
      includePermissionsForView: z.string().optional().describe('Only `published` is known.'),
      supportsAllDrives: sharedDrives,
    }),
    output: DriveFile,
    covers: ['GET /drive/v3/files/{fileId}'],
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ fileId: id, ...query }) => ({ method: 'GET', url: path`/drive/v3/files/${id}`, query }),
  }),
  requestTool({
    slug: 'GOOGLEDRIVE_GET_ABOUT',
    name: 'Get about',
    description: 'Tells whose Drive it is, how much room is left, and which kinds it can turn into which.',
    input: z.object({ fields: z.string().default('*').describe('Which fields to tell, joined by commas.') }),
    output: z.looseObject({ kind: z.string().optional(), user: z.looseObject({}).optional() }),
    tags: ['readOnlyHint'],
    scopes: READ,
    request: (query) => ({ method: 'GET', url: '/drive/v3/about', query }),
  }),
  requestTool({
    slug: 'GOOGLEDRIVE_LIST_PERMISSIONS',
    name: 'List permissions',
    description: 'Lists who may read, comment or change a file or folder.',
    input: z.object({
      fileId,
      pageSize: z.int().min(1).max(100).optional().describe('Permissions a page.'),
      pageToken: z.string().optional().describe('`nextPageToken` of the page before.'),
      includePermissionsForView: z.string().optional().describe('Only `published` is known.'),
      supportsAllDrives: sharedDrives,
      useDomainAdminAccess: z.boolean().optional().describe("Ask with an administrator's rights."),
    }),
    output: z.looseObject({ permissions: z.array(z.looseObject({ id: z.string() })) }),
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ fileId: id, ...query }) => ({
      method: 'GET',
      url: path`/drive/v3/files/${id}/permissions`,
      query,
    }),
  }),
];
