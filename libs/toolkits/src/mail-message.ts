import MailComposer from 'nodemailer/lib/mail-composer';
import type { ToolFile } from './tool-runtime.js';

export interface MailMessage {
  from?: string | undefined;
  to: string[];
  cc?: string[] | undefined;
  bcc?: string[] | undefined;
  subject?: string | undefined;
  body: string;
  isHtml: boolean;
  attachments: ToolFile[];
  /** `Message-ID` of the message that this answers, and of those before it. */
  inReplyTo?: string | undefined;
  references?: string | undefined;
}

/** Writes a mail as it is sent (RFC 5322, MIME). */
export async function composeMail({ body, isHtml, attachments, ...mail }: MailMessage): Promise<Buffer> {
  const composer = new MailComposer({
    ...mail,
    ...(isHtml ? { html: body } : { text: body }),
    attachments: attachments.map(({ name, mimetype, bytes }) => ({
      filename: name,
      contentType: mimetype,
      content: Buffer.from(bytes),
    })),
    // Nothing in a mail may name a file of ours or an address to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  // The sending service reads the Bcc recipients there, and removes them.
  composer.keepBcc = true;
  return composer.build();
}
