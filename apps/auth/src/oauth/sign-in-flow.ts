import type { FieldValues } from '@patchbay/contracts';
import type { AuthSpec } from '@patchbay/toolkits';
import { z } from 'zod';
import { type Credential, OAuthClientApp } from '../schemes/index.js';

/** What a sign-in must remember between going out and coming back, and the browser must not see. */
export const SignInSecrets = z.object({
  codeVerifier: z.string().optional(),
  client: OAuthClientApp.optional(),
  requestToken: z.string().optional(),
  requestTokenSecret: z.string().optional(),
});
export type SignInSecrets = z.infer<typeof SignInSecrets>;

export interface SignInRequest {
  /** Whose account it will be: requests are made for it. */
  toolkit: string;
  app: OAuthClientApp | undefined;
  redirectUri: string;
  state: string;
  scopes: string[];
  userScopes: string[];
  values: FieldValues;
}
export interface SignInCallback {
  toolkit: string;
  app: OAuthClientApp | undefined;
  redirectUri: string;
  state: string;
  query: URLSearchParams;
  secrets: SignInSecrets;
  values: FieldValues;
}

/** A scheme in which a person signs in at the provider. Errors are ProviderRefusal and ProviderTrouble. */
export interface SignInFlow<S extends AuthSpec = AuthSpec> {
  begin(spec: S, request: SignInRequest): Promise<{ url: string; secrets: SignInSecrets }>;
  complete(spec: S, callback: SignInCallback): Promise<Credential>;
}
