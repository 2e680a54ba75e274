import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { List, mailbox, READ, userId, Wrapped, wrap } from './fields.js';

export const mailboxTools: ToolSpec[] = [
  requestTool({
    slug: 'OUTLOOK_LIST_MAIL_FOLDERS',
    name: 'List mail folders',
    description: 'Lists the folders of the mailbox with their ids and how many are unread.',
    input: z.object({
      include_hidden_folders: z.boolean().default(false).describe('Whether hidden ones are told.'),
      user_id: userId,
    }),
    output: z.object({ response_data: List }),
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ include_hidden_folders, user_id }) => ({
      method: 'GET',
      url: `${mailbox(user_id)}/mailFolders`,
      query: { includeHiddenFolders: include_hidden_folders || undefined, $top: 100 },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'OUTLOOK_GET_PROFILE',
    name: 'Get profile',
    description: 'Tells whose mailbox it is: name, address, title.',
    input: z.object({ user_id: userId }),
    output: Wrapped,
    tags: ['readOnlyHint'],
    scopes: ['User.Read'],
    request: ({ user_id }) => ({ method: 'GET', url: mailbox(user_id) }),
    answer: wrap,
  }),
];
