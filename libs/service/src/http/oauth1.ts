import { createHmac, randomBytes } from 'node:crypto';

export interface OAuth1Keys {
  consumerKey: string;
  consumerSecret: string;
  /** Empty before there is one. */
  token: string;
  tokenSecret: string;
}

export interface OAuth1Request {
  method: string;
  url: URL;
  /** Further parameters of the header, such as `oauth_callback`. */
  oauth?: Record<string, string>;
  /** The body, when it is `application/x-www-form-urlencoded`. */
  form?: string | undefined;
}

type Parameters = readonly (readonly [name: string, value: string])[];

/** The `Authorization` header of an OAuth 1.0a request, signed with HMAC-SHA1 (RFC 5849, section 3). */
export function signOAuth1(
  { method, url, oauth = {}, form = '' }: OAuth1Request,
  keys: OAuth1Keys,
  nonce = randomBytes(16).toString('hex'),
  timestamp = Math.floor(Date.now() / 1000),
): string {
  const header = Object.entries({
    ...oauth,
    oauth_consumer_key: keys.consumerKey,
    ...(keys.token && { oauth_token: keys.token }),
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(timestamp),
    oauth_nonce: nonce,
    oauth_version: '1.0',
  });
  // The "?" is what the constructor strips, lest it strips one of the body's own.
  const signed = [...url.searchParams, ...new URLSearchParams(`?${form}`), ...header];
  const signature = hmacSha1(signatureBase(method, url, signed), keys);
  const written = [...header, ['oauth_signature', signature] as const].map(
    ([name, value]) => `${encode(name)}="${encode(value)}"`,
  );
  return `OAuth ${written.join(', ')}`;
}

/** RFC 5849, section 3.4.1. `URL` has lowered the host's case and left out the default port already. */
export function signatureBase(method: string, url: URL, parameters: Parameters): string {
  const normalized = parameters
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map((pair) => pair.join('='))
    .join('&');
  return [method.toUpperCase(), url.origin + url.pathname, normalized].map(encode).join('&');
}

/** RFC 5849, section 3.4.2. */
export function hmacSha1(
  base: string,
  { consumerSecret, tokenSecret }: Pick<OAuth1Keys, 'consumerSecret' | 'tokenSecret'>,
): string {
  const key = `${encode(consumerSecret)}&${encode(tokenSecret)}`;
  return createHmac('sha1', key).update(base).digest('base64');
}

/** RFC 5849, section 3.6: all but letters, digits, "-", ".", "_" and "~". */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** By bytes, as the encoded texts are ASCII. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
