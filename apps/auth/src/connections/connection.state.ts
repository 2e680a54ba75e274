import type { Credential } from '../schemes/index.js';

/** The literal that stands in the contract for a secret that is not shown. */
const REDACTED = 'REDACTED';
const SHOWN_CHARACTERS = 4;

/** How much of a secret an answer shows (docs/api/connected-accounts.md#masking). */
export type Masking = 'all' | 'most' | 'none';

/** A credential as the account's `state.val`, under the contract's names, its secrets masked. */
export function describeCredential(
  credential: Credential,
  isSecretField: (name: string) => boolean,
  masking: Masking,
): Record<string, unknown> {
  const hide = (secret: string) => mask(secret, masking);
  const values = Object.fromEntries(
    Object.entries(credential.values).map(([name, value]) => [
      name,
      isSecretField(name) ? hide(value) : value,
    ]),
  );
  if (credential.kind === 'fields') return values;
  if (credential.kind === 'oauth1') {
    return {
      ...values,
      oauth_token: hide(credential.token),
      oauth_token_secret: hide(credential.tokenSecret),
    };
  }
  const { accessToken, refreshToken, tokenType, expiresAt, scope, client, user } = credential;
  return {
    ...values,
    access_token: hide(accessToken),
    token_type: tokenType,
    ...(refreshToken && { refresh_token: hide(refreshToken) }),
    ...(expiresAt && { expires_at: expiresAt, expires_in: secondsUntil(expiresAt) }),
    ...(scope && { scope }),
    ...(client && { client_id: client.clientId }),
    ...(user && { user_access_token: hide(user.accessToken) }),
    ...(user?.scope && { user_scope: user.scope }),
  };
}

function mask(secret: string, masking: Masking): string {
  if (masking === 'none') return secret;
  if (masking === 'all' || secret.length < SHOWN_CHARACTERS) return REDACTED;
  return `${secret.slice(0, SHOWN_CHARACTERS)}...`;
}

function secondsUntil(time: string): number {
  return Math.max(0, Math.round((Date.parse(time) - Date.now()) / 1000));
}
