import { Injectable } from '@nestjs/common';
import { outsideText } from '@patchbay/contracts';
import { OutboundClient, type OutboundFetch } from '@patchbay/service';
import * as oauth from 'oauth4webapi';
import type { OAuthClientApp, TokenCredential } from './credential.js';
import { explainProviderError, ProviderRefusal, ProviderTrouble } from './provider-errors.js';
import { endOfLife, MAX_SCOPE_CHARACTERS, sendable, TOKEN_LIMITS } from './token.limits.js';
import { toAuthorizationServer, type TokenServer } from './token.server.js';

export type TokenFetch = OutboundFetch;

/** What a provider answered, before it belongs to an account. */
export type TokenSet = Pick<
  TokenCredential,
  'accessToken' | 'tokenType' | 'refreshToken' | 'expiresAt' | 'issuedAt' | 'scope' | 'extra'
>;

/**
 * What is asked of OAuth 2.0 token endpoints: one method a grant.
 * All throw ProviderRefusal when the provider says no, ProviderTrouble when it cannot answer.
 */
@Injectable()
export class TokenEndpoint {
  constructor(private readonly http: OutboundClient) {}

  /** RFC 6749, section 4.1.3, with PKCE (RFC 7636). */
  authorizationCode(
    target: TokenServer,
    app: OAuthClientApp,
    callback: { query: URLSearchParams; state: string; redirectUri: string; codeVerifier: string },
  ): Promise<TokenSet> {
    return this.exchange(target, app, async (server, client, authentication, options) => {
      const parameters = oauth.validateAuthResponse(
        server,
        client,
        target.issuer ? callback.query : withoutIssuer(callback.query),
        callback.state,
      );
      const { redirectUri, codeVerifier } = callback;
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        authentication,
        parameters,
        redirectUri,
        codeVerifier,
        options,
      );
      return oauth.processAuthorizationCodeResponse(server, client, await readable(response));
    });
  }

  /** RFC 6749, section 6. */
  refresh(
    target: TokenServer,
    app: OAuthClientApp,
    refreshToken: string,
    fetch?: TokenFetch,
  ): Promise<TokenSet> {
    return this.exchange(target, app, async (server, client, authentication, given) => {
      const options = fetch ? { ...given, [oauth.customFetch]: fetch } : given;
      const response = await oauth.refreshTokenGrantRequest(
        server,
        client,
        authentication,
        refreshToken,
        options,
      );
      return oauth.processRefreshTokenResponse(server, client, await readable(response));
    });
  }

  /** RFC 6749, section 4.4.2. */
  clientCredentials(target: TokenServer, app: OAuthClientApp, scope: string): Promise<TokenSet> {
    return this.exchange(target, app, async (server, client, authentication, options) => {
      const parameters = new URLSearchParams(scope ? { scope } : {});
      const response = await oauth.clientCredentialsGrantRequest(
        server,
        client,
        authentication,
        parameters,
        options,
      );
      return oauth.processClientCredentialsResponse(server, client, await readable(response));
    });
  }

  /** RFC 7523, section 2.1: the assertion says who is asking, so there is no client to authenticate. */
  jwtBearer(toolkit: string, tokenUrl: string, assertion: string): Promise<TokenSet> {
    const target: TokenServer = { toolkit, tokenUrl, authMethod: 'none' };
    return this.exchange(
      target,
      { clientId: 'assertion' },
      async (server, client, authentication, options) => {
        const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
        const parameters = new URLSearchParams({ assertion });
        const response = await oauth.genericTokenEndpointRequest(
          server,
          client,
          authentication,
          grant,
          parameters,
          options,
        );
        return oauth.processGenericTokenEndpointResponse(server, client, await readable(response));
      },
    );
  }

  /** RFC 7009. */
  async revoke(
    target: TokenServer,
    app: OAuthClientApp,
    revocationUrl: string,
    token: string,
  ): Promise<void> {
    const server = { ...toAuthorizationServer(target), revocation_endpoint: revocationUrl };
    try {
      const authentication = clientAuthentication(target, app);
      const client = { client_id: app.clientId };
      const options = this.options(target.toolkit, revocationUrl);
      await oauth.processRevocationResponse(
        await oauth.revocationRequest(server, client, authentication, token, options),
      );
    } catch (error) {
      throw explainProviderError(error);
    }
  }

  /** RFC 7591: makes a client of our own at the provider. */
  async register(
    toolkit: string,
    registrationUrl: string,
    metadata: Partial<oauth.Client>,
  ): Promise<OAuthClientApp> {
    const server = { issuer: new URL(registrationUrl).origin, registration_endpoint: registrationUrl };
    try {
      const response = await oauth.dynamicClientRegistrationRequest(
        server,
        metadata,
        this.options(toolkit, registrationUrl),
      );
      const client = await oauth.processDynamicClientRegistrationResponse(response);
      const { client_id: clientId, client_secret: secret } = client;
      return {
        clientId: sendable(clientId),
        ...(typeof secret === 'string' && { clientSecret: sendable(secret) }),
      };
    } catch (error) {
      throw explainProviderError(error);
    }
  }

  private async exchange(
    target: TokenServer,
    app: OAuthClientApp,
    grant: (
      server: oauth.AuthorizationServer,
      client: oauth.Client,
      authentication: oauth.ClientAuth,
      options: ReturnType<TokenEndpoint['options']>,
    ) => Promise<oauth.TokenEndpointResponse>,
  ): Promise<TokenSet> {
    try {
      const authentication = clientAuthentication(target, app);
      const client = { client_id: app.clientId };
      const options = {
        ...this.options(target.toolkit, target.tokenUrl),
        ...(target.resource && { additionalParameters: { resource: target.resource } }),
      };
      return toTokenSet(await grant(toAuthorizationServer(target), client, authentication, options));
    } catch (error) {
      throw explainProviderError(error);
    }
  }

  private options(toolkit: string, url: string) {
    return {
      [oauth.customFetch]: this.http.fetchFor({ for: 'toolkit', toolkit }, TOKEN_LIMITS),
      // Only the operator can name such an address, and only on a host that he listed as private.
      [oauth.allowInsecureRequests]: url.startsWith('http:'),
    };
  }
}

