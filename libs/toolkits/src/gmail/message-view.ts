import { isUtf8 } from 'node:buffer';
import { AppError } from '@patchbay/contracts';
import pMap from 'p-map';
import { z } from 'zod';
import type { Parse } from '../parsing/parse.js';
import { decodeText } from '../text/decode-text.js';

interface Part {
  mimeType?: string | undefined;
  filename?: string | undefined;
  headers?: { name: string; value: string }[] | undefined;
  body?:
    | { attachmentId?: string | undefined; size?: number | undefined; data?: string | undefined }
    | undefined;
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
  messageTextMissing: z.string().optional().describe('Why the text is not there, when it cannot be read.'),
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

/** Parsing of this many messages is given up in one call: such messages come in numbers. */
const MAX_GIVEN_UP = 3;
/** Messages whose text is parsed at once. */
const AT_ONCE = 2;

export interface ViewOptions {
  /** With Gmail's own parts of each message. Default: true. */
  includePayload?: boolean;
}

/**
 * Messages as people read them. One whose HTML cannot be read is there without its text: a mailbox must not be
 * closed by the sender of a message.
 */
export async function viewsOf(
  messages: GmailMessage[],
  parse: Parse,
  { includePayload = true }: ViewOptions = {},
): Promise<MessageView[]> {
  let givenUp = 0;
  const textOfHtml = async (html: string): Promise<MessageText> => {
    if (givenUp >= MAX_GIVEN_UP)
      return { messageTextMissing: 'Not read, as others of this call cannot be read.' };
    try {
      return { messageText: await parse('mail', { html }) };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid_request') throw error;
      givenUp += 1;
      return { messageTextMissing: error.message };
    }
  };
  return pMap(messages, (message) => view(message, textOfHtml, includePayload), { concurrency: AT_ONCE });
}

/** One message alone. */
export async function viewOf(
  message: GmailMessage,
  parse: Parse,
  options?: ViewOptions,
): Promise<MessageView> {
  const [only] = await viewsOf([message], parse, options);
  return only as MessageView;
}

type MessageText = Pick<MessageView, 'messageText' | 'messageTextMissing'>;

async function view(
  message: GmailMessage,
  textOfHtml: (html: string) => Promise<MessageText>,
  includePayload: boolean,
): Promise<MessageView> {
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
    ...(await textOf(parts, textOfHtml)),
    preview: { subject: subject ?? '', body: message.snippet ?? '' },
    attachmentList: attachmentsOf(parts),
    ...(includePayload && payload && { payload: payload as Record<string, unknown> }),
  };
}

/** The files that a message brings along. */
export function attachmentsIn({ payload }: GmailMessage): MessageView['attachmentList'] {
  return payload ? attachmentsOf(allParts(payload)) : [];
}

function attachmentsOf(parts: Part[]): MessageView['attachmentList'] {
  return parts.flatMap(({ filename, mimeType, body }) =>
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
  );
}

export function headerOf(message: GmailMessage, name: string): string | undefined {
  return message.payload?.headers?.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;
}

function allParts(part: Part): Part[] {
  return [part, ...(part.parts ?? []).flatMap(allParts)];
}

/** Senders put the same words into several parts; the plain one is the one to read. */
async function textOf(
  parts: Part[],
  textOfHtml: (html: string) => Promise<MessageText>,
): Promise<MessageText> {
  const bodyOf = (type: string) => {
    const part = parts.find(({ mimeType, filename, body }) => mimeType === type && !filename && body?.data);
    return part && decode(part);
  };
  const plain = bodyOf('text/plain');
  if (plain) return { messageText: plain };
  const html = bodyOf('text/html');
  return html ? textOfHtml(Buffer.from(html).toString('base64url')) : {};
}

/** Gmail gives some parts in UTF-8, others in the charset that they came in: their header is the same. */
function decode({ body, headers }: Part): string {
  const bytes = Buffer.from(body?.data ?? '', 'base64url');
  const isUnicode = bytes.some((byte) => byte > 0x7f) && isUtf8(bytes);
  const told = headers?.find(({ name }) => name.toLowerCase() === 'content-type')?.value;
  return decodeText(bytes, isUnicode ? 'text/plain; charset=utf-8' : told);
}
