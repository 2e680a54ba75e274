import { createHmac } from 'node:crypto';
import OAuth from 'oauth-1.0a';

export interface OAuth1Keys {
  consumerKey: string;
  consumerSecret: string;
  /** Empty before there is one. */
  token: string;
  tokenSecret: string;
}

/**
 * The `Authorization` header of an OAuth 1.0a request, signed with HMAC-SHA1 (RFC 5849, section 3).
 * @param parameters further `oauth_…` parameters, or those of a form body
 */
export function signOAuth1(
  request: { method: string; url: URL; parameters?: Record<string, string> },
  keys: OAuth1Keys,
): string {
  const signer = new OAuth({
    consumer: { key: keys.consumerKey, secret: keys.consumerSecret },
    signature_method: 'HMAC-SHA1',
    hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
  });
  const token = keys.token ? { key: keys.token, secret: keys.tokenSecret } : undefined;
  const { method, url, parameters } = request;
  const signed = signer.authorize({ method, url: url.href, data: parameters ?? {} }, token);
  return signer.toHeader({ ...signed, ...parameters }).Authorization;
}
