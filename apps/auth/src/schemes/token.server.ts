import type { FieldValues } from '@patchbay/contracts';
import type { CodeGrantSpec, TokenAuthMethod } from '@patchbay/toolkits';
import type { AuthorizationServer } from 'oauth4webapi';
import { fillAddress } from './placement.js';

/** A token endpoint, how to show it who we are, and what its tokens are for. */
export interface TokenServer {
  /** For which toolkit it gives tokens: requests are made for it. */
  toolkit: string;
  tokenUrl: string;
  authMethod: TokenAuthMethod;
  issuer?: string | undefined;
  /** Whether an answer without the issuer's name cannot be this one's (RFC 9207). */
  namesIssuer?: boolean | undefined;
  resource?: string | undefined;
  /** The field of its answers that holds the person's own token, where it gives one beside the app's. */
  userField?: string | undefined;
}

/** @param values of the account, for an address that depends on it */
export function tokenServerOf(toolkit: string, spec: CodeGrantSpec, values: FieldValues): TokenServer {
  const { tokenAuthMethod: authMethod = 'client_secret_post', issuer, namesIssuer, resource } = spec;
  const userField = spec.scheme === 'OAUTH2' ? spec.userTokenField : undefined;
  const tokenUrl = fillAddress(spec.tokenUrl, values);
  return { toolkit, tokenUrl, authMethod, issuer, namesIssuer, resource, userField };
}

/** As the library wants it. A plain OAuth 2.0 provider has no issuer, and gets a name for one. */
export function toAuthorizationServer({ tokenUrl, issuer, namesIssuer }: TokenServer): AuthorizationServer {
  return {
    issuer: issuer ?? new URL(tokenUrl).origin,
    token_endpoint: tokenUrl,
    authorization_response_iss_parameter_supported: issuer !== undefined && namesIssuer === true,
  };
}
