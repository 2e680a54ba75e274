import { z } from 'zod';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { DRIVE, DriveFile, fileId, FOLDER, sharedDrives, SHOWN } from './fields.js';

const ALL_DRIVES = { supportsAllDrives: true, fields: SHOWN };
const parentId = z.string().optional().describe('Id of the folder; without it, the top level.');
const changing = {
  keep_revision_forever: z.boolean().optional().describe('Whether this version is kept for ever.'),
  ocr_language: z.string().optional().describe('Language of a picture whose text is read, ISO 639-1.'),
  supports_all_drives: sharedDrives,
};

export const organisingTools: ToolSpec[] = [
  requestTool({
    slug: 'GOOGLEDRIVE_CREATE_FILE',
    name: 'Create file or folder',
    description: 'Makes an empty file, folder or Google document; content is put in by other tools.',
    input: z.object({
      name: z.string().optional().describe('Its name.'),
      mimeType: z.string().optional().describe('Its kind, such as application/vnd.google-apps.document.'),
      description: z.string().optional().describe('A short description.'),
      parents: z.array(z.string()).optional().describe('Id of the folder that it goes into.'),
      starred: z.boolean().optional().describe('Whether it gets a star.'),
      fields: z.string().optional().describe('Which fields to tell of it.'),
    }),
    output: DriveFile,
    tags: [],
    scopes: DRIVE,
    request: ({ fields = SHOWN, ...json }) => ({
      method: 'POST',
      url: '/drive/v3/files',
      query: { supportsAllDrives: true, fields },
      body: { json },
    }),
  }),
  requestTool({
    slug: 'GOOGLEDRIVE_CREATE_FOLDER',
    name: 'Create a folder',
    description: 'Makes a new folder, inside another if wanted.',
    input: z.object({ folder_name: z.string().min(1).describe('Name of the folder.'), parent_id: parentId }),
    output: DriveFile,
    tags: ['important'],
    scopes: DRIVE,
    request: ({ folder_name, parent_id }) => ({
      method: 'POST',
      url: '/drive/v3/files',
      query: ALL_DRIVES,
      body: { json: { name: folder_name, mimeType: FOLDER, parents: parent_id ? [parent_id] : undefined } },
    }),
  }),
  requestTool({
    slug: 'GOOGLEDRIVE_COPY_FILE',
    name: 'Copy file',
    description: 'Makes a copy of a file, under a new title if wanted.',
    input: z.object({ file_id: fileId, new_title: z.string().optional().describe('Name of the copy.') }),
    output: DriveFile,
    tags: [],
    scopes: DRIVE,
    request: ({ file_id, new_title }) => ({
      method: 'POST',
      url: path`/drive/v3/files/${file_id}/copy`,
      query: ALL_DRIVES,
      body: { json: { name: new_title } },
    }),
  }),
  functionTool({
    slug: 'GOOGLEDRIVE_MOVE_FILE',
    name: 'Move file',
    description: 'Moves a file or folder into another folder; out of the old one unless told which to leave.',
    input: z.object({
      file_id: fileId,
      add_parents: z.string().optional().describe('Id of the folder that it moves into.'),
      remove_parents: z
        .string()
        .optional()
        .describe('Ids of the folders that it leaves, joined by commas; without it, all it lies in.'),
      include_labels: z.string().optional().describe('Ids of labels to tell, joined by commas.'),
      include_permissions_for_view: z.string().optional().describe('Only `published` is known.'),
      use_content_as_indexable_text: z
        .boolean()
        .optional()
        .describe('Whether its content is what search finds.'),
      ...changing,
    }),
    output: DriveFile,
    tags: ['idempotentHint'],
    scopes: DRIVE,
    run: async (given, { http }) => {
      const url = path`/drive/v3/files/${given.file_id}`;
      let leaves = given.remove_parents;
      if (given.add_parents && !leaves) {
        const query = { fields: 'parents', supportsAllDrives: given.supports_all_drives };
        const { parents = [] } = z
          .object({ parents: z.array(z.string()).optional() })
          .parse(await http.request({ method: 'GET', url, query }));
        leaves = parents.filter((id) => id !== given.add_parents).join(',') || undefined;
      }
      const query = {
        addParents: given.add_parents,
        removeParents: leaves,
        includeLabels: given.include_labels,
        includePermissionsForView: given.include_permissions_for_view,
        keepRevisionForever: given.keep_revision_forever,
        ocrLanguage: given.ocr_language,
        supportsAllDrives: given.supports_all_drives,
        useContentAsIndexableText: given.use_content_as_indexable_text,
        fields: SHOWN,
      };
      return DriveFile.parse(await http.request({ method: 'PATCH', url, query, body: { json: {} } }));
    },
  }),
  requestTool({
    slug: 'GOOGLEDRIVE_UPDATE_FILE_PUT',
    name: 'Update file metadata',
    description: "Changes a file's name, description, star, kind or folder; its content stays.",
    input: z.object({
      file_id: fileId,
      name: z.string().optional().describe('New name.'),
      description: z.string().optional().describe('New description.'),
      mime_type: z.string().optional().describe('New media type.'),
      starred: z.boolean().optional().describe('Whether it has a star.'),
      add_parents: z.string().optional().describe('Id of the folder that it moves into.'),
      remove_parents: z.string().optional().describe('Ids of the folders that it leaves, joined by commas.'),
      use_domain_admin_access: z.boolean().optional().describe("Ask with an administrator's rights."),
      viewers_can_copy_content: z.boolean().optional().describe('Whether readers may copy and print it.'),
      writers_can_share: z.boolean().optional().describe('Whether those who may write may also share it.'),
      ...changing,
    }),
    output: DriveFile,
    tags: ['idempotentHint', 'destructiveHint'],
    scopes: DRIVE,
    request: (given) => ({
      method: 'PATCH',
      url: path`/drive/v3/files/${given.file_id}`,
      query: {
        addParents: given.add_parents,
        removeParents: given.remove_parents,
        keepRevisionForever: given.keep_revision_forever,
        ocrLanguage: given.ocr_language,
        supportsAllDrives: given.supports_all_drives,
        useDomainAdminAccess: given.use_domain_admin_access,
        fields: SHOWN,
      },
      body: {
        json: {
          name: given.name,
          description: given.description,
          mimeType: given.mime_type,
          starred: given.starred,
          copyRequiresWriterPermission:
            given.viewers_can_copy_content === undefined ? undefined : !given.viewers_can_copy_content,
          writersCanShare: given.writers_can_share,
        },
      },
    }),
  }),
  requestTool({
    slug: 'GOOGLEDRIVE_ADD_FILE_SHARING_PREFERENCE',
    name: 'Add file sharing preference',
    description: 'Shares a file or folder with a person, a group, a domain, or everybody who has the link.',
    input: z.object({
      file_id: fileId,
      role: z
        .enum(['reader', 'commenter', 'writer', 'fileOrganizer', 'organizer', 'owner'])
        .describe('What they may do.'),
      type: z.enum(['user', 'group', 'domain', 'anyone']).describe('With whom it is shared.'),
      email_address: z.string().optional().describe('Address, for user and group.'),
      domain: z.string().optional().describe('Domain, for domain.'),
      send_notification_email: z.boolean().optional().describe('Whether they get an e-mail; they do.'),
    }),
    output: z.looseObject({ id: z.string(), role: z.string().optional(), type: z.string().optional() }),
    tags: ['openWorldHint'],
    scopes: DRIVE,
    request: ({ file_id, email_address, send_notification_email, role, ...json }) => ({
      method: 'POST',
      url: path`/drive/v3/files/${file_id}/permissions`,
      query: {
        supportsAllDrives: true,
        sendNotificationEmail: send_notification_email,
        transferOwnership: role === 'owner' ? true : undefined,
      },
      body: { json: { ...json, role, emailAddress: email_address } },
    }),
  }),
  requestTool({
    slug: 'GOOGLEDRIVE_CREATE_COMMENT',
    name: 'Create comment',
    description: 'Writes a comment on a file, on a quoted part of it if wanted.',
    input: z.object({
      file_id: fileId,
      content: z.string().min(1).describe('Text of the comment.'),
      anchor: z.string().optional().describe('Place in the file, as JSON of its own form.'),
      quoted_file_content_value: z.string().optional().describe('The part of the file that it is about.'),
      quoted_file_content_mime_type: z.string().optional().describe('Media type of that part.'),
    }),
    output: z.looseObject({ id: z.string(), content: z.string() }),
    tags: [],
    scopes: DRIVE,
    request: ({ file_id, content, anchor, ...about }) => ({
      method: 'POST',
      url: path`/drive/v3/files/${file_id}/comments`,
      query: { fields: '*' },
      body: {
        json: {
          content,
          anchor,
          quotedFileContent: about.quoted_file_content_value
            ? { value: about.quoted_file_content_value, mimeType: about.quoted_file_content_mime_type }
            : undefined,
        },
      },
    }),
  }),
  requestTool({
    slug: 'GOOGLEDRIVE_GOOGLE_DRIVE_DELETE_FOLDER_OR_FILE_ACTION',
    name: 'Delete folder or file',
    description: 'Deletes a file, or a folder with all that lies in it, for ever; it does not go to the bin.',
    input: z.object({ fileId, supportsAllDrives: sharedDrives }),
    output: z.object({ success: z.boolean() }),
    covers: ['DELETE /drive/v3/files/{fileId}'],
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: DRIVE,
    request: ({ fileId: id, ...query }) => ({ method: 'DELETE', url: path`/drive/v3/files/${id}`, query }),
    answer: () => ({ success: true }),
  }),
];
