import { Injectable } from '@nestjs/common';
import type { AuthScheme, FieldValues } from '@patchbay/contracts';
import { OutboundClient } from '@patchbay/service';
import type {
  BasicWithJwtSpec,
  DcrOAuthSpec,
  GoogleServiceAccountSpec,
  OAuth2Spec,
  S2sOAuth2Spec,
  ServiceAccountSpec,
} from '@patchbay/toolkits';
import { assertionOf, googleAssertionOf } from './assertions.js';
import { fillAddress } from './placement.js';
import type { Credential, TokenCredential } from './credential.js';
import { explainProviderError, ProviderRefusal, ProviderTrouble } from './provider-errors.js';
import type { Scheme, SchemeContext } from './scheme.js';
import { TokenEndpoint, type TokenSet } from './token.endpoint.js';
import { endOfLife, sendable, TOKEN_LIMITS } from './token.limits.js';
import { tokenServerOf } from './token.server.js';

const LOGIN_LIMIT_MS = 15_000;
/** Schemes whose tokens come without an end, as far as the provider says, are renewed this often. */
const UNSAID_LIFE_MS = 50 * 60 * 1000;

/** Every scheme's own way, by its name in the contract. */
@Injectable()
export class Schemes {
  private readonly byName: Partial<Record<AuthScheme, Scheme>>;

  constructor(
    private readonly tokens: TokenEndpoint,
    private readonly http: OutboundClient,
  ) {
    const asEntered: Scheme = { connect: async (_spec, values) => ({ kind: 'fields', values }) };
    this.byName = {
      API_KEY: asEntered,
      BEARER_TOKEN: asEntered,
      BASIC: asEntered,
      OAUTH1: {},
      OAUTH2: this.byRefreshToken(),
      DCR_OAUTH: this.byRefreshToken(),
      S2S_OAUTH2: this.derived((spec: S2sOAuth2Spec, values, toolkit) => {
        const { tokenUrl, tokenAuthMethod: authMethod = 'client_secret_post', scopes } = spec;
        const app = { clientId: values['client_id'] ?? '', clientSecret: values['client_secret'] };
        return this.tokens.clientCredentials({ toolkit, tokenUrl, authMethod }, app, scopes.join(' '));
      }),
      GOOGLE_SERVICE_ACCOUNT: this.derived(
        async ({ tokenUrl, scopes }: GoogleServiceAccountSpec, values, toolkit) =>
          this.tokens.jwtBearer(toolkit, tokenUrl, await googleAssertionOf(values, tokenUrl, scopes)),
      ),
      SERVICE_ACCOUNT: this.derived((spec: ServiceAccountSpec, values, toolkit) =>
        this.installationToken(spec, values, toolkit),
      ),
      BASIC_WITH_JWT: this.derived((spec: BasicWithJwtSpec, values, toolkit) =>
        this.login(spec, values, toolkit),
      ),
    };
  }

  get(name: AuthScheme): Scheme {
    return this.byName[name] ?? {};
  }

  /** Tokens that a sign-in brought are renewed by their refresh token. */
  private byRefreshToken(): Scheme {
    const scheme: Scheme<OAuth2Spec | DcrOAuthSpec> = {
      renew: async (spec, credential, { toolkit, app, fetch }) => {
        if (credential.kind !== 'tokens' || !credential.refreshToken) return undefined;
        const client = credential.client ?? app;
        if (!client) throw new ProviderTrouble('The OAuth app of this account is no longer set up.');
        const target = tokenServerOf(toolkit, spec, credential.values);
        const renewed = await this.tokens.refresh(target, client, credential.refreshToken, fetch);
        return keepWhatIsMissing(credential, renewed);
      },
    };
    return scheme as Scheme;
  }

