import { nanoid } from 'nanoid';
import { z } from 'zod';

/** Prefixes of the wire contract (README, section 6); `evt`, `key`, `person`, `cs`, `fb`, `inc` and `whs` are ours. */
const PREFIXES = {
  session: 'trs',
  savedConfig: 'sc',
  authConfig: 'ac',
  connection: 'ca',
  link: 'lk',
  log: 'log',
  request: 'req',
  project: 'proj',
  organisation: 'org',
  apiKey: 'key',
  person: 'person',
  consoleSession: 'cs',
  file: 'req_file',
  feedback: 'fb',
  event: 'evt',
  mcpGrant: 'mcpg',
  triggerInstance: 'ti',
  webhookEndpoint: 'we',
  webhookSubscription: 'whs',
  message: 'msg',
  triggerHook: 'hook',
  incident: 'inc',
} as const;
export type IdKind = keyof typeof PREFIXES;

/** A fresh public id: prefix and twelve url-safe random characters. */
export function newId(kind: IdKind): string {
  return `${PREFIXES[kind]}_${nanoid(12)}`;
}

/** Accepts an id of the kind in any length, as clients may hold ids made elsewhere. */
export function idSchema(kind: IdKind): z.ZodString {
  return z
    .string()
    .regex(new RegExp(`^${PREFIXES[kind]}_[A-Za-z0-9_-]{1,64}$`), `must look like ${PREFIXES[kind]}_…`);
}

/** A developer's own name for a user: any text that a database can keep. */
export const UserId = z
  .string()
  .min(1)
  .max(256)
  // oxlint-disable-next-line no-control-regex -- No database keeps it, and a pattern is in the API document, too.
  .regex(/^[^\u0000]*$/, 'may hold no NUL')
  .refine((id) => id.isWellFormed(), { message: 'must be well-formed text' });
