import pMap from 'p-map';
import { z } from 'zod';
import { fileOutput } from '../file-schemas.js';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { path, type ToolHttp } from '../tool-runtime.js';
import { labelIds, messageId, pageToken, READ, threadId, userId } from './fields.js';
import { attachmentsIn, GmailMessage, MessageView, viewOf, viewsOf } from './message-view.js';

/** Gmail counts requests a second for each person: more at once would be refused. */
const AT_ONCE = 8;
const format = z
  .enum(['full', 'metadata', 'minimal', 'raw'])
  .default('full')
  .describe(
    'How much of it: everything, the headers, or only ids and labels; `raw` is the mail as it was sent.',
  );

const Listed = z.object({
  messages: z.array(z.looseObject({ id: z.string(), threadId: z.string() })).default([]),
  nextPageToken: z.string().optional(),
  resultSizeEstimate: z.number().optional(),
});

async function getMessage(http: ToolHttp, user: string, id: string, as: string): Promise<GmailMessage> {
  const url = path`/gmail/v1/users/${user}/messages/${id}`;
  return GmailMessage.parse(await http.request({ method: 'GET', url, query: { format: as } }));
}

export const readingTools: ToolSpec[] = [
  functionTool({
    slug: 'GMAIL_FETCH_EMAILS',
    name: 'Fetch emails',
    description:
      'Lists e-mails, newest first, with sender, subject, text and attachments. Takes the words of the Gmail search box, such as "from:ann is:unread newer_than:7d".',
    input: z.object({
      query: z.string().optional().describe('What to look for, as in the search box of Gmail.'),
      label_ids: labelIds('that a message must all have, such as INBOX or UNREAD'),
      max_results: z.int().min(1).max(500).default(1).describe('Messages at most, 500 a page.'),
      page_token: pageToken,
      include_spam_trash: z.boolean().default(false).describe('Whether spam and the bin count too.'),
      ids_only: z.boolean().default(false).describe('Only ids of messages and threads: much faster.'),
      verbose: z.boolean().default(true).describe('With the text and attachments; without, only headers.'),
      include_payload: z.boolean().default(true).describe("With Gmail's own parts of each message."),
      user_id: userId,
    }),
    output: z.object({
      messages: z.array(MessageView.partial()),
      nextPageToken: z.string().optional(),
      resultSizeEstimate: z.number().optional(),
    }),
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    run: async (given, { http, parse }) => {
      const answer = await http.request({
        method: 'GET',
        url: path`/gmail/v1/users/${given.user_id}/messages`,
        query: {
          q: given.query,
          labelIds: given.label_ids,
          maxResults: given.max_results,
          pageToken: given.page_token,
          includeSpamTrash: given.include_spam_trash || undefined,
        },
      });
      const { messages, ...page } = Listed.parse(answer);
      if (given.ids_only) {
        return {
          messages: messages.map(({ id, threadId: thread }) => ({ messageId: id, threadId: thread })),
          ...page,
        };
      }
      const as = given.verbose ? 'full' : 'metadata';
      const found = await pMap(messages, ({ id }) => getMessage(http, given.user_id, id, as), {
        concurrency: AT_ONCE,
      });
      const includePayload = given.include_payload;
      return { messages: await viewsOf(found, parse, { includePayload }), ...page };
    },
  }),
  functionTool({
    slug: 'GMAIL_FETCH_MESSAGE_BY_MESSAGE_ID',
    name: 'Fetch message by message ID',
    description: 'Reads one e-mail by its id: sender, recipients, subject, text and the list of attachments.',
    input: z.object({ message_id: messageId, format, user_id: userId }),
    output: MessageView,
    covers: ['GET /gmail/v1/users/{userId}/messages/{id}'],
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    run: async (given, { http, parse }) => {
      const message = await getMessage(http, given.user_id, given.message_id, given.format);
      return { ...(await viewOf(message, parse)), ...(given.format === 'raw' && { raw: message['raw'] }) };
    },
  }),
  functionTool({
    slug: 'GMAIL_FETCH_MESSAGE_BY_THREAD_ID',
    name: 'Fetch message by thread ID',
    description: 'Reads all e-mails of a thread, oldest first: a whole conversation in one call.',
    input: z.object({ thread_id: threadId, page_token: pageToken, user_id: userId }),
    output: z.object({ id: z.string(), messages: z.array(MessageView) }),
    covers: ['GET /gmail/v1/users/{userId}/threads/{id}'],
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    run: async ({ thread_id, user_id }, { http, parse }) => {
      const url = path`/gmail/v1/users/${user_id}/threads/${thread_id}`;
      const thread = await http.request({ method: 'GET', url, query: { format: 'full' } });
      const { id, messages } = z
        .object({ id: z.string(), messages: z.array(GmailMessage).default([]) })
        .parse(thread);
      return { id, messages: await viewsOf(messages, parse) };
    },
  }),
  functionTool({
    slug: 'GMAIL_LIST_THREADS',
    name: 'List threads',
    description: 'Lists e-mail threads, newest first, by the words of the Gmail search box.',
    input: z.object({
      query: z.string().optional().describe('What to look for, as in the search box of Gmail.'),
      max_results: z.int().min(1).max(500).default(10).describe('Threads at most, 500 a page.'),
      page_token: pageToken,
      verbose: z.boolean().default(false).describe('With all messages of each thread.'),
      user_id: userId,
    }),
    output: z.object({
      threads: z.array(z.looseObject({ id: z.string() })),
      next_page_token: z.string().optional(),
    }),
    tags: ['readOnlyHint'],
    scopes: READ,
    run: async ({ query, max_results, page_token, verbose, user_id }, { http }) => {
      const url = path`/gmail/v1/users/${user_id}/threads`;
      const answer = await http.request({
        method: 'GET',
        url,
        query: { q: query, maxResults: max_results, pageToken: page_token },
      });
      const { threads, nextPageToken } = z
        .object({
          threads: z.array(z.looseObject({ id: z.string() })).default([]),
          nextPageToken: z.string().optional(),
        })
        .parse(answer);
      const whole = ({ id }: { id: string }) =>
        http.request({ method: 'GET', url: path`/gmail/v1/users/${user_id}/threads/${id}` });
      const shown = verbose ? await pMap(threads, whole, { concurrency: AT_ONCE }) : threads;
      return { threads: shown as { id: string }[], next_page_token: nextPageToken };
    },
  }),
  functionTool({
    slug: 'GMAIL_LIST_DRAFTS',
    name: 'List drafts',
    description: 'Lists the drafts of the mailbox, with their whole content if wanted.',
    input: z.object({
      max_results: z.int().min(1).max(500).default(1).describe('Drafts at most, 500 a page.'),
      page_token: pageToken,
      verbose: z.boolean().default(false).describe('With the content of each draft.'),
      user_id: userId,
    }),
    output: z.object({
      drafts: z.array(z.looseObject({ id: z.string() })),
      next_page_token: z.string().optional(),
    }),
    tags: ['readOnlyHint'],
    scopes: READ,
    run: async ({ max_results, page_token, verbose, user_id }, { http, parse }) => {
      const answer = await http.request({
        method: 'GET',
        url: path`/gmail/v1/users/${user_id}/drafts`,
        query: { maxResults: max_results, pageToken: page_token },
      });
      const { drafts, nextPageToken } = z
        .object({
          drafts: z.array(z.looseObject({ id: z.string() })).default([]),
          nextPageToken: z.string().optional(),
        })
        .parse(answer);
      const whole = async ({ id }: { id: string }) => {
        const url = path`/gmail/v1/users/${user_id}/drafts/${id}`;
        const draft = z
          .object({ id: z.string(), message: GmailMessage })
          .parse(await http.request({ method: 'GET', url, query: { format: 'full' } }));
        return draft;
      };
      if (!verbose) return { drafts, next_page_token: nextPageToken };
      const found = await pMap(drafts, whole, { concurrency: AT_ONCE });
      const views = await viewsOf(
        found.map(({ message }) => message),
        parse,
      );
      const shown = found.map(({ id }, index) => ({ id, message: views[index] }));
      return { drafts: shown, next_page_token: nextPageToken };
    },
  }),
  functionTool({
    slug: 'GMAIL_GET_ATTACHMENT',
    name: 'Get Gmail attachment',
    description: 'Fetches a file attached to an e-mail; ids and names stand in its attachmentList.',
    input: z.object({
      message_id: messageId,
      attachment_id: z.string().min(1).describe('Id of the attachment.'),
      file_name: z.string().min(1).describe('Name that the file gets.'),
      user_id: userId,
    }),
    output: z.object({ file: fileOutput('The attached file.') }),
    covers: ['GET /gmail/v1/users/{userId}/messages/{messageId}/attachments/{id}'],
    tags: ['readOnlyHint'],
    scopes: READ,
    run: async ({ message_id, attachment_id, file_name, user_id }, { http, files }) => {
      const message = await getMessage(http, user_id, message_id, 'full');
      const listed = attachmentsIn(message).find(({ filename }) => filename === file_name);
      const url = path`/gmail/v1/users/${user_id}/messages/${message_id}/attachments/${attachment_id}`;
      const { data } = z.object({ data: z.string() }).parse(await http.request({ method: 'GET', url }));
      return {
        file: await files.store({
          name: file_name,
          mimetype: listed?.mimeType ?? 'application/octet-stream',
          bytes: Buffer.from(data, 'base64url'),
        }),
      };
    },
  }),
  requestTool({
    slug: 'GMAIL_GET_PROFILE',
    name: 'Get profile',
    description: "Tells the mailbox's address, how many messages and threads it holds, and its history id.",
    input: z.object({ user_id: userId }),
    output: z.looseObject({
      emailAddress: z.string(),
      messagesTotal: z.number(),
      threadsTotal: z.number(),
      historyId: z.string(),
    }),
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: ({ user_id }) => ({ method: 'GET', url: path`/gmail/v1/users/${user_id}/profile` }),
  }),
];
