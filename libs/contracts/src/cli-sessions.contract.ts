import { z } from 'zod';
import { defineRequest } from './define.js';

/** What key a command line asks for: one of a project, or one of the person. */
export const CliScope = z.enum(['project', 'user']);
export type CliScope = z.infer<typeof CliScope>;

/** A command line's sign-in: somebody opens its page in a browser and says there who they are. */
export const CliSession = z.object({
  /** Shown by the command line and by the page, so that nobody signs another's in. */
  code: z.string(),
  scope: CliScope,
  /** What the command line says of itself. Nobody has checked it. */
  source: z.string().nullable(),
  /** From where it was begun. */
  address: z.string().nullable(),
  status: z.enum(['pending', 'linked']),
  expiresAt: z.string(),
});
export type CliSession = z.infer<typeof CliSession>;

const CliAccount = z.object({ id: z.string(), email: z.string(), name: z.string() });
/** Whoever knows the id gets the key, once: it is told to the command line alone, and kept by its hash. */
const SessionKey = { id: z.string().max(100) };

export const createCliSession = defineRequest(
  'auth.cliSessions.create',
  z.strictObject({ scope: CliScope, source: z.string().max(200).nullable() }),
  CliSession.extend({ id: z.string() }),
);
/** For the page. Unknown, expired or used: `link_not_usable`. */
export const getCliSession = defineRequest('auth.cliSessions.get', z.strictObject(SessionKey), CliSession);
/**
 * Says who signs in, by the SHA-256 of a key of theirs: `unauthenticated` for one that is not good. `project` is an id or a
 * name, and without it the person's first; `forbidden` where they may not make keys.
 */
export const linkCliSession = defineRequest(
  'auth.cliSessions.link',
  z.strictObject({
    ...SessionKey,
    keySha256: z.string().length(64),
    project: z.string().max(100).optional(),
  }),
  CliSession.extend({ account: CliAccount }),
);
/** For the command line: how far its sign-in is, and the key that is made for it when somebody has signed it in. */
export const collectCliSession = defineRequest(
  'auth.cliSessions.collect',
  z.strictObject(SessionKey),
  CliSession.extend({ account: CliAccount.nullable(), apiKey: z.string().nullable() }),
);
