import { NodeHtmlMarkdown } from 'node-html-markdown';
import { z } from 'zod';

interface Part {
  mimeType?: string | undefined;
  filename?: string | undefined;
  headers?: { name: string; value: string }[] | undefined;
  body?:
    { attachmentId?: string | undefined; size?: number | undefined; data?: string | undefined } | undefined;
  parts?: Part[] | undefined;
}
const Part: z.ZodType<Part> = z.looseObject({
  mimeType: z.string().optional(),
  filename: z.string().optional(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  body: z
    .object({
      attachmentId: z.string().optional(),
      size: z.number().optional(),
      data: z.string().optional(),
    })
    .optional(),
  get parts() {
    return z.array(Part).optional();
  },
});

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages#Message */
export const GmailMessage = z.looseObject({
  id: z.string(),
  threadId: z.string().optional(),
  labelIds: z.array(z.string()).optional(),
  snippet: z.string().optional(),
  internalDate: z.string().optional(),
  payload: Part.optional(),
});
export type GmailMessage = z.output<typeof GmailMessage>;

export const MessageView = z.looseObject({
  messageId: z.string(),
  threadId: z.string().optional(),
  labelIds: z.array(z.string()),
  messageTimestamp: z.string().optional().describe('When Gmail got it, ISO 8601.'),
  sender: z.string().optional(),
  to: z.string().optional(),
  subject: z.string().optional(),
  messageText: z.string().optional().describe('The text; of an HTML message, in Markdown.'),
  preview: z.object({ subject: z.string(), body: z.string() }),
  attachmentList: z.array(
    z.object({
      attachmentId: z.string(),
      filename: z.string(),
      mimeType: z.string(),
      size: z.number().optional(),
    }),
  ),
  payload: z.record(z.string(), z.unknown()).optional().describe("Gmail's own parts of the message."),
});
export type MessageView = z.output<typeof MessageView>;

/** A message as people read it, with Gmail's own parts beside it if wanted. */
export function viewOf(message: GmailMessage, includePayload = true): MessageView {
  const { payload } = message;
  const parts = payload ? allParts(payload) : [];
  const subject = headerOf(message, 'Subject');
  return {
    messageId: message.id,
    threadId: message.threadId,
    labelIds: message.labelIds ?? [],
    ...(message.internalDate && {
      messageTimestamp: new Date(Number(message.internalDate)).toISOString(),
    }),
    sender: headerOf(message, 'From'),
    to: headerOf(message, 'To'),
    subject,
    messageText: textOf(parts),
    preview: { subject: subject ?? '', body: message.snippet ?? '' },
    attachmentList: parts.flatMap(({ filename, mimeType, body }) =>
      filename && body?.attachmentId
        ? [
            {
              attachmentId: body.attachmentId,
              filename,
              mimeType: mimeType ?? 'application/octet-stream',
              size: body.size,
            },
          ]
        : [],
    ),
    ...(includePayload && payload && { payload: payload as Record<string, unknown> }),
  };
}

export function headerOf(message: GmailMessage, name: string): string | undefined {
  return message.payload?.headers?.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;
}

function allParts(part: Part): Part[] {
  return [part, ...(part.parts ?? []).flatMap(allParts)];
}

/** Senders put the same words into several parts; the plain one is the one to read. */
function textOf(parts: Part[]): string | undefined {
  const bodyOf = (type: string) =>
    parts.find(({ mimeType, filename, body }) => mimeType === type && !filename && body?.data)?.body?.data;
  const plain = bodyOf('text/plain');
  if (plain) return decode(plain);
  const html = bodyOf('text/html');
  return html && NodeHtmlMarkdown.translate(decode(html));
}

function decode(data: string): string {
  return Buffer.from(data, 'base64url').toString('utf8');
}
