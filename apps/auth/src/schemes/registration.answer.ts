import type { TokenAuthMethod } from '@patchbay/toolkits';
import { fieldOf, wordOf } from './answer.fields.js';
import type { OAuthClientApp } from './credential.js';
import { ProviderTrouble } from './provider-errors.js';
import { type ProviderAnswer, withoutWhatWasAsked } from './provider.answer.js';
import { sendable } from './token.limits.js';

const KNOWN: readonly string[] = [
  'client_secret_post',
  'client_secret_basic',
  'none',
] satisfies TokenAuthMethod[];

/**
 * The client that a server registered (RFC 7591, section 3.2.1). It may register another than it was asked for: how
 * the client shows who it is, is what the answer says. A secret that ends is noticed when it is refused.
 * @throws ProviderRefusal | ProviderTrouble
 */
export function readRegistration(answer: ProviderAnswer): OAuthClientApp {
  const { fields = {} } = answer;
  const clientId = wordOf(fieldOf(fields, 'client_id'));
  if (clientId === undefined) throw withoutWhatWasAsked(answer, 'client_id');
  const clientSecret = wordOf(fieldOf(fields, 'client_secret'));
  const authMethod = wordOf(fieldOf(fields, 'token_endpoint_auth_method'));
  if (authMethod !== undefined && !KNOWN.includes(authMethod)) {
    throw new ProviderTrouble(
      'unusable',
      `The provider registered a client that has to authenticate by ${authMethod}, which is not supported.`,
    );
  }
  return {
    clientId: sendable(clientId),
    ...(clientSecret !== undefined && { clientSecret: sendable(clientSecret) }),
    ...(authMethod !== undefined && { authMethod: authMethod as TokenAuthMethod }),
  };
}
