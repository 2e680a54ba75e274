import { Injectable } from '@nestjs/common';
import type { FieldValues } from '@patchbay/contracts';
import type { DcrOAuthSpec, OAuth2Spec } from '@patchbay/toolkits';
import * as oauth from 'oauth4webapi';
import {
  type Credential,
  fillAddress,
  type OAuthClientApp,
  ProviderRefusal,
  TokenEndpoint,
  tokenServerOf,
} from '../schemes/index.js';
import type { SignInCallback, SignInFlow, SignInRequest, SignInSecrets } from './sign-in-flow.js';

/** The authorization code grant with PKCE (RFC 6749, RFC 7636); with DCR_OAUTH the client registers first. */
@Injectable()
export class OAuth2Flow implements SignInFlow<OAuth2Spec | DcrOAuthSpec> {
  constructor(private readonly tokens: TokenEndpoint) {}

  async begin(
    spec: OAuth2Spec | DcrOAuthSpec,
    request: SignInRequest,
  ): Promise<{ url: string; secrets: SignInSecrets }> {
    const client = spec.scheme === 'DCR_OAUTH' ? await this.register(spec, request) : undefined;
    const codeVerifier = oauth.generateRandomCodeVerifier();
    const url = new URL(fillAddress(spec.authorizationUrl, request.values));
    const separator = spec.scopeSeparator ?? ' ';
    const userScopeParameter = spec.scheme === 'OAUTH2' ? spec.userScopeParameter : undefined;
    const parameters = {
      ...spec.extraParameters,
      ...(spec.resource && { resource: spec.resource }),
      response_type: 'code',
      client_id: required(client ?? request.app).clientId,
      redirect_uri: request.redirectUri,
      ...(request.scopes.length > 0 && { scope: request.scopes.join(separator) }),
      ...(userScopeParameter &&
        request.userScopes.length > 0 && { [userScopeParameter]: request.userScopes.join(separator) }),
      state: request.state,
      code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return { url: url.href, secrets: { codeVerifier, ...(client && { client }) } };
  }

  async complete(spec: OAuth2Spec | DcrOAuthSpec, callback: SignInCallback): Promise<Credential> {
    const { toolkit, secrets, values, query, state, redirectUri } = callback;
    requireIssuer(spec, values, query);
    const app = required(secrets.client ?? callback.app);
    const codeVerifier = secrets.codeVerifier ?? '';
    const tokens = await this.tokens.authorizationCode(tokenServerOf(toolkit, spec, values), app, {
      query,
      state,
      redirectUri,
      codeVerifier,
    });
    return { kind: 'tokens', values, ...tokens, ...(secrets.client && { client: secrets.client }) };
  }

  /** A client for this account alone: nothing that one account's owner does touches another's. */
  private register(spec: DcrOAuthSpec, request: SignInRequest): Promise<OAuthClientApp> {
    return this.tokens.register(request.toolkit, fillAddress(spec.registrationUrl, request.values), {
      client_name: 'Patchbay',
      redirect_uris: [request.redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: spec.tokenAuthMethod ?? 'client_secret_post',
      ...(request.scopes.length > 0 && { scope: request.scopes.join(' ') }),
    });
  }
}

/**
 * RFC 9207 for providers whose metadata is unknown: an answer that names its issuer has to name one at the host
 * that the person was sent to, or where the code goes now. Of the others the library compares the issuer itself.
 */
function requireIssuer(
  { issuer, authorizationUrl, tokenUrl }: OAuth2Spec | DcrOAuthSpec,
  values: FieldValues,
  query: URLSearchParams,
): void {
  const named = query.get('iss');
  if (!named || issuer) return;
  const hosts = [authorizationUrl, tokenUrl].map((url) => new URL(fillAddress(url, values)).host);
  if (URL.canParse(named) && hosts.includes(new URL(named).host)) return;
  throw new ProviderRefusal('issuer_mismatch', 'The answer is of another provider than the one asked.');
}

function required(app: OAuthClientApp | undefined): OAuthClientApp {
  if (!app) throw new ProviderRefusal('invalid_client', 'The OAuth app of this auth config is not set up.');
  return app;
}
