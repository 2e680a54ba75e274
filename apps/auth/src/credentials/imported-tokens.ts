import { AppError, outsideText, type FieldValues } from '@patchbay/contracts';
import { type Credential, expiryIn, isSendable, MAX_TOKEN_CHARACTERS, scopeOf } from '../schemes/index.js';

/** The most characters of a token's type. */
const TYPE_CHARACTERS = 100;

/**
 * The contract's names for tokens that were issued elsewhere and are imported.
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