function clientAuthentication(
  { authMethod }: TokenServer,
  { clientSecret }: OAuthClientApp,
): oauth.ClientAuth {
  if (authMethod === 'none' || !clientSecret) return oauth.None();
  return authMethod === 'client_secret_basic'
    ? oauth.ClientSecretBasic(clientSecret)
    : oauth.ClientSecretPost(clientSecret);
}

/** RFC 9207's `iss` names an issuer; without the provider's metadata there is none to compare with. */
function withoutIssuer(query: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams(query);
  rest.delete('iss');
  return rest;
}

/**
 * Some providers answer a refusal with status 200 (GitHub, Slack), or name a token type of their own.
 * The body decides before the library reads it; an ID token is not for us, and so not verified.
 */
async function readable(response: Response): Promise<Response> {
  if (response.status >= 500) throw new ProviderTrouble(`The provider answered ${response.status}.`);
  if (response.status === 429) throw new ProviderTrouble('The provider asks to slow down.');
  const body = (await response
    .clone()
    .json()
    .catch(() => undefined)) as Record<string, unknown> | undefined;
  if (response.status !== 200 || !body) return response;
  const { error, error_description: description } = body;
  if (typeof error === 'string') {
    throw new ProviderRefusal(error, typeof description === 'string' ? description : error);
  }
  const { id_token: _, ...rest } = body;
  const known = /^(bearer|dpop)$/i.test(String(body['token_type']));
  return Response.json(known ? rest : { ...rest, token_type: 'bearer' });
}

const STANDARD = new Set(['access_token', 'token_type', 'refresh_token', 'expires_in', 'scope', 'id_token']);

function toTokenSet(tokens: oauth.TokenEndpointResponse): TokenSet {
  return {
    accessToken: sendable(tokens.access_token),
    tokenType: outsideText(tokens.token_type, 100),
    refreshToken: tokens.refresh_token === undefined ? null : sendable(tokens.refresh_token),
    expiresAt: endOfLife(Number(tokens.expires_in) * 1000),
    scope: tokens.scope === undefined ? null : outsideText(tokens.scope, MAX_SCOPE_CHARACTERS),
    issuedAt: new Date().toISOString(),
    extra: Object.fromEntries(Object.entries(tokens).filter(([name]) => !STANDARD.has(name))),
  };
}
