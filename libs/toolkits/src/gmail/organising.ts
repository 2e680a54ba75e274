import { z } from 'zod';
import { googleScopes } from '../google.js';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { ALL, labelIds, messageId, MessageReference, MODIFY, READ, threadId, userId } from './fields.js';

const Done = z.object({ success: z.boolean() });
const done = () => ({ success: true });
const Changed = z.object({ response_data: MessageReference });
const manyIds = z.array(z.string().min(1)).min(1).max(1000).describe('Ids of the messages, 1000 at most.');

export const organisingTools: ToolSpec[] = [
  requestTool({
    slug: 'GMAIL_LIST_LABELS',
    name: 'List Gmail labels',
    description:
      "Lists all labels of the mailbox with their ids: the system's, such as INBOX, and the person's own.",
    input: z.object({ user_id: userId }),
    output: z.object({ labels: z.array(z.looseObject({ id: z.string(), name: z.string() })) }),
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: ({ user_id }) => ({ method: 'GET', url: path`/gmail/v1/users/${user_id}/labels` }),
  }),
  requestTool({
    slug: 'GMAIL_CREATE_LABEL',
    name: 'Create label',
    description: 'Makes a new label; a slash in its name puts it under another, as in Work/Invoices.',
    input: z.object({
      label_name: z.string().min(1).describe('Name of the label.'),
      label_list_visibility: z
        .enum(['labelShow', 'labelShowIfUnread', 'labelHide'])
        .default('labelShow')
        .describe('Whether the list of labels shows it.'),
      message_list_visibility: z
        .enum(['show', 'hide'])
        .default('show')
        .describe('Whether messages show it in lists.'),
      background_color: z.string().optional().describe("Colour as #rrggbb, out of Gmail's own palette."),
      text_color: z.string().optional().describe("Colour of the text as #rrggbb, out of Gmail's palette."),
      user_id: userId,
    }),
    output: z.object({ response_data: z.looseObject({ id: z.string(), name: z.string() }) }),
    tags: [],
    scopes: googleScopes('gmail.labels'),
    request: ({ user_id, label_name, background_color, text_color, ...shown }) => ({
      method: 'POST',
      url: path`/gmail/v1/users/${user_id}/labels`,
      body: {
        json: {
          name: label_name,
          labelListVisibility: shown.label_list_visibility,
          messageListVisibility: shown.message_list_visibility,
          ...((background_color ?? text_color) && {
            color: { backgroundColor: background_color, textColor: text_color },
          }),
        },
      },
    }),
    answer: (label) => ({ response_data: label }),
  }),
  requestTool({
    slug: 'GMAIL_ADD_LABEL_TO_EMAIL',
    name: 'Modify email labels',
    description:
      'Puts labels on one e-mail and takes others off: files it, marks it read (remove UNREAD), stars it, archives it (remove INBOX).',
    input: z.object({
      message_id: messageId,
      add_label_ids: labelIds('to put on'),
      remove_label_ids: labelIds('to take off'),
      user_id: userId,
    }),
    output: Changed,
    covers: ['POST /gmail/v1/users/{userId}/messages/{id}/modify'],
    tags: ['important', 'idempotentHint'],
    scopes: MODIFY,
    request: ({ user_id, message_id, add_label_ids, remove_label_ids }) => ({
      method: 'POST',
      url: path`/gmail/v1/users/${user_id}/messages/${message_id}/modify`,
      body: { json: { addLabelIds: add_label_ids, removeLabelIds: remove_label_ids } },
    }),
    answer: (message) => ({ response_data: message }),
  }),
  requestTool({
    slug: 'GMAIL_MODIFY_THREAD_LABELS',
    name: 'Modify thread labels',
    description: 'Puts labels on all e-mails of a thread and takes others off.',
    input: z.object({
      thread_id: threadId,
      add_label_ids: labelIds('to put on'),
      remove_label_ids: labelIds('to take off'),
      user_id: userId,
    }),
    output: Done.extend({ response_dict: z.looseObject({ id: z.string() }) }),
    covers: ['POST /gmail/v1/users/{userId}/threads/{id}/modify'],
    tags: ['idempotentHint'],
    scopes: MODIFY,
    request: ({ user_id, thread_id, add_label_ids, remove_label_ids }) => ({
      method: 'POST',
      url: path`/gmail/v1/users/${user_id}/threads/${thread_id}/modify`,
      body: { json: { addLabelIds: add_label_ids, removeLabelIds: remove_label_ids } },
    }),
    answer: (thread) => ({ success: true, response_dict: thread }),
  }),
  requestTool({
    slug: 'GMAIL_BATCH_MODIFY_MESSAGES',
    name: 'Batch modify Gmail messages',
    description: 'Puts labels on many e-mails in one call, up to a thousand, and takes others off.',
    input: z.object({
      messageIds: manyIds,
      addLabelIds: labelIds('to put on'),
      removeLabelIds: labelIds('to take off'),
      user_id: userId,
    }),
    output: Done,
    covers: ['POST /gmail/v1/users/{userId}/messages/batchModify'],
    tags: ['idempotentHint'],
    scopes: MODIFY,
    request: ({ user_id, messageIds, addLabelIds, removeLabelIds }) => ({
      method: 'POST',
      url: path`/gmail/v1/users/${user_id}/messages/batchModify`,
      body: { json: { ids: messageIds, addLabelIds, removeLabelIds } },
    }),
    answer: done,
  }),
  requestTool({
    slug: 'GMAIL_BATCH_DELETE_MESSAGES',
    name: 'Batch delete Gmail messages',
    description: 'Deletes many e-mails for ever in one call, up to a thousand; they do not go to the bin.',
    input: z.object({ messageIds: manyIds, user_id: userId }),
    output: Done,
    covers: ['POST /gmail/v1/users/{userId}/messages/batchDelete'],
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: ALL,
    request: ({ user_id, messageIds }) => ({
      method: 'POST',
      url: path`/gmail/v1/users/${user_id}/messages/batchDelete`,
      body: { json: { ids: messageIds } },
    }),
    answer: done,
  }),
  requestTool({
    slug: 'GMAIL_MOVE_TO_TRASH',
    name: 'Move to trash',
    description: 'Moves an e-mail to the bin, from where it can be had back for thirty days.',
    input: z.object({ message_id: messageId, user_id: userId }),
    output: z.object({ email: MessageReference }),
    covers: ['POST /gmail/v1/users/{userId}/messages/{id}/trash'],
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: MODIFY,
    request: ({ user_id, message_id }) => ({
      method: 'POST',
      url: path`/gmail/v1/users/${user_id}/messages/${message_id}/trash`,
    }),
    answer: (email) => ({ email }),
  }),
  requestTool({
    slug: 'GMAIL_DELETE_MESSAGE',
    name: 'Delete message',
    description: 'Deletes an e-mail for ever. GMAIL_MOVE_TO_TRASH is the gentler way.',
    input: z.object({ message_id: messageId, user_id: userId }),
    output: Done,
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: ALL,
    request: ({ user_id, message_id }) => ({
      method: 'DELETE',
      url: path`/gmail/v1/users/${user_id}/messages/${message_id}`,
    }),
    answer: done,
  }),
];
