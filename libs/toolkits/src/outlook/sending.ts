import { z } from 'zod';
import { fileInput } from '../file-schemas.js';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { path, type FileReference, type ToolRuntime } from '../tool-runtime.js';
import {
  addresses,
  bodyOf,
  mailbox,
  messageId,
  recipients,
  SEND,
  text,
  Thing,
  userId,
  Wrapped,
  WRITE,
  wrap,
} from './fields.js';

const writing = {
  subject: z.string().describe('Subject line.'),
  body: z.string().describe('Text of the message.'),
  is_html: z.boolean().default(false).describe('Whether the body is HTML.'),
  attachment: fileInput('A file to attach, 3 MB at most.').optional(),
};

async function attachments({ files }: ToolRuntime, file: FileReference | undefined) {
  if (!file) return undefined;
  const { name, mimetype, bytes } = await files.read(file);
  return [
    {
      '@odata.type': '#microsoft.graph.fileAttachment',
      name,
      contentType: mimetype,
      contentBytes: Buffer.from(bytes).toString('base64'),
    },
  ];
}

const Sent = z.object({ message: z.string() });

export const sendingTools: ToolSpec[] = [
  functionTool({
    slug: 'OUTLOOK_SEND_EMAIL',
    name: 'Send email',
    description: 'Writes and sends an e-mail at once: plain text or HTML, with a file attached if wanted.',
    input: z.object({
      to_email: z.string().min(3).describe('Address of the recipient.'),
      to_name: text('Name of the recipient.'),
      cc_emails: addresses('Addresses that get a copy.'),
      bcc_emails: addresses('Addresses that get a copy unseen by the others.'),
      ...writing,
      save_to_sent_items: z.boolean().default(true).describe('Whether a copy is kept.'),
      user_id: userId,
    }),
    output: Sent,
    tags: ['important', 'openWorldHint'],
    scopes: SEND,
    run: async (given, runtime) => {
      const message = {
        subject: given.subject,
        body: bodyOf(given.body, given.is_html),
        toRecipients: [{ emailAddress: { address: given.to_email, name: given.to_name } }],
        ccRecipients: recipients(given.cc_emails),
        bccRecipients: recipients(given.bcc_emails),
        attachments: await attachments(runtime, given.attachment),
      };
      await runtime.http.request({
        method: 'POST',
        url: `${mailbox(given.user_id)}/sendMail`,
        body: { json: { message, saveToSentItems: given.save_to_sent_items } },
      });
      return { message: 'The e-mail was sent.' };
    },
  }),
  requestTool({
    slug: 'OUTLOOK_REPLY_EMAIL',
    name: 'Reply to email',
    description: 'Answers an e-mail at once, to whoever sent it and those named besides.',
    input: z.object({
      message_id: messageId,
      comment: z.string().describe('Text of the answer.'),
      cc_emails: addresses('Addresses that get a copy.'),
      bcc_emails: addresses('Addresses that get a copy unseen by the others.'),
      user_id: userId,
    }),
    output: Sent,
    tags: ['important', 'openWorldHint'],
    scopes: SEND,
    request: ({ message_id, comment, cc_emails, bcc_emails, user_id }) => ({
      method: 'POST',
      url: mailbox(user_id) + path`/messages/${message_id}/reply`,
      body: {
        json: {
          comment,
          message:
            (cc_emails ?? bcc_emails)
              ? { ccRecipients: recipients(cc_emails), bccRecipients: recipients(bcc_emails) }
              : undefined,
        },
      },
    }),
    answer: () => ({ message: 'The answer was sent.' }),
  }),
  functionTool({
    slug: 'OUTLOOK_CREATE_DRAFT',
    name: 'Create draft',
    description: 'Writes an e-mail into the drafts without sending it. OUTLOOK_SEND_DRAFT sends it.',
    input: z.object({
      to_recipients: z.array(z.string().min(3)).describe('Addresses of the recipients.'),
      cc_recipients: addresses('Addresses that get a copy.'),
      bcc_recipients: addresses('Addresses that get a copy unseen by the others.'),
      ...writing,
      conversation_id: text('Id of the conversation that it belongs to.'),
      user_id: userId,
    }),
    output: Wrapped,
    tags: ['important'],
    scopes: WRITE,
    run: async (given, runtime) => {
      const json = {
        subject: given.subject,
        body: bodyOf(given.body, given.is_html),
        toRecipients: recipients(given.to_recipients),
        ccRecipients: recipients(given.cc_recipients),
        bccRecipients: recipients(given.bcc_recipients),
        conversationId: given.conversation_id,
        attachments: await attachments(runtime, given.attachment),
      };
      const url = `${mailbox(given.user_id)}/messages`;
      return {
        response_data: Thing.parse(await runtime.http.request({ method: 'POST', url, body: { json } })),
      };
    },
  }),
  requestTool({
    slug: 'OUTLOOK_CREATE_DRAFT_REPLY',
    name: 'Create draft reply',
    description: 'Writes an answer to an e-mail into the drafts without sending it.',
    input: z.object({
      message_id: messageId,
      comment: text('Text of the answer.'),
      cc_emails: addresses('Addresses that get a copy.'),
      bcc_emails: addresses('Addresses that get a copy unseen by the others.'),
      user_id: userId,
    }),
    output: Wrapped,
    tags: [],
    scopes: WRITE,
    request: ({ message_id, comment, cc_emails, bcc_emails, user_id }) => ({
      method: 'POST',
      url: mailbox(user_id) + path`/messages/${message_id}/createReply`,
      body: {
        json: {
          comment,
          message:
            (cc_emails ?? bcc_emails)
              ? { ccRecipients: recipients(cc_emails), bccRecipients: recipients(bcc_emails) }
              : undefined,
        },
      },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'OUTLOOK_SEND_DRAFT',
    name: 'Send draft',
    description: 'Sends a draft as it is.',
    input: z.object({ message_id: messageId, user_id: userId }),
    output: Sent,
    tags: ['openWorldHint'],
    scopes: SEND,
    request: ({ message_id, user_id }) => ({
      method: 'POST',
      url: mailbox(user_id) + path`/messages/${message_id}/send`,
    }),
    answer: () => ({ message: 'The draft was sent.' }),
  }),
];
