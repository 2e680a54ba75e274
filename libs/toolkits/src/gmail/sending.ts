import { z } from 'zod';
import { fileInput } from '../file-schemas.js';
import { composeMail } from '../mail-message.js';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { path, type FileReference, type ToolRuntime } from '../tool-runtime.js';
import { COMPOSE, messageId, MessageReference, SEND, threadId, userId } from './fields.js';
import { GmailMessage, headerOf } from './message-view.js';

const address = z.string().min(3);
const recipients = {
  recipient_email: address.optional().describe('Address of the main recipient.'),
  extra_recipients: z.array(address).optional().describe('Further addresses beside the main recipient.'),
  cc: z.array(address).optional().describe('Addresses that get a copy.'),
  bcc: z.array(address).optional().describe('Addresses that get a copy unseen by the others.'),
};
const writing = {
  is_html: z.boolean().default(false).describe('Whether the body is HTML rather than plain text.'),
  attachment: fileInput('A file to attach.').optional(),
  user_id: userId,
};
const body = z.string().describe('Text of the message.');
const subject = z.string().optional().describe('Subject line.');

interface Writing {
  recipient_email?: string | undefined;
  extra_recipients?: string[] | undefined;
  cc?: string[] | undefined;
  bcc?: string[] | undefined;
  is_html: boolean;
  attachment?: FileReference | undefined;
}

/** The mail in the form that Gmail takes in JSON. */
async function rawOf(
  { files }: ToolRuntime,
  { recipient_email, extra_recipients = [], cc, bcc, is_html, attachment }: Writing,
  rest: { from?: string | undefined; subject?: string | undefined; body: string; answers?: GmailMessage },
): Promise<string> {
  const answered = rest.answers && headerOf(rest.answers, 'Message-ID');
  const mail = await composeMail({
    from: rest.from,
    to: [...(recipient_email ? [recipient_email] : []), ...extra_recipients],
    cc,
    bcc,
    subject: rest.subject,
    body: rest.body,
    isHtml: is_html,
    attachments: attachment ? [await files.read(attachment)] : [],
    ...(answered && {
      inReplyTo: answered,
      references: `${(rest.answers && headerOf(rest.answers, 'References')) ?? ''} ${answered}`.trim(),
    }),
  });
  return mail.toString('base64url');
}

async function lastOfThread({ http }: ToolRuntime, user: string, id: string): Promise<GmailMessage> {
  const thread = await http.request({
    method: 'GET',
    url: path`/gmail/v1/users/${user}/threads/${id}`,
    query: { format: 'metadata', metadataHeaders: ['Message-ID', 'References', 'Subject', 'From', 'To'] },
  });
  const { messages } = z.object({ messages: z.array(GmailMessage).min(1) }).parse(thread);
  return messages.at(-1) as GmailMessage;
}

const replySubject = (message: GmailMessage, prefix: string, pattern: RegExp): string => {
  const said = headerOf(message, 'Subject') ?? '';
  return pattern.test(said) ? said : `${prefix} ${said}`.trim();
};

async function send({ http }: ToolRuntime, user: string, message: { raw: string; threadId?: string }) {
  const url = path`/gmail/v1/users/${user}/messages/send`;
  return MessageReference.parse(await http.request({ method: 'POST', url, body: { json: message } }));
}

const NEEDS_RECIPIENT = { message: 'needs recipient_email, cc or bcc', path: ['recipient_email'] };
const hasRecipient = (given: { recipient_email?: string; to?: string; cc?: string[]; bcc?: string[] }) =>
  Boolean(given.recipient_email ?? given.to) || [given.cc, given.bcc].some((list) => list?.length);

