import { outsideText } from '@patchbay/contracts';
import { fieldOf, type Fields, objectOf, textOf } from './answer.fields.js';
import type { TokenCredential } from './credential.js';
import { type ProviderAnswer, explainMissing } from './provider.answer.js';
import { explainRefusal, isNoError } from './refusal.reader.js';
import { endOfLife, MAX_SCOPE_CHARACTERS, sendable } from './token.limits.js';

/** What a provider answered, before it belongs to an account. */
export type TokenSet = Omit<TokenCredential, 'kind' | 'values' | 'client'>;

/** Objects that some providers put their tokens into: TikTok and Lark, Withings, and others. */
const WRAPPERS = ['data', 'body', 'result', 'response', 'token', 'tokens', 'tokenInfo'];
const STANDARD = new Set(['access_token', 'token_type', 'refresh_token', 'expires_in', 'scope', 'id_token']);

/**
 * The tokens of an answer (RFC 6749, section 5.1), as providers send them. What is known to occur is mended; an answer
 * without an access token is none. An ID token is not for us, and so neither verified nor kept.
 * @param userField the field that holds the person's own token beside the app's, where a provider gives both
 * @throws ProviderRefusal | ProviderTrouble
 */
export function readTokens(answer: ProviderAnswer, userField?: string): TokenSet {
  const fields = answer.fields ?? {};
  const ofUser = userField ? objectOf(fields[userField]) : undefined;
  const user = ofUser && accessTokenOf(ofUser) !== undefined ? ofUser : undefined;
  const own = [fields, ...WRAPPERS.map((name) => objectOf(fieldOf(fields, name)))].find(
    (holder) => holder && accessTokenOf(holder) !== undefined,
  );
  const error = textOf(fields['error']);
  if (error !== undefined && !isNoError(error, answer.status)) throw explainRefusal(answer);
  if (!own) {
    if (!user) throw explainMissing(answer, 'access token');
    return { ...toTokenSet(user), actsAs: 'user', extra: extraOf(fields, userField) };
  }
  const set = toTokenSet(own);
  const isSame = user && accessTokenOf(user) === accessTokenOf(own);
  return {
    ...set,
    // Slack has the user's scopes beside their id, when there is no other token.
    scope: set.scope ?? (ofUser && (!user || isSame) ? scopeOf(fieldOf(ofUser, 'scope')) : null),
    extra: extraOf(own, userField),
    ...(userField && { actsAs: isSame || (!user && saysUser(own)) ? ('user' as const) : ('app' as const) }),
    ...(user && !isSame && { user: toTokenSet(user) }),
  };
}

/** When a token that was issued now expires, as ISO 8601; null when it is unknown or never. */
export function expiryIn(fields: Fields): string | null {
  const life = secondsOf(fieldOf(fields, 'expires_in', 'access_token_expires_in', 'expire_in'));
  if (life !== undefined) return endOfLife(life * 1000);
  const end = timeOf(fieldOf(fields, 'expires_at', 'expires_on', 'expires', 'expiry'));
  return end === undefined ? null : endOfLife(Math.max(end - Date.now(), 1));
}

/** Scopes as they are stored: joined by spaces, in whatever form they came. Null when the answer has none. */
export function scopeOf(given: unknown): string | null {
  const text = Array.isArray(given) ? given.flatMap((each) => textOf(each) ?? []).join(' ') : textOf(given);
  return text ? outsideText(text, MAX_SCOPE_CHARACTERS) : null;
}

/** A token as it can be sent; undefined where there is none. */
export function tokenIn(value: unknown): string | undefined {
  const text = textOf(value)?.replace(/^bearer\s+/i, '');
  return text === undefined || text === '' ? undefined : sendable(text);
}

function toTokenSet(fields: Fields): TokenSet {
  const accessToken = tokenIn(accessTokenOf(fields)) ?? '';
  return {
    accessToken,
    // Types of the provider's own (`bot`, `BearerToken`, `JWT`) are all sent in one way.
    tokenType: 'bearer',
    refreshToken: tokenIn(fieldOf(fields, 'refresh_token')) ?? null,
    expiresAt: expiryIn(fields),
    scope: scopeOf(fieldOf(fields, 'scope', 'scopes')),
    issuedAt: new Date().toISOString(),
    extra: {},
  };
}

function accessTokenOf(fields: Fields): string | undefined {
  return textOf(fieldOf(fields, 'access_token'));
}

/** The other fields of the answer, without the tokens, which are stored elsewhere. */
function extraOf(fields: Fields, userField: string | undefined): Fields {
  const rest = Object.entries(fields).filter(([name]) => !STANDARD.has(name));
  const isToken = (name: string) => name === 'access_token' || name === 'refresh_token';
  return Object.fromEntries(
    rest.map(([name, value]) => {
      const inner = name === userField ? objectOf(value) : undefined;
      return [
        name,
        inner ? Object.fromEntries(Object.entries(inner).filter(([key]) => !isToken(key))) : value,
      ];
    }),
  );
}

function saysUser(fields: Fields): boolean {
  return textOf(fieldOf(fields, 'token_type'))?.toLowerCase() === 'user';
}

function secondsOf(given: unknown): number | undefined {
  const text = textOf(typeof given === 'number' ? String(given) : given);
  if (text === undefined) return undefined;
  const seconds = Number(text.replace(/\s*s(ec(ond)?s?)?$/i, ''));
  return Number.isNaN(seconds) ? undefined : seconds;
}

/** Seconds or milliseconds since 1970, or a date in words; one before 2001 is a length of time: seconds from now. */
function timeOf(given: unknown): number | undefined {
  const text = textOf(typeof given === 'number' ? String(given) : given);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isNaN(number)) {
    const time = Date.parse(text);
    return Number.isNaN(time) ? undefined : time;
  }
  if (number >= 1e12) return number;
  if (number >= 1e9) return number * 1000;
  return number > 0 ? Date.now() + number * 1000 : undefined;
}
