import { z } from 'zod';
import { fileInput, fileOutput } from '../file-schemas.js';
import { functionTool, type ToolSpec } from '../toolkit.js';
import { path, type ToolFile, type ToolHttp, type ToolRuntime } from '../tool-runtime.js';
import { DRIVE, DriveFile, fileId, READ, SHOWN } from './fields.js';

/** Export formats of Google's own file types by default, with the file extension. */
const EXPORTS: Record<string, string> = {
  'application/vnd.google-apps.document':
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.google-apps.spreadsheet':
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.google-apps.presentation':
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.google-apps.drawing': 'image/png',
  'application/vnd.google-apps.script': 'application/vnd.google-apps.script+json',
};
const ENDINGS: Record<string, string> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/x-vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/rtf': 'rtf',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/epub+zip': 'epub',
  'application/vnd.google-apps.script+json': 'json',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
};
const exportType = z
  .string()
  .optional()
  .describe(
    "For Google's own kinds of files: media type to turn it into, such as application/pdf or text/markdown.",
  );

async function fetchContent({ http }: ToolRuntime, id: string, wanted: string | undefined) {
  const file = DriveFile.parse(
    await http.request({
      method: 'GET',
      url: path`/drive/v3/files/${id}`,
      query: { fields: 'id,kind,name,mimeType', supportsAllDrives: true },
    }),
  );
  const { name = id, mimeType = 'application/octet-stream' } = file;
  const isGoogles = mimeType.startsWith('application/vnd.google-apps.');
  const mimetype = isGoogles ? (wanted ?? EXPORTS[mimeType] ?? 'application/pdf') : mimeType;
  const { bytes } = await http.download(
    isGoogles
      ? { method: 'GET', url: path`/drive/v3/files/${id}/export`, query: { mimeType: mimetype } }
      : { method: 'GET', url: path`/drive/v3/files/${id}`, query: { alt: 'media', supportsAllDrives: true } },
  );
  const ending = isGoogles && ENDINGS[mimetype];
  return { file, content: { name: ending ? `${name}.${ending}` : name, mimetype, bytes } };
}

/** A file's content and what is known of it in one request (multipart/related, as Drive takes it). */
export async function uploadFile(
  http: ToolHttp,
  metadata: Record<string, unknown>,
  { mimetype, bytes }: Pick<ToolFile, 'mimetype' | 'bytes'>,
  to: { method: 'POST' | 'PATCH'; url: string } = { method: 'POST', url: '/upload/drive/v3/files' },
) {
  const boundary = 'patchbay-part';
  const head = `--${boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify(metadata)}\r\n--${boundary}\r\nContent-Type: ${mimetype}\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
  const text = `${head}${Buffer.from(bytes).toString('base64')}\r\n--${boundary}--`;
  const answer = await http.request({
    ...to,
    query: { uploadType: 'multipart', supportsAllDrives: true, fields: SHOWN },
    body: { bytes: Buffer.from(text), mimetype: `multipart/related; boundary=${boundary}` },
  });
  return DriveFile.parse(answer);
}

export const contentTools: ToolSpec[] = [
  functionTool({
    slug: 'GOOGLEDRIVE_DOWNLOAD_FILE',
    name: 'Download a file from Google Drive',
    description:
      "Fetches a file's content as a file; Docs, Sheets and Slides are turned into another kind on the way.",
    input: z.object({ file_id: fileId, mime_type: exportType }),
    output: DriveFile.extend({ downloaded_file_content: fileOutput('The content.') }),
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    run: async ({ file_id, mime_type }, runtime) => {
      const { file, content } = await fetchContent(runtime, file_id, mime_type);
      return { ...file, downloaded_file_content: await runtime.files.store(content) };
    },
  }),
  functionTool({
    slug: 'GOOGLEDRIVE_PARSE_FILE',
    name: 'Export or download a file',
    description: "Fetches a file's content in the wanted form, above all of Google's own documents.",
    input: z.object({ file_id: fileId, mime_type: exportType }),
    output: z.object({ file: fileOutput('The content.') }),
    tags: ['readOnlyHint'],
    scopes: READ,
    run: async ({ file_id, mime_type }, runtime) => {
      const { content } = await fetchContent(runtime, file_id, mime_type);
      return { file: await runtime.files.store(content) };
    },
  }),
  functionTool({
    slug: 'GOOGLEDRIVE_UPLOAD_FILE',
    name: 'Upload file',
    description: 'Puts a file into Drive, into a folder if wanted.',
    input: z.object({
      file_to_upload: fileInput('The file to put there.'),
      folder_to_upload_to: z.string().optional().describe('Id of the folder; without it, the top level.'),
    }),
    output: DriveFile,
    tags: ['important'],
    scopes: DRIVE,
    run: async ({ file_to_upload, folder_to_upload_to }, { http, files }) => {
      const { name, mimetype, bytes } = await files.read(file_to_upload);
      const parents = folder_to_upload_to ? [folder_to_upload_to] : undefined;
      return uploadFile(http, { name, mimeType: mimetype, parents }, { mimetype, bytes });
    },
  }),
  functionTool({
    slug: 'GOOGLEDRIVE_CREATE_FILE_FROM_TEXT',
    name: 'Create a file from text',
    description:
      'Makes a new file in Drive out of a text; with a Google media type it becomes such a document.',
    input: z.object({
      file_name: z.string().min(1).describe('Name of the file, with its ending.'),
      text_content: z.string().describe('The text.'),
      mime_type: z.string().default('text/plain').describe('Media type of the file.'),
      parent_id: z.string().optional().describe('Id of the folder; without it, the top level.'),
    }),
    output: DriveFile,
    tags: ['important'],
    scopes: DRIVE,
    run: ({ file_name, text_content, mime_type, parent_id }, { http }) => {
      const mimetype = mime_type.startsWith('application/vnd.google-apps.') ? 'text/plain' : mime_type;
      const metadata = { name: file_name, mimeType: mime_type, parents: parent_id ? [parent_id] : undefined };
      return uploadFile(http, metadata, { mimetype, bytes: Buffer.from(text_content) });
    },
  }),
  functionTool({
    slug: 'GOOGLEDRIVE_EDIT_FILE',
    name: 'Edit file',
    description: 'Replaces the whole content of a file by a text; its id, name and links stay.',
    input: z.object({
      file_id: fileId,
      content: z.string().describe('The new content.'),
      mime_type: z.string().default('text/plain').describe('Media type of the content.'),
    }),
    output: DriveFile,
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: DRIVE,
    run: async ({ file_id, content, mime_type }, { http }) =>
      DriveFile.parse(
        await http.request({
          method: 'PATCH',
          url: path`/upload/drive/v3/files/${file_id}`,
          query: { uploadType: 'media', supportsAllDrives: true, fields: SHOWN },
          body: { bytes: Buffer.from(content), mimetype: mime_type },
        }),
      ),
  }),
];
