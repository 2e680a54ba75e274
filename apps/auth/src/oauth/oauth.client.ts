import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { OutboundClient, LOGGER, type Logger } from '@patchbay/service';
import type { InstalledToolkit, OAuth2Spec, OAuthApp } from '@patchbay/toolkits';
import * as oauth from 'oauth4webapi';
import { bearerHeaders, type Credential } from './credential.js';

const EXCHANGE_LIMIT_MS = 15_000;
const PROFILE_LIMIT_MS = 5_000;
const MAX_PROFILE_BYTES = 256 * 1024;

/** The provider said no, or something that is no answer; `message` may be shown to the person. */
export class ProviderRefusal extends Error {
  constructor(
    readonly code: string,
    description: string,
    options?: ErrorOptions,
  ) {
    super(description, options);
    this.name = 'ProviderRefusal';
  }
}

export interface Authorization {
  url: string;
  codeVerifier: string;
}

/** The authorization code grant with PKCE (RFC 6749, RFC 7636), for any OAuth 2.0 provider. */
@Injectable()
export class OAuthClient {
  constructor(
    private readonly http: OutboundClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async authorization(
    spec: OAuth2Spec,
    app: OAuthApp,
    request: { redirectUri: string; state: string },
  ): Promise<Authorization> {
    const codeVerifier = oauth.generateRandomCodeVerifier();
    const url = new URL(spec.authorizationUrl);
    const parameters = {
      response_type: 'code',
      client_id: app.clientId,
      redirect_uri: request.redirectUri,
      scope: spec.scopes.join(' '),
      state: request.state,
      code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return { url: url.href, codeVerifier };
  }

  /** @throws ProviderRefusal */
  async exchange(
    spec: OAuth2Spec,
    app: OAuthApp,
    callback: { query: URLSearchParams; state: string; redirectUri: string; codeVerifier: string },
  ): Promise<Credential> {
    const server: oauth.AuthorizationServer = {
      // A plain OAuth 2.0 provider has no issuer; the library wants a name for it all the same.
      issuer: new URL(spec.tokenUrl).origin,
      token_endpoint: spec.tokenUrl,
    };
    const client: oauth.Client = { client_id: app.clientId };
    try {
      const parameters = oauth.validateAuthResponse(
        server,
        client,
        withoutIssuer(callback.query),
        callback.state,
      );
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        app.clientSecret ? oauth.ClientSecretPost(app.clientSecret) : oauth.None(),
        parameters,
        callback.redirectUri,
        callback.codeVerifier,
        {
          [oauth.customFetch]: this.http.fetch,
          // Only the operator can name such an address, and only as a host that he listed as private.
          [oauth.allowInsecureRequests]: spec.tokenUrl.startsWith('http:'),
          signal: AbortSignal.timeout(EXCHANGE_LIMIT_MS),
        },
      );
      return toCredential(await readTokens(server, client, response));
    } catch (error) {
      throw this.toRefusal(error, new URL(spec.tokenUrl).host);
    }
  }

  /** Who the account belongs to, for people to tell accounts apart; null when the provider does not say. */
  async displayName(toolkit: InstalledToolkit, credential: Credential): Promise<string | null> {
    const profile = toolkit.auth?.currentUser;
    if (!profile || !toolkit.baseUrl) return null;
    try {
      const response = await this.http.send({
        method: 'GET',
        url: new URL(toolkit.baseUrl.replace(/\/$/, '') + profile.path),
        headers: { 'user-agent': 'Patchbay', ...toolkit.headers, ...bearerHeaders(credential) },
        timeoutMs: PROFILE_LIMIT_MS,
        maxBytes: MAX_PROFILE_BYTES,
      });
      const name = (JSON.parse(response.body.toString()) as Record<string, unknown>)[profile.displayName];
      return response.status === 200 && typeof name === 'string' ? name : null;
    } catch (error) {
      this.logger.warn({ reason: (error as Error).message, toolkit: toolkit.slug }, 'no display name');
      return null;
    }
  }

  private toRefusal(error: unknown, host: string): ProviderRefusal {
    if (error instanceof ProviderRefusal) return error;
    if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) {
      return new ProviderRefusal(error.error, error.error_description ?? error.error, { cause: error });
    }
    if (
      error instanceof oauth.OperationProcessingError ||
      error instanceof oauth.WWWAuthenticateChallengeError
    ) {
      return new ProviderRefusal('invalid_response', "The provider's answer cannot be used.", {
        cause: error,
      });
    }
    if (error instanceof AppError) {
      return new ProviderRefusal('provider_unreachable', error.message, { cause: error });
    }
    this.logger.warn({ err: error, host }, 'a provider could not be reached');
    return new ProviderRefusal('provider_unreachable', `${host} could not be reached.`, { cause: error });
  }
}

/** RFC 9207's `iss` names an issuer; without the provider's metadata there is none to compare with. */
function withoutIssuer(query: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams(query);
  rest.delete('iss');
  return rest;
}

/** GitHub answers a refused exchange with status 200: the body decides before the library reads it. */
async function readTokens(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  response: Response,
): Promise<oauth.TokenEndpointResponse> {
  const body = (await response
    .clone()
    .json()
    .catch(() => ({}))) as { error?: unknown; error_description?: unknown };
  if (typeof body.error === 'string') {
    throw new ProviderRefusal(
      body.error,
      typeof body.error_description === 'string' ? body.error_description : body.error,
    );
  }
  return oauth.processAuthorizationCodeResponse(server, client, response);
}

function toCredential(tokens: oauth.TokenEndpointResponse): Credential {
  return {
    accessToken: tokens.access_token,
    tokenType: tokens.token_type,
    refreshToken: tokens.refresh_token ?? null,
    expiresAt: tokens.expires_in ? new Date(Date.now() + tokens.expires_in * 1000).toISOString() : null,
    scope: tokens.scope ?? null,
  };
}
