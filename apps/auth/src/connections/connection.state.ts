import { AppError, outsideText, type FieldValues } from '@patchbay/contracts';
import type { Credential } from '../schemes/credential.js';
import { expiryIn, scopeOf } from '../schemes/token.answer.js';
import { isSendable, MAX_TOKEN_CHARACTERS } from '../schemes/token.limits.js';

/** The literal that stands in the contract for a secret that is not shown. */
const REDACTED = 'REDACTED';
const SHOWN_CHARACTERS = 4;
/** Of the word for a token's type. */
const TYPE_CHARACTERS = 100;

/** How much of a secret an answer shows (contract, README 13). */
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

/**
 * The contract's names for tokens that were got elsewhere and are brought along.
 * @throws AppError `invalid_request` for one that cannot be sent
 */
export function readImportedTokens(values: Record<string, unknown>): Credential | undefined {
  const { access_token: accessToken, refresh_token: refreshToken, token_type: tokenType } = values;
  if (typeof accessToken !== 'string') return undefined;
  const given = { access_token: accessToken, refresh_token: refreshToken };
  const issues = Object.entries(given)
    .filter(([, token]) => typeof token === 'string' && token !== '' && !isSendable(token))
    .map(([name]) => `${name}: must be at most ${MAX_TOKEN_CHARACTERS} printable characters`);
  if (issues.length > 0)
    throw new AppError('invalid_request', `Unusable tokens: ${issues.join('; ')}`, { issues });
  return {
    kind: 'tokens',
    values: {} satisfies FieldValues,
    accessToken,
    tokenType: (typeof tokenType === 'string' && outsideText(tokenType, TYPE_CHARACTERS)) || 'bearer',
    refreshToken: (typeof refreshToken === 'string' && refreshToken) || null,
    expiresAt: expiryIn(values),
    scope: scopeOf(values['scope']),
    extra: {},
  };
}
