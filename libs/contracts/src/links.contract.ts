import { z } from 'zod';
import { AuthField, FieldValues } from './auth-configs.contract.js';
import { ToolkitQuality } from './catalogue.contract.js';
import { Connection, NewConnection } from './connections.contract.js';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { ToolkitSlug } from './tool-slug.js';

/** Anyone who has it can connect an account: it is in the answer, and in nothing that is kept. */
const LINK_TOKEN = /\blk_[\w-]{22,}/g;

export function redactLinkTokens(text: string): string {
  return text.replace(LINK_TOKEN, 'lk_REDACTED');
}

/** A link as its maker gets it. */
export const Link = z.object({
  token: z.string(),
  /** The page to send the user to. */
  url: z.string(),
  connection: Connection,
  expiresAt: z.string(),
});
export type Link = z.infer<typeof Link>;

/** Either of `toolkit` (the config is chosen, or made) and `authConfigId` is needed. */
export const AccountLimit = z.strictObject({
  most: z.int().min(1),
  /** Counts the accounts under this auth config only. */
  authConfigId: idSchema('authConfig').optional(),
});
export type AccountLimit = z.infer<typeof AccountLimit>;

/** A user who has too many open links already is `rate_limited`. */
export const createLink = defineRequest(
  'auth.links.create',
  z.strictObject({
    ...NewConnection,
    toolkit: ToolkitSlug.optional(),
    authConfigId: idSchema('authConfig').optional(),
    /** Fields known already: the page does not ask for them again. */
    values: FieldValues.optional(),
    /** How many accounts of the toolkit the user may have: the sign-in that would make one more fails. */
    accountLimit: AccountLimit.optional(),
    /** Where links begin instead of the platform's own address. */
    linkBaseUrl: z.url().optional(),
    /** The session that it is made in: the link ends with it. */
    sessionId: idSchema('session').optional(),
  }),
  Link,
);
/**
 * A new sign-in for an account that there is: the account stays as it is until it succeeds. The link ends when the
 * account is disabled or revoked. A sign-in as a different person is refused, with the advice to connect a new account.
 */
export const createReconnectLink = defineRequest(
  'auth.links.reconnect',
  z.strictObject({
    projectId: idSchema('project'),
    id: idSchema('connection'),
    callbackUrl: NewConnection.callbackUrl,
  }),
  Link,
);

const PageParts = {
  toolkit: z.object({ slug: z.string(), name: z.string(), logo: z.string() }),
  projectName: z.string(),
  projectLogo: z.string().nullable(),
};

/** What the hosted page may show to the holder of the link. */
export const LinkView = z.object({
  ...PageParts,
  /** Where the person signs in, such as `https://github.com`; null when there is only a form. */
  signInOrigin: z.string().nullable(),
  scopes: z.array(z.string()),
  /** What the page has to ask for. */
  fields: z.array(AuthField),
  /** Where a person finds what is asked for. */
  helpUrl: z.string().nullable(),
  /** False: nothing to ask and nothing to agree to, the browser may go on at once. */
  showPage: z.boolean(),
  /** Whether it leads to the provider only a browser that will be known when it is back (`followLink`, `browser`). */
  bindsBrowser: z.boolean(),
  /** Of a toolkit that ships, how it came to be; absent of others, and from a replica of the version before. */
  quality: ToolkitQuality.pick({ grade: true, triedOn: true }).optional(),
  expiresAt: z.string(),
});
export type LinkView = z.infer<typeof LinkView>;

const LinkToken = { token: z.string().min(1).max(200) };
/** Expired, used or unknown: `link_not_usable`. */
export const getLink = defineRequest('auth.links.get', z.strictObject(LinkToken), LinkView);

/** How a connection ended, and where the browser goes now. */
export const ConnectOutcome = z.object({
  ...PageParts,
  status: z.enum(['success', 'failed']),
  connectionId: z.string(),
  /** The developer's page given when the link was made, without our parameters. */
  callbackUrl: z.string().nullable(),
  error: z.string().nullable(),
  errorDescription: z.string().nullable(),
});
export type ConnectOutcome = z.infer<typeof ConnectOutcome>;

/** Which browser it is: the SHA-256, in hex, of what the Connect page put into a cookie there. */
const BrowserHash = z.string().length(64);

/**
 * The person agreed, and filled in what was asked for. Answers the provider's address to send the
 * browser to, or how it ended when a form was all there was. A credential that the provider does not
 * take is `credential_refused`: the person can try again. Until a sign-in has ended, the link can be
 * followed again (a browser's "back"); each time makes the states before it void. Where the project
 * binds sign-ins to their browser, one at a provider is `invalid_request` without `browser`.
 */
export const followLink = defineRequest(
  'auth.links.follow',
  z.strictObject({ ...LinkToken, values: FieldValues.default({}), browser: BrowserHash.optional() }),
  z.union([z.object({ redirectUrl: z.string() }), z.object({ outcome: ConnectOutcome })]),
  { timeoutMs: 30_000 },
);

/** It waits for the developer's app to say who its user is: the browser goes there. */
const ToVerifier = z.object({ redirectUrl: z.string() });

/**
 * The provider sent the browser back. `query` is the callback's whole query; an unknown state is
 * `link_not_usable`. Another browser's return, where the project binds sign-ins to the one they began in, and an
 * answer that came to the address of another issuer, are failed outcomes that change nothing.
 */
export const completeOAuth = defineRequest(
  'auth.oauth.complete',
  z.strictObject({
    query: z.record(z.string(), z.string()),
    /** The part of the callback's address that stands for one issuer, where it has one. */
    issuer: z.string().max(100).optional(),
    /** All that it is known by: one of them is enough. */
    browsers: z.array(BrowserHash).max(20).default([]),
  }),
  z.union([ConnectOutcome, ToVerifier]),
  { timeoutMs: 30_000 },
);

/**
 * The developer's app knows whose browser came to its verifier. Good once, in the time that the link has. Unknown, used, too
 * old or another project's: `link_not_usable`. Another user than the one whose account it is: `account_of_another_user`, and
 * the sign-in has failed. One that the provider refuses now: `credential_refused`.
 */
export const completeVerifiedOAuth = defineRequest(
  'auth.oauth.completeVerified',
  z.strictObject({
    projectId: idSchema('project'),
    userId: z.string().min(1).max(256),
    /** What the verifier was given as `session_uri`. */
    sessionUri: z.string().min(1).max(200),
  }),
  z.object({ connectionId: z.string(), toolkit: z.string() }),
  { timeoutMs: 30_000 },
);
