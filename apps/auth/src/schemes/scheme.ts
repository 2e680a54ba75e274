import type { FieldValues } from '@patchbay/contracts';
import type { AuthSpec } from '@patchbay/toolkits';
import type { Credential, OAuthClientApp } from './credential.js';
import type { TokenFetch } from './token.endpoint.js';

/** What a scheme may know besides its toolkit's description. */
export interface SchemeContext {
  /** Whose account it is: requests are made for it. */
  toolkit: string;
  /** The OAuth app of the auth config, where the scheme has one. */
  app: OAuthClientApp | undefined;
  /** How a refresh token travels, when it must not be lost on the way. */
  fetch?: TokenFetch;
}

/** How one auth scheme turns entered fields into a credential. */
export interface Scheme<S extends AuthSpec = AuthSpec> {
  /** From what was entered by hand. Absent for schemes with a sign-in at the provider. */
  connect?: (spec: S, values: FieldValues, context: SchemeContext) => Promise<Credential>;
  /**
   * A fresh credential in place of one that expires or was rejected; undefined when there is no way.
   * @throws ProviderRefusal | ProviderTrouble
   */
  refresh?: (spec: S, credential: Credential, context: SchemeContext) => Promise<Credential | undefined>;
}
