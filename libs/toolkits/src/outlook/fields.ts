import { z } from 'zod';
import { path } from '../tool-runtime.js';

export const userId = z
  .string()
  .min(1)
  .default('me')
  .describe("Whose: an address or id, or me for the account's own.");
export const messageId = z.string().min(1).describe('Id of the message.');
export const text = (what: string) => z.string().optional().describe(what);
export const flag = (what: string) => z.boolean().optional().describe(what);
export const addresses = (what: string) => z.array(z.string().min(3)).optional().describe(what);
export const top = (fallback: number) =>
  z.int().min(1).max(1000).default(fallback).describe('How many at most.');

export const READ = ['Mail.Read'];
export const WRITE = ['Mail.ReadWrite'];
export const SEND = ['Mail.Send'];

export const Thing = z.looseObject({ id: z.string() });
export const List = z.looseObject({
  value: z.array(z.looseObject({})),
  '@odata.nextLink': z.string().optional(),
});
export const Wrapped = z.object({ response_data: z.looseObject({}) });
export const wrap = (body: unknown) => ({ response_data: body });

/** Graph has a path of its own for the signed-in user. */
export const mailbox = (user: string): string => (user === 'me' ? '/me' : path`/users/${user}`);
export const recipients = (list: string[] | undefined) =>
  list?.map((address) => ({ emailAddress: { address } }));
export const bodyOf = (content: string, isHtml: boolean) => ({
  contentType: isHtml ? 'HTML' : 'Text',
  content,
});
/** A text inside a filter of OData. */
export const quoted = (words: string): string => `'${words.replaceAll("'", "''")}'`;
