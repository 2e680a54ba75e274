import { z } from 'zod';
import { fileInput } from '../file-schemas.js';
import { functionTool, type ToolSpec } from '../toolkit.js';
import { ToolFailure } from '../tool-runtime.js';
import { call, Ok } from './fields.js';

export const fileTools: ToolSpec[] = [
  functionTool({
    slug: 'SLACK_UPLOAD_OR_CREATE_A_FILE_IN_SLACK',
    name: 'Upload or create a file in Slack',
    description: 'Puts a file, or a text as a file, into Slack and shows it in a channel or thread.',
    input: z.object({
      file: fileInput('The file; either this or content.').optional(),
      content: z.string().optional().describe('Text that becomes the file.'),
      filename: z.string().optional().describe('Name of the file, with its ending.'),
      title: z.string().optional().describe('Title that it is shown under.'),
      channels: z.string().optional().describe('Ids of the channels to show it in, joined by commas.'),
      initial_comment: z.string().optional().describe('Words above it.'),
      thread_ts: z.string().optional().describe('`ts` of the message whose thread it goes into.'),
    }),
    output: Ok.extend({ files: z.array(z.looseObject({ id: z.string() })).optional() }),
    tags: ['openWorldHint'],
    scopes: ['files:write'],
    run: async (
      { file, content, title, channels, initial_comment, thread_ts, ...given },
      { http, files },
    ) => {
      if (!file && content === undefined) {
        throw new ToolFailure('Invalid request data provided: file: is required, unless there is content');
      }
      const { name, mimetype, bytes } = file
        ? await files.read(file)
        : { name: 'file.txt', mimetype: 'application/octet-stream', bytes: Buffer.from(content ?? '') };
      const filename = given.filename ?? name;
      const place = await http.request(
        call('files.getUploadURLExternal', { filename, length: bytes.byteLength }),
      );
      const { upload_url, file_id } = z.object({ upload_url: z.url(), file_id: z.string() }).parse(place);
      await http.download({
        method: 'POST',
        url: upload_url,
        body: { bytes, mimetype },
      });
      const done = await http.request(
        call('files.completeUploadExternal', {
          files: JSON.stringify([{ id: file_id, title: title ?? filename }]),
          channels,
          initial_comment,
          thread_ts,
        }),
      );
      return Ok.extend({ files: z.array(z.looseObject({ id: z.string() })).optional() }).parse(done);
    },
  }),
];
