import { Injectable } from '@nestjs/common';
import type { FieldValues } from '@patchbay/contracts';
import type { CodeGrantSpec, DcrOAuthSpec } from '@patchbay/toolkits';
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

/**
 * The authorization code grant with PKCE (RFC 6749, RFC 7636). With DCR_OAUTH the client registers first; with CIMD_OAUTH
 * the app is a document of ours, and the account keeps to the address that it began with, as its tokens do.
 */
@Injectable()
export class OAuth2Flow implements SignInFlow<CodeGrantSpec> {
  constructor(private readonly tokens: TokenEndpoint) {}

  async begin(spec: CodeGrantSpec, request: SignInRequest): Promise<{ url: string; secrets: SignInSecrets }> {
    const client = await this.ownClient(spec, request);
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

  async complete(spec: CodeGrantSpec, callback: SignInCallback): Promise<Credential> {
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

  /** The client that goes with the account, and not with its auth config. */
  private async ownClient(spec: CodeGrantSpec, request: SignInRequest): Promise<OAuthClientApp | undefined> {
    if (spec.scheme === 'DCR_OAUTH') return this.register(spec, request);
    return spec.scheme === 'CIMD_OAUTH' ? request.app : undefined;
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
  { issuer, authorizationUrl, tokenUrl }: CodeGrantSpec,
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
