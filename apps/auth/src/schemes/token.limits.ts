import { ProviderTrouble } from './provider-errors.js';

/**
 * Of what is asked of a provider about tokens: token, revocation and registration endpoints, logins. Each answer
 * is a few fields; the largest in use are tokens that carry their user's groups.
 */
export const TOKEN_LIMITS = { timeoutMs: 10_000, maxBytes: 128 * 1024 };

/** Characters of one token, at most. It goes along with every request, and few servers take a header so long. */
export const MAX_TOKEN_CHARACTERS = 64 * 1024;

/** Characters of the scopes that are kept of an answer: they are shown with the account. */
export const MAX_SCOPE_CHARACTERS = 4_000;

/** A lifetime beyond this is taken as none. */
const LONGEST_LIFE_MS = 50 * 365 * 24 * 3_600_000;

/**
 * A token as it can be kept and sent (RFC 6749, appendix A: VSCHAR).
 * @throws ProviderTrouble for one that cannot
 */
export function sendable(token: string): string {
  if (isSendable(token)) return token;
  const why =
    token.length > MAX_TOKEN_CHARACTERS
      ? `of more than ${MAX_TOKEN_CHARACTERS} characters, which is not kept`
      : 'that cannot be sent in a request';
  throw new ProviderTrouble('unusable', `The provider answered a token ${why}.`);
}

export function isSendable(token: string): boolean {
  return token.length <= MAX_TOKEN_CHARACTERS && /^[\x20-\x7e]+$/.test(token);
}

/** When a lifetime of so many milliseconds ends, as ISO 8601; null when it is unknown or never. */
export function endOfLife(lifeMs: number): string | null {
  if (!(lifeMs > 0) || lifeMs > LONGEST_LIFE_MS) return null;
  return new Date(Date.now() + lifeMs).toISOString();
}