  /** Tokens that are got anew, whenever needed, from what was entered by hand. */
  private derived<S extends OAuthlessSpec>(
    derive: (spec: S, values: FieldValues, toolkit: string) => Promise<TokenSet>,
  ): Scheme {
    const connect = async (
      spec: S,
      values: FieldValues,
      { toolkit }: SchemeContext,
    ): Promise<Credential> => ({
      kind: 'tokens',
      values,
      ...(await derive(spec, values, toolkit)),
    });
    const scheme: Scheme<S> = {
      connect,
      renew: (spec: S, credential: Credential, context: SchemeContext) =>
        connect(spec, credential.values, context).catch((error: unknown) => {
          throw enteredIsOver(error);
        }),
    };
    return scheme as Scheme;
  }

  private async installationToken(
    spec: ServiceAccountSpec,
    values: FieldValues,
    toolkit: string,
  ): Promise<TokenSet> {
    const body = await this.post(toolkit, fillAddress(spec.tokenUrl, values), undefined, {
      authorization: `Bearer ${await assertionOf(values)}`,
    });
    const { token, expires_at: expiresAt } = body;
    if (typeof token !== 'string') throw new ProviderTrouble('The provider answered no token.');
    const end = typeof expiresAt === 'string' ? Date.parse(expiresAt) : NaN;
    return tokenSet(token, Number.isNaN(end) ? UNSAID_LIFE_MS : end - Date.now());
  }

  private async login(
    { loginUrl, tokenField }: BasicWithJwtSpec,
    values: FieldValues,
    toolkit: string,
  ): Promise<TokenSet> {
    const { username, password } = values;
    const body = await this.post(toolkit, fillAddress(loginUrl, values), { username, password }, {});
    const token = body[tokenField];
    if (typeof token !== 'string') throw new ProviderTrouble('The provider answered no token.');
    return tokenSet(token, UNSAID_LIFE_MS);
  }

  private async post(
    toolkit: string,
    url: string,
    body: object | undefined,
    headers: Record<string, string>,
  ): Promise<Record<string, unknown>> {
    const request = {
      purpose: { for: 'toolkit', toolkit } as const,
      ...TOKEN_LIMITS,
      timeoutMs: LOGIN_LIMIT_MS,
      method: 'POST',
      url: new URL(url),
      headers: {
        accept: 'application/json',
        'user-agent': 'Patchbay',
        ...headers,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    };
    const { status, body: bytes } = await this.http.send(request).catch((error: unknown) => {
      throw explainProviderError(error);
    });
    if (status >= 500 || status === 429) throw new ProviderTrouble(`The provider answered ${status}.`);
    // GitHub says so to who asks too often, too: it does not tell that the credential is dead.
    if (status === 403) throw new ProviderRefusal('refused', 'The provider answered 403.');
    // What was entered is what it does not take: no repeat will help.
    if (status >= 400) throw new ProviderRefusal('invalid_grant', `The provider answered ${status}.`);
    try {
      return JSON.parse(bytes.toString()) as Record<string, unknown>;
    } catch (error) {
      throw new ProviderTrouble("The provider's answer is no JSON.", { cause: error });
    }
  }
}

type OAuthlessSpec = S2sOAuth2Spec | GoogleServiceAccountSpec | ServiceAccountSpec | BasicWithJwtSpec;

/** Where the client is what the person entered, a provider that no longer takes it ends the account. */
function enteredIsOver(error: unknown): unknown {
  return error instanceof ProviderRefusal && error.code === 'invalid_client'
    ? new ProviderRefusal('invalid_grant', error.message, { cause: error })
    : error;
}

function tokenSet(accessToken: string, lifeMs: number): TokenSet {
  return {
    accessToken: sendable(accessToken),
    tokenType: 'bearer',
    refreshToken: null,
    expiresAt: endOfLife(lifeMs) ?? new Date().toISOString(),
    scope: null,
    extra: {},
  };
}

/** A provider that does not rotate sends no new refresh token, and may leave out the scope (RFC 6749, section 6). */
function keepWhatIsMissing(old: TokenCredential, renewed: TokenSet): TokenCredential {
  return {
    ...old,
    ...renewed,
    refreshToken: renewed.refreshToken ?? old.refreshToken,
    scope: renewed.scope ?? old.scope,
    extra: { ...old.extra, ...renewed.extra },
  };
}
