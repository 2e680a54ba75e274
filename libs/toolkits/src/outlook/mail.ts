import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import {
  flag,
  List,
  mailbox,
  messageId,
  quoted,
  READ,
  text,
  Thing,
  top,
  userId,
  Wrapped,
  WRITE,
  wrap,
} from './fields.js';

const after = (what: string) => text(`Only those ${what}, as 2026-03-01T00:00:00Z.`);
const addressList = (what: string) => z.array(z.looseObject({})).optional().describe(what);

export const mailTools: ToolSpec[] = [
  requestTool({
    slug: 'OUTLOOK_LIST_MESSAGES',
    name: 'List messages',
    description: 'Lists e-mails of a folder, by sender, subject, date, state and more.',
    input: z.object({
      folder: z
        .string()
        .min(1)
        .default('inbox')
        .describe('Name or id of the folder: inbox, drafts, sentitems …'),
      from_address: text('Only from this address.'),
      subject: text('Only with exactly this subject.'),
      subject_contains: text('Only with this in the subject.'),
      subject_startswith: text('Only with a subject that begins so.'),
      subject_endswith: text('Only with a subject that ends so.'),
      is_read: flag('Only read, or only unread.'),
      has_attachments: flag('Only with, or only without attachments.'),
      importance: z.enum(['low', 'normal', 'high']).optional().describe('Only of this importance.'),
      categories: z.array(z.string()).optional().describe('Only of one of these categories.'),
      conversationId: text('Only of this conversation.'),
      received_date_time_ge: after('that came at or after this'),
      received_date_time_gt: after('that came after this'),
      received_date_time_le: after('that came at or before this'),
      received_date_time_lt: after('that came before this'),
      sent_date_time_gt: after('sent after this'),
      sent_date_time_lt: after('sent before this'),
      select: z.array(z.string()).optional().describe('Which fields to tell, such as subject, from.'),
      orderby: z.array(z.string()).optional().describe('What to sort by, such as receivedDateTime desc.'),
      top: top(10),
      skip: z.int().min(0).default(0).describe('How many to leave out at the beginning.'),
      user_id: userId,
    }),
    output: List,
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: ({ user_id, folder, select, orderby, top: $top, skip, ...given }) => ({
      method: 'GET',
      url: mailbox(user_id) + path`/mailFolders/${folder}/messages`,
      query: {
        $filter: filterOf(given) || undefined,
        $select: select?.join(','),
        $orderby: orderby?.join(','),
        $top,
        $skip: skip || undefined,
      },
    }),
  }),
  requestTool({
    slug: 'OUTLOOK_GET_MESSAGE',
    name: 'Get message',
    description: 'Reads one e-mail: sender, recipients, subject, text.',
    input: z.object({
      message_id: messageId,
      select: z.array(z.string()).optional().describe('Which fields to tell.'),
      user_id: userId,
    }),
    output: Thing,
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: ({ message_id, select, user_id }) => ({
      method: 'GET',
      url: mailbox(user_id) + path`/messages/${message_id}`,
      query: { $select: select?.join(',') },
    }),
  }),
  requestTool({
    slug: 'OUTLOOK_SEARCH_MESSAGES',
    name: 'Search messages',
    description: 'Finds e-mails in the whole mailbox by words, with Outlook’s own filters such as from:ann.',
    input: z.object({
      query: z.string().min(1).describe('What to find.'),
      from_index: z.int().min(0).default(0).describe('How many to leave out at the beginning.'),
      size: z.int().min(1).max(25).default(25).describe('How many at most.'),
    }),
    output: List,
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ query, from_index, size }) => ({
      method: 'POST',
      url: '/search/query',
      body: {
        json: {
          requests: [{ entityTypes: ['message'], query: { queryString: query }, from: from_index, size }],
        },
      },
    }),
  }),
  requestTool({
    slug: 'OUTLOOK_QUERY_EMAILS',
    name: 'Query emails',
    description: 'Lists e-mails by a filter in the words of OData.',
    input: z.object({
      folder: z.string().min(1).default('inbox').describe('Name or id of the folder.'),
      filter: text("Such as isRead eq false and from/emailAddress/address eq 'ann@example.com'."),
      orderby: text('What to sort by, such as receivedDateTime desc.'),
      select: z.array(z.string()).optional().describe('Which fields to tell.'),
      top: top(10),
      skip: z.int().min(0).default(0).describe('How many to leave out at the beginning.'),
      user_id: userId,
    }),
    output: List,
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ user_id, folder, filter, orderby, select, top: $top, skip }) => ({
      method: 'GET',
      url: mailbox(user_id) + path`/mailFolders/${folder}/messages`,
      query: {
        $filter: filter,
        $orderby: orderby,
        $select: select?.join(','),
        $top,
        $skip: skip || undefined,
      },
    }),
  }),
  requestTool({
    slug: 'OUTLOOK_MOVE_MESSAGE',
    name: 'Move message',
    description: 'Moves an e-mail into another folder, where it gets a new id.',
    input: z.object({
      message_id: messageId,
      destination_id: z.string().min(1).describe('Name or id of the folder: archive, deleteditems …'),
      user_id: userId,
    }),
    output: Wrapped,
    tags: [],
    scopes: WRITE,
    request: ({ message_id, destination_id, user_id }) => ({
      method: 'POST',
      url: mailbox(user_id) + path`/messages/${message_id}/move`,
      body: { json: { destinationId: destination_id } },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'OUTLOOK_UPDATE_EMAIL',
    name: 'Update email',
    description: 'Changes a draft, or marks an e-mail as read or important.',
    input: z.object({
      message_id: messageId,
      subject: text('New subject, of a draft.'),
      body: z.looseObject({}).optional().describe('New text of a draft, as {contentType, content}.'),
      to_recipients: addressList('New recipients, each as {emailAddress: {address}}.'),
      cc_recipients: addressList('New recipients of copies.'),
      bcc_recipients: addressList('New recipients of unseen copies.'),
      importance: z.enum(['low', 'normal', 'high']).optional().describe('How important it is.'),
      is_read: flag('Whether it counts as read.'),
      user_id: userId,
    }),
    output: Wrapped,
    tags: ['idempotentHint', 'destructiveHint'],
    scopes: WRITE,
    request: ({ message_id, user_id, to_recipients, cc_recipients, bcc_recipients, is_read, ...rest }) => ({
      method: 'PATCH',
      url: mailbox(user_id) + path`/messages/${message_id}`,
      body: {
        json: {
          ...rest,
          toRecipients: to_recipients,
          ccRecipients: cc_recipients,
          bccRecipients: bcc_recipients,
          isRead: is_read,
        },
      },
    }),
    answer: wrap,
  }),
];

/** The filters in the words of OData; dates first, as sorting by them wants it. */
function filterOf(given: Record<string, unknown>): string {
  const compare = (field: string, name: string, operator: string) =>
    given[name] === undefined ? undefined : `${field} ${operator} ${String(given[name] as string | boolean)}`;
  const words = (name: string, as: (text: string) => string) => {
    const value = given[name];
    return typeof value === 'string' ? as(quoted(value)) : undefined;
  };
  const categories = (given['categories'] as string[] | undefined)?.map(
    (name) => `categories/any(c:c eq ${quoted(name)})`,
  );
  return [
    compare('receivedDateTime', 'received_date_time_ge', 'ge'),
    compare('receivedDateTime', 'received_date_time_gt', 'gt'),
    compare('receivedDateTime', 'received_date_time_le', 'le'),
    compare('receivedDateTime', 'received_date_time_lt', 'lt'),
    compare('sentDateTime', 'sent_date_time_gt', 'gt'),
    compare('sentDateTime', 'sent_date_time_lt', 'lt'),
    compare('isRead', 'is_read', 'eq'),
    compare('hasAttachments', 'has_attachments', 'eq'),
    words('importance', (text_) => `importance eq ${text_}`),
    words('from_address', (text_) => `from/emailAddress/address eq ${text_}`),
    words('conversationId', (text_) => `conversationId eq ${text_}`),
    words('subject', (text_) => `subject eq ${text_}`),
    words('subject_contains', (text_) => `contains(subject, ${text_})`),
    words('subject_startswith', (text_) => `startswith(subject, ${text_})`),
    words('subject_endswith', (text_) => `endswith(subject, ${text_})`),
    categories && `(${categories.join(' or ')})`,
  ]
    .filter(Boolean)
    .join(' and ');
}