export const sendingTools: ToolSpec[] = [
  functionTool({
    slug: 'GMAIL_SEND_EMAIL',
    name: 'Send email',
    description:
      'Writes and sends an e-mail from the connected mailbox at once: plain text or HTML, to several people, with a file attached if wanted.',
    input: z
      .object({
        ...recipients,
        to: address.optional().describe('The same as recipient_email.'),
        from_email: address.optional().describe('Send as this address: an alias of the mailbox.'),
        subject,
        body,
        ...writing,
      })
      .refine(hasRecipient, NEEDS_RECIPIENT),
    output: MessageReference,
    tags: ['important', 'openWorldHint'],
    scopes: SEND,
    run: async ({ to, body, subject, from_email, user_id, ...given }, runtime) => {
      const recipient_email = given.recipient_email ?? to;
      const raw = await rawOf(runtime, { ...given, recipient_email }, { body, subject, from: from_email });
      return send(runtime, user_id, { raw });
    },
  }),
  functionTool({
    slug: 'GMAIL_REPLY_TO_THREAD',
    name: 'Reply to email thread',
    description:
      'Answers in an existing e-mail thread, so that it stays one conversation for everybody: subject and references are those of its last message.',
    input: z.object({
      thread_id: threadId,
      message_body: z.string().describe('Text of the answer.'),
      ...recipients,
      recipient_email: address.describe('Address of the main recipient.'),
      ...writing,
    }),
    output: MessageReference,
    tags: ['important', 'openWorldHint'],
    scopes: SEND,
    run: async ({ thread_id, message_body, user_id, ...given }, runtime) => {
      const last = await lastOfThread(runtime, user_id, thread_id);
      const subject = replySubject(last, 'Re:', /^re:/i);
      const raw = await rawOf(runtime, given, { body: message_body, subject, answers: last });
      return send(runtime, user_id, { raw, threadId: thread_id });
    },
  }),
  functionTool({
    slug: 'GMAIL_FORWARD_MESSAGE',
    name: 'Forward email message',
    description:
      'Passes a message on to somebody else, whole and with its attachments, under a few words of introduction if wanted.',
    input: z.object({
      message_id: messageId,
      recipient_email: address.describe('Address that it is passed on to.'),
      additional_text: z.string().optional().describe('Text above the forwarded message.'),
      user_id: userId,
    }),
    output: MessageReference,
    tags: ['openWorldHint'],
    scopes: SEND,
    run: async ({ message_id, recipient_email, additional_text = '', user_id }, runtime) => {
      const url = path`/gmail/v1/users/${user_id}/messages/${message_id}`;
      const get = (format: string) => runtime.http.request({ method: 'GET', url, query: { format } });
      const message = GmailMessage.parse(await get('metadata'));
      const { raw } = z.object({ raw: z.string() }).parse(await get('raw'));
      const mail = await composeMail({
        to: [recipient_email],
        subject: replySubject(message, 'Fwd:', /^fwd?:/i),
        body: additional_text,
        isHtml: false,
        // Whole as it came, it keeps its own attachments and pictures (RFC 2046, section 5.2.1).
        attachments: [
          { name: 'message.eml', mimetype: 'message/rfc822', bytes: Buffer.from(raw, 'base64url') },
        ],
      });
      return send(runtime, user_id, { raw: mail.toString('base64url') });
    },
  }),
  functionTool({
    slug: 'GMAIL_CREATE_EMAIL_DRAFT',
    name: 'Create email draft',
    description:
      'Writes an e-mail into the drafts without sending it, also as an answer in a thread. GMAIL_SEND_DRAFT sends it.',
    input: z.object({
      ...recipients,
      subject,
      body,
      thread_id: threadId.optional().describe('Id of the thread that the draft answers.'),
      ...writing,
    }),
    output: z.looseObject({ id: z.string().describe('Id of the draft.'), message: MessageReference }),
    tags: ['important'],
    scopes: COMPOSE,
    run: async ({ thread_id, body, subject, user_id, ...given }, runtime) => {
      const answers = thread_id ? await lastOfThread(runtime, user_id, thread_id) : undefined;
      const line = subject ?? (answers && replySubject(answers, 'Re:', /^re:/i));
      const raw = await rawOf(runtime, given, { body, subject: line, ...(answers && { answers }) });
      const url = path`/gmail/v1/users/${user_id}/drafts`;
      const message = { raw, ...(thread_id && { threadId: thread_id }) };
      const draft = await runtime.http.request({ method: 'POST', url, body: { json: { message } } });
      return z.looseObject({ id: z.string(), message: MessageReference }).parse(draft);
    },
  }),
  requestTool({
    slug: 'GMAIL_SEND_DRAFT',
    name: 'Send draft',
    description: 'Sends a draft as it is, to the recipients it names, and takes it out of the drafts.',
    input: z.object({ draft_id: z.string().min(1).describe('Id of the draft.'), user_id: userId }),
    output: MessageReference,
    tags: ['openWorldHint'],
    scopes: COMPOSE,
    request: ({ draft_id, user_id }) => ({
      method: 'POST',
      url: path`/gmail/v1/users/${user_id}/drafts/send`,
      body: { json: { id: draft_id } },
    }),
  }),
  requestTool({
    slug: 'GMAIL_DELETE_DRAFT',
    name: 'Delete draft',
    description: 'Deletes a draft for ever; it does not go to the bin.',
    input: z.object({ draft_id: z.string().min(1).describe('Id of the draft.'), user_id: userId }),
    output: z.object({ success: z.boolean() }),
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: COMPOSE,
    request: ({ draft_id, user_id }) => ({
      method: 'DELETE',
      url: path`/gmail/v1/users/${user_id}/drafts/${draft_id}`,
    }),
    answer: () => ({ success: true }),
  }),
];
