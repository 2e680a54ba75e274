import { hash } from 'node:crypto';
import { FieldValues } from '@patchbay/contracts';
import { z } from 'zod';

/** The entered fields, also those of a form before a sign-in (such as a subdomain). */
const values = FieldValues.default({});

/** An OAuth client that belongs to this account alone, as dynamic registration makes them. */
export const OAuthClientApp = z.object({
  clientId: z.string(),
  clientSecret: z.string().optional(),
  /** How the client authenticates, where the server that registered it named a method. */
  authMethod: z.enum(['client_secret_post', 'client_secret_basic', 'none']).optional(),
});
export type OAuthClientApp = z.infer<typeof OAuthClientApp>;

const Token = z.object({
  accessToken: z.string(),
  tokenType: z.string(),
  refreshToken: z.string().nullable(),
  /** ISO 8601; null when it is unknown. */
  expiresAt: z.string().nullable(),
  /** When we got it; without it, its whole life is not known. */
  issuedAt: z.string().optional(),
  scope: z.string().nullable(),
});

/** Tokens of a provider, however they were got. */
export const TokenCredential = Token.extend({
  kind: z.literal('tokens'),
  values,
  /** Whose token it is, where the provider has tokens for the app and for the user. */
  actsAs: z.enum(['app', 'user']).optional(),
  /** The person's own token, beside the app's. */
  user: Token.optional(),
  /** The provider does not take a `resource` (RFC 8707): it is not asked with one again. */
  refusesResource: z.boolean().optional(),
  /** Fields of the provider's own in the token's answer. */
  extra: z.record(z.string(), z.unknown()).default({}),
  client: OAuthClientApp.optional(),
});
export type TokenCredential = z.infer<typeof TokenCredential>;

export const OAuth1Credential = z.object({
  kind: z.literal('oauth1'),
  values,
  token: z.string(),
  tokenSecret: z.string(),
});
export type OAuth1Credential = z.infer<typeof OAuth1Credential>;
/** A key, or a name and a password: sent as it is. */
export const FieldCredential = z.object({ kind: z.literal('fields'), values });

/** What lies sealed in a connection. */
export const Credential = z.discriminatedUnion('kind', [TokenCredential, OAuth1Credential, FieldCredential]);
export type Credential = z.infer<typeof Credential>;

/** Names a credential without telling it. */
export function fingerprintOf(credential: Credential): string {
  const secret =
    credential.kind === 'tokens'
      ? credential.accessToken
      : credential.kind === 'oauth1'
        ? credential.token
        : JSON.stringify(credential.values);
  return hash('sha256', secret, 'hex').slice(0, 16);
}

/** When it expires; null when it does not, as far as is known. */
export function expiryOf(credential: Credential): Date | null {
  return credential.kind === 'tokens' && credential.expiresAt ? new Date(credential.expiresAt) : null;
}

/**
 * When it is to be refreshed: so long before its end, but never before the last quarter of its life, or one
 * that lives for seconds would be refreshed at every use.
 */
export function refreshTimeOf(credential: Credential, aheadMs: number): Date | null {
  const expiry = expiryOf(credential);
  if (!expiry || credential.kind !== 'tokens') return null;
  const life = credential.issuedAt ? expiry.getTime() - Date.parse(credential.issuedAt) : Infinity;
  return new Date(expiry.getTime() - Math.min(aheadMs, life / 4));
}
