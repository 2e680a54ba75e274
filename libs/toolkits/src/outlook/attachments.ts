import { z } from 'zod';
import { fileOutput } from '../file-schemas.js';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { List, mailbox, messageId, READ, userId } from './fields.js';

export const attachmentTools: ToolSpec[] = [
  requestTool({
    slug: 'OUTLOOK_LIST_OUTLOOK_ATTACHMENTS',
    name: 'List attachments',
    description: 'Lists the files attached to an e-mail.',
    input: z.object({ message_id: messageId, user_id: userId }),
    output: z.object({ message_id: z.string(), response_data: List }),
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ message_id, user_id }) => ({
      method: 'GET',
      url: mailbox(user_id) + path`/messages/${message_id}/attachments`,
      query: { $select: 'id,name,contentType,size,isInline' },
    }),
    answer: (body, { message_id }) => ({ message_id, response_data: body }),
  }),
  functionTool({
    slug: 'OUTLOOK_DOWNLOAD_OUTLOOK_ATTACHMENT',
    name: 'Download attachment',
    description: 'Fetches a file attached to an e-mail.',
    input: z.object({
      message_id: messageId,
      attachment_id: z.string().min(1).describe('Id of the attachment.'),
      file_name: z.string().min(1).describe('Name that the file gets.'),
      user_id: userId,
    }),
    output: z.object({ file: fileOutput('The attached file.') }),
    tags: ['readOnlyHint'],
    scopes: READ,
    run: async ({ message_id, attachment_id, file_name, user_id }, { http, files }) => {
      const url = mailbox(user_id) + path`/messages/${message_id}/attachments/${attachment_id}/$value`;
      const { bytes, headers } = await http.download({ method: 'GET', url });
      const mimetype = headers['content-type'] ?? 'application/octet-stream';
      return { file: await files.store({ name: file_name, mimetype, bytes }) };
    },
  }),
];
