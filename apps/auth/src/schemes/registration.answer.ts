import type { TokenAuthMethod } from '@patchbay/toolkits';
import { fieldOf, textOf } from './answer.fields.js';
import type { OAuthClientApp } from './credential.js';
import { ProviderTrouble } from './provider-errors.js';
import { type ProviderAnswer, explainMissing } from './provider.answer.js';
import { sendable } from './token.limits.js';

const KNOWN: readonly string[] = [
  'client_secret_post',
  'client_secret_basic',
  'none',
] satisfies TokenAuthMethod[];

/**
 * The client that a server registered (RFC 7591, section 3.2.1). It may register another than it was asked for: how
 * the client authenticates, is taken from the answer. A secret that has expired is noticed when it is refused.
 * @throws ProviderRefusal | ProviderTrouble
 */
export function readRegistration(answer: ProviderAnswer): OAuthClientApp {
  const { fields = {} } = answer;
  const clientId = textOf(fieldOf(fields, 'client_id'));
  if (clientId === undefined) throw explainMissing(answer, 'client_id');
  const clientSecret = textOf(fieldOf(fields, 'client_secret'));
  const authMethod = textOf(fieldOf(fields, 'token_endpoint_auth_method'));
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
