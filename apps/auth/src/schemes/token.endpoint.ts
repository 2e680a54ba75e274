import { Injectable } from '@nestjs/common';
import { OutboundClient, type OutboundFetch } from '@patchbay/service';
import { isSameIdentifier } from '@patchbay/toolkits';
import * as oauth from 'oauth4webapi';
import { clientAuthentication } from './client.authentication.js';
import type { OAuthClientApp } from './credential.js';
import { explainProviderError, ProviderRefusal } from './provider-errors.js';
import { type ProviderAnswer, readAnswer } from './provider.answer.js';
import { explainRefusal, refusalIn } from './refusal.reader.js';
import {
  isAboutClient,
  mayRefuseResource,
  isGrantInvalid,
  refusesResource,
  isRefreshTokenInvalid,
} from './refusal.codes.js';
import { readRegistration } from './registration.answer.js';
import { readTokens, type TokenSet } from './token.answer.js';
import { TOKEN_LIMITS } from './token.limits.js';
import { toAuthorizationServer, type TokenServer } from './token.server.js';

export type TokenFetch = OutboundFetch;
type Options = ReturnType<TokenEndpoint['options']>;
type Grant = (
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  authentication: oauth.ClientAuth,
  options: Options & { additionalParameters?: Record<string, string> },
) => Promise<Response>;

/**
 * What is asked of authorization servers: one method a grant. The library makes the requests; the answers are read by
 * us (provider.answer.ts), as few servers answer as their specification has it.
 * All throw ProviderRefusal when the provider refuses, ProviderTrouble when it cannot answer.
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
    const { redirectUri, codeVerifier } = callback;
    const query = withOwnIssuer(callback.query, target.issuer);
    const grant: Grant = async (server, client, authentication, options) => {
      const parameters = oauth.validateAuthResponse(server, client, query, callback.state);
      return oauth.authorizationCodeGrantRequest(
        server,
        client,
        authentication,
        parameters,
        redirectUri,
        codeVerifier,
        options,
      );
    };
    // A code is good once: it is not risked on a guess.
    return this.exchange(target, app, grant, ({ code, message }) => refusesResource(code, message));
  }

  /** RFC 6749, section 6. */
  refresh(
    target: TokenServer,
    app: OAuthClientApp,
    refreshToken: string,
    fetch?: TokenFetch,
  ): Promise<TokenSet> {
    const grant: Grant = (server, client, authentication, given) => {
      const options = fetch ? { ...given, [oauth.customFetch]: fetch } : given;
      return oauth.refreshTokenGrantRequest(server, client, authentication, refreshToken, options);
    };
    const mayBeResource = ({ code, message }: ProviderRefusal) =>
      mayRefuseResource(code) && !isRefreshTokenInvalid(code, message);
    return this.exchange(target, app, grant, mayBeResource).catch((error: unknown) => {
      throw error instanceof ProviderRefusal && isRefreshTokenInvalid(error.code, error.message)
        ? asInvalidGrant(error)
        : error;
    });
  }

  /** RFC 6749, section 4.4.2. */
  clientCredentials(target: TokenServer, app: OAuthClientApp, scope: string): Promise<TokenSet> {
    return this.exchange(target, app, (server, client, authentication, options) => {
      const parameters = new URLSearchParams(scope ? { scope } : {});
      return oauth.clientCredentialsGrantRequest(server, client, authentication, parameters, options);
    });
  }

  /** RFC 7523, section 2.1: the assertion names the issuer, so there is no client to authenticate. */
  jwtBearer(toolkit: string, tokenUrl: string, assertion: string): Promise<TokenSet> {
    const target: TokenServer = { toolkit, tokenUrl, authMethod: 'none' };
    return this.exchange(target, { clientId: 'assertion' }, (server, client, authentication, options) => {
      const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
      const parameters = new URLSearchParams({ assertion });
      return oauth.genericTokenEndpointRequest(server, client, authentication, grant, parameters, options);
    });
  }

  /** RFC 7009. A token that the provider does not know any more is revoked, too. */
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
      const answer = await read(
        await oauth.revocationRequest(server, client, authentication, token, options),
      );
      if (answer.fields && refusalIn(answer.fields, answer.status)) throw explainRefusal(answer);
    } catch (error) {
      const explained = explainProviderError(error);
      if (!(explained instanceof ProviderRefusal) || !isRevokedAlready(explained)) throw explained;
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
      const options = this.options(toolkit, registrationUrl);
      return readRegistration(
        await read(await oauth.dynamicClientRegistrationRequest(server, metadata, options)),
      );
    } catch (error) {
      throw explainProviderError(error);
    }
  }

  /** @param isResource whether a refusal may be one of the `resource`: then it is asked once more without */
  private async exchange(
    target: TokenServer,
    app: OAuthClientApp,
    grant: Grant,
    isResource: (refusal: ProviderRefusal) => boolean = () => false,
  ): Promise<TokenSet> {
    const { resource } = target;
    if (!resource) return this.ask(target, app, grant);
    try {
      return await this.ask(target, app, grant, { resource });
    } catch (error) {
      if (!(error instanceof ProviderRefusal) || !isResource(error)) throw error;
      return { ...(await this.ask(target, app, grant)), refusesResource: true };
    }
  }

  private async ask(
    target: TokenServer,
    app: OAuthClientApp,
    grant: Grant,
    additionalParameters: Record<string, string> = {},
  ): Promise<TokenSet> {
    try {
      const options = { ...this.options(target.toolkit, target.tokenUrl), additionalParameters };
      const authentication = clientAuthentication(target, app);
      const client = { client_id: app.clientId };
      const response = await grant(toAuthorizationServer(target), client, authentication, options);
      return readTokens(await read(response), target.userField);
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

async function read(response: Response): Promise<ProviderAnswer> {
  return readAnswer(response.status, await response.text());
}

/**
 * RFC 9207's `iss` names an issuer; without the provider's metadata there is none to compare with. One that differs by
 * a final slash is the same.
 */
function withOwnIssuer(query: URLSearchParams, issuer: string | undefined): URLSearchParams {
  const own = new URLSearchParams(query);
  const named = query.get('iss');
  if (!issuer) own.delete('iss');
  else if (named !== null && isSameIdentifier(named, issuer)) own.set('iss', issuer);
  return own;
}

function asInvalidGrant(refusal: ProviderRefusal): ProviderRefusal {
  return new ProviderRefusal(refusal.code, refusal.message, { isPermanent: true, cause: refusal });
}

function isRevokedAlready({ code, message }: ProviderRefusal): boolean {
  return !isAboutClient(code) && (isGrantInvalid(code) || isRefreshTokenInvalid(code, message));
}
