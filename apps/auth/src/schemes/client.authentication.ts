import * as oauth from 'oauth4webapi';
import type { OAuthClientApp } from './credential.js';
import type { TokenServer } from './token.server.js';

/** How the client authenticates: as the server that registered it requires, else as the toolkit declares. */
export function clientAuthentication(
  { authMethod: usual }: Pick<TokenServer, 'authMethod'>,
  { clientSecret, authMethod = usual }: OAuthClientApp,
): oauth.ClientAuth {
  if (authMethod === 'none' || !clientSecret) return oauth.None();
  return authMethod === 'client_secret_basic' ? basic(clientSecret) : oauth.ClientSecretPost(clientSecret);
}

/**
 * RFC 6749, section 2.3.1, with no more encoded than has to be: the library encodes `-`, `_` and `.` as well, which is
 * allowed, but is another client to the many servers that do not decode.
 */
function basic(clientSecret: string): oauth.ClientAuth {
  return (_server, { client_id: clientId }, _body, headers) => {
    const pair = [clientId, clientSecret].map(formEncoded).join(':');
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  };
}

/** As forms are written (WHATWG URL, section 5.2). */
function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}
