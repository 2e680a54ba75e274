import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { LOGGER, OPERATOR, OutboundClient, type Logger } from '@patchbay/service';
import * as oidc from 'openid-client';
import type { AuthServiceConfig } from '../config.js';
import type { OidcSettings } from '../oidc.settings.js';
import { CONFIG } from '../settings.module.js';

/** Of one exchange with the provider; claims of people with many groups are long. */
const LIMITS = { timeoutMs: 8_000, maxBytes: 1024 * 1024 };
/** Keys and addresses may change: what was read is read again after this. */
const FRESH_MS = 3_600_000;
/** OpenID Connect Core 1.0, section 2. */
const MOST_OF_SUB = 255;
/** Where the provider sends the browser back to: a page of the console. */
const CALLBACK = '/console/sign-in/callback';

/** What a sign-in keeps until its answer comes. */
export interface OidcSecrets {
  codeVerifier: string;
  nonce: string;
}

/** What the provider says of who signed in: `sub` is checked, the rest is as it says. */
export type Claims = Readonly<Record<string, unknown>> & { sub: string };

/** The operator's OpenID provider: we are its relying party (OpenID Connect Core 1.0, Discovery 1.0). */
@Injectable()
export class OidcProvider implements OnApplicationShutdown {
  private readonly http: OutboundClient;
  private read: { at: number; configuration: Promise<oidc.Configuration> } | undefined;

  constructor(
    @Inject(CONFIG)
    private readonly config: OidcSettings &
      Pick<AuthServiceConfig, 'PUBLIC_URL' | 'PATCHBAY_ALLOWED_PRIVATE_HOSTS'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const { PATCHBAY_OIDC_ISSUER: issuer, PATCHBAY_ALLOWED_PRIVATE_HOSTS: hosts } = config;
    // The operator named it, wherever it is; what it names in turn is public, or listed.
    this.http = new OutboundClient([...(issuer ? [new URL(issuer).host] : []), ...hosts]);
  }

  /** What people know it as; null where there is none. */
  get name(): string | null {
    const { PATCHBAY_OIDC_NAME: name, PATCHBAY_OIDC_ISSUER: issuer } = this.config;
    return issuer ? (name ?? new URL(issuer).host) : null;
  }

  /** @returns the address to send the browser to */
  async begin(state: string): Promise<{ url: string; secrets: OidcSecrets }> {
    const configuration = await this.configuration();
    const secrets = { codeVerifier: oidc.randomPKCECodeVerifier(), nonce: oidc.randomNonce() };
    const scopes = new Set(['openid', ...this.config.PATCHBAY_OIDC_SCOPES.split(' ').filter(Boolean)]);
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.config.PUBLIC_URL + CALLBACK,
      scope: [...scopes].join(' '),
      state,
      nonce: secrets.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(secrets.codeVerifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, secrets };
  }

  /**
   * Exchanges the code, and checks the ID token: issuer, audience, nonce, times and signature.
   * @param answer the parameters that the browser came back with
   * @throws AppError `unauthenticated` for an answer that signs nobody in, `unavailable` for a provider that cannot
   */
  async complete(answer: Record<string, string>, state: string, secrets: OidcSecrets): Promise<Claims> {
    const configuration = await this.configuration();
    const came = new URL(this.config.PUBLIC_URL + CALLBACK);
    came.search = new URLSearchParams(answer).toString();
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, came, {
        expectedState: state,
        expectedNonce: secrets.nonce,
        pkceCodeVerifier: secrets.codeVerifier,
        idTokenExpected: true,
      });
      const told = tokens.claims();
      if (!told || told.sub.length > MOST_OF_SUB)
        throw new oidc.ClientError('The answer has no usable ID token');
      const asked = await this.userInfo(configuration, tokens.access_token, told.sub);
      return { ...asked, ...told };
    } catch (error) {
      throw this.explain(error);
    }
  }

  /** Where the provider ends its own session (OpenID Connect RP-Initiated Logout 1.0); null when it does not say. */
  async signOutUrl(): Promise<string | null> {
    if (!this.config.PATCHBAY_OIDC_ISSUER) return null;
    const configuration = await this.configuration().catch(() => undefined);
    if (!configuration?.serverMetadata().end_session_endpoint) return null;
    return oidc.buildEndSessionUrl(configuration).href;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }

  /** Many providers tell addresses and groups here alone. */
  private async userInfo(configuration: oidc.Configuration, token: string, sub: string): Promise<object> {
    if (!configuration.serverMetadata().userinfo_endpoint) return {};
    return oidc.fetchUserInfo(configuration, token, sub);
  }

  /** Its metadata, read when somebody first needs it. */
  private async configuration(): Promise<oidc.Configuration> {
    const { PATCHBAY_OIDC_ISSUER: issuer } = this.config;
    if (!issuer)
      throw new AppError('not_found', 'This installation has no OpenID provider.', {
        suggestion: 'Sign in by your password, or by a link; the operator sets PATCHBAY_OIDC_ISSUER.',
      });
    if (!this.read || this.read.at < Date.now() - FRESH_MS) {
      this.read = { at: Date.now(), configuration: this.discover(new URL(issuer)) };
    }
    const { read } = this;
    try {
      return await read.configuration;
    } catch (error) {
      // The next one asks again.
      if (this.read === read) this.read = undefined;
      throw this.explain(error);
    }
  }

  private discover(issuer: URL): Promise<oidc.Configuration> {
    const { PATCHBAY_OIDC_CLIENT_ID: client = '', PATCHBAY_OIDC_CLIENT_SECRET: secret } = this.config;
    return oidc.discovery(issuer, client, undefined, authenticationBy(secret), {
      [oidc.customFetch]: this.http.fetchFor(OPERATOR, LIMITS) as oidc.CustomFetch,
      timeout: LIMITS.timeoutMs / 1_000,
      execute: [
        oidc.enableNonRepudiationChecks,
        ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
      ],
    });
  }

  /** What the provider wrote is for the log alone. */
  private explain(error: unknown): AppError {
    if (error instanceof AppError && error.code === 'not_found') return error;
    const from = this.name ?? 'The provider';
    if (error instanceof oidc.AuthorizationResponseError) {
      this.logger.info({ error: error.error }, 'the OpenID provider signed nobody in');
      return new AppError('unauthenticated', `${from} did not sign you in.`, {
        suggestion: 'Begin again, or sign in by another way.',
        cause: error,
      });
    }
    this.logger.error({ err: error }, 'a sign-in at the OpenID provider failed');
    if (error instanceof oidc.ClientError && UNTRUSTED.has(String(error.code))) {
      return new AppError('unauthenticated', `What ${from} answered cannot be trusted.`, { cause: error });
    }
    return new AppError('unavailable', `The sign-in at ${from} could not be finished.`, {
      suggestion: 'Try again; if it goes on, the operator finds the reason in the log of auth.',
      cause: error,
    });
  }
}

/** Answers that are there, and are not what they have to be. */
const UNTRUSTED = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
]);

/** A provider that does not say which ways it takes takes Basic (OpenID Connect Discovery 1.0, section 3). */
function authenticationBy(secret: string | undefined): oidc.ClientAuth {
  if (secret === undefined) return oidc.None();
  const [inBody, inHeader] = [oidc.ClientSecretPost(secret), oidc.ClientSecretBasic(secret)];
  return (server, ...rest) => {
    const taken = server.token_endpoint_auth_methods_supported ?? [];
    return (taken.includes('client_secret_post') ? inBody : inHeader)(server, ...rest);
  };
}
