import { z } from 'zod';
import { path, ToolFailure, type ToolHttp } from '../../tool-runtime.js';
import { triggerType, type TriggerSpec } from '../../trigger.js';
import { statusOf } from '../../triggers/refusals.js';
import { tokenFeed } from '../../triggers/token-feed.js';
import { READ } from '../fields.js';
import { GmailMessage, viewOf } from '../message-view.js';

const nullable = (what: string) => z.string().nullable().describe(what);
const payload = z.object({
  message_id: nullable('Id of the message.'),
  thread_id: nullable('Id of its thread.'),
  message_timestamp: nullable('When Gmail got it, ISO 8601.'),
  subject: nullable('Its subject.'),
  sender: nullable('Who it is from.'),
  to: nullable('Who it is to.'),
  message_text: nullable('Its text; of an HTML message, in Markdown.'),
  attachment_list: z.array(z.looseObject({})).nullable().describe('The files that it brings along.'),
  payload: z.looseObject({}).nullable().describe("Gmail's own parts of the message."),
});
type Payload = z.output<typeof payload>;

const Profile = z.looseObject({ historyId: z.coerce.string() });
/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.history/list */
const History = z.looseObject({
  historyId: z.coerce.string(),
  nextPageToken: z.string().optional(),
  history: z
    .array(
      z.looseObject({
        messagesAdded: z
          .array(
            z.looseObject({
              message: z.looseObject({ id: z.string(), labelIds: z.array(z.string()).optional() }),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
});
const Found = z.looseObject({ messages: z.array(z.looseObject({ id: z.string() })).optional() });

interface Mailbox {
  userId: string;
  labelIds: string;
  query: string;
}

/** Each message is a request of its own, with a query two, and a poll has some tens of seconds for all. */
const PAGE = 25;
/** An id that its sender chose: anything else might be read as a part of the search. */
const MESSAGE_ID = /^<?([^\s<>(){}"]+)>?$/;

/** Messages that came into a label, by the mailbox's own history. One that is older than Gmail keeps begins anew. */
const messagesIn = tokenFeed<Mailbox, Payload>({
  expired: [404],
  async start({ config: { userId }, runtime: { http } }) {
    const profile = await http.request({ method: 'GET', url: path`/gmail/v1/users/${userId}/profile` });
    return Profile.parse(profile).historyId;
  },
  async read({ config, token, runtime }) {
    const { userId, labelIds, query } = config;
    const labels = labelIds.split(',').map((label) => label.trim());
    const [startHistoryId, pageToken] = token.split(':');
    const history = History.parse(
      await runtime.http.request({
        method: 'GET',
        url: path`/gmail/v1/users/${userId}/history`,
        query: {
          startHistoryId,
          historyTypes: 'messageAdded',
          labelId: labels[0],
          maxResults: PAGE,
          pageToken,
        },
      }),
    );
    const added = (history.history ?? []).flatMap(({ messagesAdded = [] }) => messagesAdded);
    const ids = new Set(added.map(({ message }) => message.id));
    const events = [];
    for (const id of ids) {
      const message = await readMessage(runtime.http, userId, id);
      if (!message || !labels.every((label) => message.labelIds?.includes(label))) continue;
      if (query !== '' && !(await isFound(runtime.http, userId, query, message))) continue;
      const at = message.internalDate && Number(message.internalDate);
      events.push({ id, ...(at && { at }), payload: toPayload(await viewOf(message, runtime.parse)) });
    }
    const { nextPageToken } = history;
    return {
      events,
      // A page more of the same history, or the end of it.
      next: nextPageToken ? `${startHistoryId}:${nextPageToken}` : history.historyId,
      more: nextPageToken !== undefined,
    };
  },
});

/** Undefined: it was deleted since. */
async function readMessage(http: ToolHttp, userId: string, id: string): Promise<GmailMessage | undefined> {
  const url = path`/gmail/v1/users/${userId}/messages/${id}`;
  const answer = await http
    .request({ method: 'GET', url, query: { format: 'full' } })
    .catch((error: unknown) => {
      if (error instanceof ToolFailure && statusOf(error) === 404) return undefined;
      throw error;
    });
  return answer === undefined ? undefined : GmailMessage.parse(answer);
}

/** History knows no queries: Gmail is asked whether the message is one that the query finds. */
async function isFound(
  http: ToolHttp,
  userId: string,
  query: string,
  message: GmailMessage,
): Promise<boolean> {
  const rfc822 = message.payload?.headers?.find(({ name }) => name.toLowerCase() === 'message-id')?.value;
  const [, name] = MESSAGE_ID.exec(rfc822?.trim() ?? '') ?? [];
  const one = name ? `rfc822msgid:${name}` : '';
  const url = path`/gmail/v1/users/${userId}/messages`;
  const answer = await http.request({
    method: 'GET',
    url,
    query: { q: `${one} (${query})`.trim(), maxResults: 50 },
  });
  return (Found.parse(answer).messages ?? []).some(({ id }) => id === message.id);
}

function toPayload(view: Awaited<ReturnType<typeof viewOf>>): Payload {
  return {
    message_id: view.messageId,
    thread_id: view.threadId ?? null,
    message_timestamp: view.messageTimestamp ?? null,
    subject: view.subject ?? null,
    sender: view.sender ?? null,
    to: view.to ?? null,
    message_text: view.messageText ?? null,
    attachment_list: view.attachmentList,
    payload: view.payload ?? null,
  };
}

export const gmailTriggers: readonly TriggerSpec[] = [
  triggerType({
    slug: 'GMAIL_NEW_GMAIL_MESSAGE',
    name: 'New message',
    description: 'A message comes into the mailbox.',
    scopes: READ,
    config: z.object({
      labelIds: z
        .string()
        .min(1)
        .default('INBOX')
        .describe('Only with this label, or these, joined by commas.'),
      query: z
        .string()
        .default('')
        .describe("Only what a search in Gmail's words finds, such as from:ada@example.com."),
      userId: z.string().min(1).default('me').describe("Whose mailbox: `me` for the account's own."),
    }),
    payload,
    poll: messagesIn,
  }),
  triggerType({
    slug: 'GMAIL_EMAIL_SENT_TRIGGER',
    name: 'Message sent',
    description: 'A message is sent from the mailbox.',
    scopes: READ,
    config: z.object({}),
    payload,
    poll: (request) => messagesIn({ ...request, config: { userId: 'me', labelIds: 'SENT', query: '' } }),
  }),
];
