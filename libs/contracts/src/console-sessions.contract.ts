import { z } from 'zod';
import { defineEvent, defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { KeyHolder, SignInWay } from './people.contract.js';

/** A session of the console: one browser in which a person is signed in. */
export const ConsoleSession = z.object({
  id: z.string(),
  signedInBy: SignInWay,
  createdAt: z.string(),
  /** To the minute. */
  lastSeenAt: z.string(),
  /** When it ends if nobody uses it any more. */
  expiresAt: z.string(),
  /** From where the person signed in, and by which browser in its own words. */
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export type ConsoleSession = z.infer<typeof ConsoleSession>;

const sha256 = z.string().length(64);

/** A new session. Its token is told here only, and kept by its hash. */
export const OpenedConsoleSession = z.object({
  token: z.string(),
  holder: KeyHolder,
  /** When it ends at the latest. */
  endsAt: z.string(),
});
export type OpenedConsoleSession = z.infer<typeof OpenedConsoleSession>;

/** The browser that signs in: what it calls itself, and the session that it had, which ends. */
const Browser = {
  userAgent: z.string().max(300).nullable().default(null),
  replaces: sha256.optional(),
};

/** The token's SHA-256 travels. Unknown, ended or expired: `unauthenticated`. Counts as use of the session. */
export const verifyConsoleSession = defineRequest(
  'auth.consoleSessions.verify',
  z.strictObject({ sha256 }),
  KeyHolder,
);
export const listConsoleSessions = defineRequest(
  'auth.consoleSessions.list',
  z.strictObject({ personId: idSchema('person') }),
  z.object({ items: z.array(ConsoleSession) }),
);
/** One of the person's sessions, or without an id all of them. */
export const endConsoleSessions = defineRequest(
  'auth.consoleSessions.end',
  z.strictObject({ personId: idSchema('person'), sessionId: idSchema('consoleSession').optional() }),
  z.object({ ended: z.int() }),
);
export const consoleSessionsEnded = defineEvent(
  'events.auth.consoleSessions.ended',
  z.object({ sessions: z.array(z.object({ sessionId: z.string(), sha256: z.string() })) }),
);

/**
 * A link by which a person signs in once. Its token is told here only. With `days` it is an invitation, which lasts as long: for
 * who has set up nothing yet, else `conflict`.
 */
export const createSignInLink = defineRequest(
  'auth.consoleSignIn.createLink',
  z.strictObject({ personId: idSchema('person'), days: z.int().min(1).max(30).optional() }),
  z.object({ token: z.string(), expiresAt: z.string() }),
);
/** Unknown, used or expired: `link_not_usable`. */
export const signInByLink = defineRequest(
  'auth.consoleSignIn.byLink',
  z.strictObject({ token: z.string().min(1).max(200), ...Browser }),
  OpenedConsoleSession,
);

/** Long rather than strange (NIST SP 800-63B, section 3.1.1.2). */
export const Password = z
  .string()
  .min(12, 'must have 12 characters at least')
  .max(200, 'may have 200 characters')
  .refine((password) => new Set(password).size >= 5, { message: 'repeats too few characters' });

/** A wrong password and an unknown address are answered alike: `unauthenticated`. */
export const signInByPassword = defineRequest(
  'auth.consoleSignIn.byPassword',
  z.strictObject({
    email: z.string().trim().toLowerCase().max(254),
    password: z.string().min(1).max(1_000),
    ...Browser,
  }),
  OpenedConsoleSession,
);
/**
 * Ends the person's other sessions. Who has a password already says it too, unless they signed in by a link a moment ago:
 * `forbidden` without it, `unauthenticated` with a wrong one.
 */
export const setPassword = defineRequest(
  'auth.consoleSignIn.setPassword',
  z.strictObject({
    personId: idSchema('person'),
    /** The session that asks, if one does, which stays. */
    sessionId: idSchema('consoleSession').optional(),
    password: Password,
    current: z.string().max(1_000).optional(),
  }),
  z.object({ personId: z.string() }),
);

/** The operator's OpenID provider, as people are offered it; null where there is none. */
export const listSignInWays = defineRequest(
  'auth.consoleSignIn.ways',
  z.strictObject({}),
  z.object({
    oidc: z.object({ name: z.string() }).nullable(),
  }),
);
/** Where the provider ends a person's session with itself; null where it tells no such address. */
export const getOidcSignOut = defineRequest(
  'auth.consoleSignIn.oidcSignOut',
  z.strictObject({}),
  z.object({ url: z.string().nullable() }),
);
/**
 * Begins a sign-in at the provider (OpenID Connect Core 1.0, section 3.1, with PKCE): it must end in the same browser, within ten
 * minutes. Without a provider: `not_found`. One that cannot be reached: `unavailable`.
 */
export const beginOidcSignIn = defineRequest(
  'auth.consoleSignIn.beginOidc',
  z.strictObject({ browser: sha256 }),
  z.object({ url: z.string() }),
  { timeoutMs: 30_000 },
);
/** Parameters of one answer; providers add some of their own. */
const MOST_PARAMETERS = 40;
/**
 * What the provider sent the browser back with. Unknown, used, too old or another browser's: `link_not_usable`. Declined, or not to
 * be trusted: `unauthenticated`. A person who is not let in: `forbidden`.
 */
export const completeOidcSignIn = defineRequest(
  'auth.consoleSignIn.completeOidc',
  z.strictObject({
    answer: z
      .record(z.string().max(100), z.string().max(8_000))
      .refine((answer) => Object.keys(answer).length <= MOST_PARAMETERS, {
        message: `may have ${MOST_PARAMETERS} parameters`,
      }),
    /** All that the browser is known by: one of them is enough. */
    browsers: z.array(sha256).max(20),
    ...Browser,
  }),
  OpenedConsoleSession,
  { timeoutMs: 40_000 },
);

/** Whom a link signs in, without its use: a page asks before it does. Unknown, used or expired: `link_not_usable`. */
export const getSignInLink = defineRequest(
  'auth.consoleSignIn.getLink',
  z.strictObject({ token: z.string().min(1).max(200) }),
  z.object({
    email: z.string(),
    name: z.string(),
    /** They have neither a password nor a key, and set themselves up. */
    isNew: z.boolean(),
    expiresAt: z.string(),
  }),
);
