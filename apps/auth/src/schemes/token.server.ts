import type { FieldValues } from '@patchbay/contracts';
import type { DcrOAuthSpec, OAuth2Spec, TokenAuthMethod } from '@patchbay/toolkits';
import type { AuthorizationServer } from 'oauth4webapi';
import { fillAddress } from './placement.js';

/** A token endpoint, how to show it who we are, and what its tokens are for. */
export interface TokenServer {
  tokenUrl: string;
  authMethod: TokenAuthMethod;
  issuer?: string | undefined;
  resource?: string | undefined;
}

/** @param values of the account, for an address that depends on it */
export function tokenServerOf(spec: OAuth2Spec | DcrOAuthSpec, values: FieldValues): TokenServer {
  const { tokenAuthMethod: authMethod = 'client_secret_post', issuer, resource } = spec;
  return { tokenUrl: fillAddress(spec.tokenUrl, values), authMethod, issuer, resource };
}

/** As the library wants it. A plain OAuth 2.0 provider has no issuer, and gets a name for one. */
export function toAuthorizationServer({ tokenUrl, issuer }: TokenServer): AuthorizationServer {
  return { issuer: issuer ?? new URL(tokenUrl).origin, token_endpoint: tokenUrl };
}
