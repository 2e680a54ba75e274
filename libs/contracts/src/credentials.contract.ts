import { z } from 'zod';
import { AuthScheme } from './auth-configs.contract.js';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { ToolkitSlug, ToolSlug } from './tool-slug.js';

/** Which account or accounts a session fixed for a toolkit, and how it chooses among several. */
export const AccountRules = z.object({
  authConfigId: z.string().optional(),
  pinned: z.array(z.string()).optional(),
  requireChoice: z.boolean().default(false),
  /** No session: the developer names any account of the project, and is told why it cannot be used. */
  direct: z.boolean().optional(),
});
export type AccountRules = z.infer<typeof AccountRules>;

/** What has to be put into the request to the provider. Never kept, never logged. */
export const PlacedCredential = z.object({
  headers: z.record(z.string(), z.string()),
  query: z.record(z.string(), z.string()),
  /** Where the API is for accounts of this scheme, when elsewhere than for the toolkit's others. */
  baseUrl: z.string().optional(),
  /** Values for the placeholders of the toolkit's address, such as a subdomain. */
  urlValues: z.record(z.string(), z.string()),
  /** What a program is given, by the names of the fields. */
  programValues: z.record(z.string(), z.string()).optional(),
  /** OAuth 1.0a signs each request (RFC 5849): the sender needs the secrets. */
  oauth1: z
    .object({
      consumerKey: z.string(),
      consumerSecret: z.string(),
      token: z.string(),
      tokenSecret: z.string(),
    })
    .optional(),
});
export type PlacedCredential = z.infer<typeof PlacedCredential>;

/** The credential of a connected account. */
export const OpenedCredential = PlacedCredential.extend({
  authConfigId: z.string(),
  connectionId: z.string(),
  /** Names this very credential without telling it, for `rejected`. */
  fingerprint: z.string(),
  /** Of the OAuth app that the account was connected with, where it was asked for. */
  appSecret: z.string().optional(),
});
export type OpenedCredential = z.infer<typeof OpenedCredential>;

/**
 * Decides which account a call uses (docs/api/connected-accounts.md#which-account-a-call-uses) and opens its credential, in one message;
 * one that is about to expire is refreshed first.
 * Errors: `no_active_connection`, `account_not_usable`, `credential_refused`, `account_choice_required`, `tool_not_allowed`; of direct
 * calls also `account_of_another_user`, `account_not_shared`.
 */
export const openCredential = defineRequest(
  'auth.credentials.open',
  z.strictObject({
    projectId: idSchema('project'),
    userId: z.string(),
    toolkit: ToolkitSlug,
    /**
     * Where it is going to be sent: the toolkit's address as `tools` has it, placeholders and all, or empty. An account
     * is opened for no other origin than those it was connected for.
     */
    address: z.string().max(2_000),
    /** An auth config may restrict which tools run on its accounts. */
    toolSlug: ToolSlug,
    /** The tool runs with the person's own token only, where an account has the app's beside it. */
    token: z.literal('user').optional(),
    /** Account id, word id or alias. */
    account: z.string().optional(),
    rules: AccountRules,
    /** The provider signs its webhooks with the secret of the OAuth app: whoever registers one needs it. */
    appSecret: z.literal(true).optional(),
    /** The provider answered 401 to the credential of this fingerprint: refresh, unless it was already. */
    rejected: z.string().optional(),
  }),
  OpenedCredential,
  // As long as a refresh may take at the provider; a replica that was killed meanwhile does not answer.
  { timeoutMs: 12_000 },
);

/** The account that a call would use, by the same rules and with the same errors, without opening anything. */
export const chooseCredential = defineRequest(
  'auth.credentials.choose',
  openCredential.input.omit({ rejected: true }),
  z.object({
    connectionId: z.string(),
    /** How its owner knows it: the alias or the name at the provider, with the word id, which cannot be changed. */
    label: z.string(),
  }),
);

/** A credential that a developer gives with one call, in the fields of its scheme. Never kept, never logged. */
export const GivenCredential = z.strictObject({
  scheme: AuthScheme,
  values: z.record(z.string(), z.unknown()),
});
export type GivenCredential = z.infer<typeof GivenCredential>;

/** Says where a credential goes that no account holds. Errors: `invalid_request` naming what is missing. */
export const placeGivenCredential = defineRequest(
  'auth.credentials.place',
  z.strictObject({ projectId: idSchema('project'), toolkit: ToolkitSlug, credential: GivenCredential }),
  PlacedCredential,
);
