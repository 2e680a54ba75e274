import { z } from 'zod';
import { googleScopes } from '../google.js';

export const userId = z
  .string()
  .min(1)
  .default('me')
  .describe("Whose mailbox: an address, or `me` for the connected account's.");
export const pageToken = z.string().optional().describe('`nextPageToken` of the page before.');
export const messageId = z.string().min(1).describe('Id of the message.');
export const threadId = z.string().min(1).describe('Id of the thread.');
export const labelIds = (does: string) => z.array(z.string()).optional().describe(`Ids of labels ${does}.`);

export const READ = googleScopes('gmail.readonly');
export const MODIFY = googleScopes('gmail.modify');
export const SEND = googleScopes('gmail.send');
export const COMPOSE = googleScopes('gmail.compose');
/** What deleting for ever wants. */
export const ALL = googleScopes('https://mail.google.com/');

/** A message as Gmail answers it to a change: no more than its ids and labels. */
export const MessageReference = z.looseObject({
  id: z.string(),
  threadId: z.string(),
  labelIds: z.array(z.string()).optional(),
});
