import { Injectable } from '@nestjs/common';
import type { AuthScheme, FieldValues } from '@patchbay/contracts';
import { OutboundClient } from '@patchbay/service';
import type {
  BasicWithJwtSpec,
  CodeGrantSpec,
  GoogleServiceAccountSpec,
  S2sOAuth2Spec,
  ServiceAccountSpec,
} from '@patchbay/toolkits';
import { assertionOf, googleAssertionOf } from './assertions.js';
import type { Credential, TokenCredential } from './credential.js';
import { fillAddress } from './placement.js';
import { explainProviderError, ProviderRefusal } from './provider-errors.js';
import { type ProviderAnswer, readAnswer, explainMissing } from './provider.answer.js';
import { isAboutClient } from './refusal.codes.js';
import type { Scheme, SchemeContext } from './scheme.js';
import { expiryIn, tokenIn, type TokenSet } from './token.answer.js';
import { TokenEndpoint } from './token.endpoint.js';
import { endOfLife, TOKEN_LIMITS } from './token.limits.js';
import { tokenServerOf } from './token.server.js';

const LOGIN_LIMIT_MS = 15_000;
/** How often tokens without a known expiry are refreshed. */
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
      CIMD_OAUTH: this.byRefreshToken(),
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

  /** Tokens of a sign-in are refreshed with their refresh token. */
  private byRefreshToken(): Scheme {
    const scheme: Scheme<CodeGrantSpec> = {
      refresh: async (spec, credential, { toolkit, app, fetch }) => {
        if (credential.kind !== 'tokens' || !credential.refreshToken) return undefined;
        const client = credential.client ?? app;
        if (!client)
          throw new ProviderRefusal('invalid_client', 'The OAuth app of this account is no longer set up.');
        const server = tokenServerOf(toolkit, spec, credential.values);
        const target = credential.refusesResource ? { ...server, resource: undefined } : server;
        const refreshing = this.tokens.refresh(target, client, credential.refreshToken, fetch);
        const refreshed = await refreshing.catch((error: unknown) => {
          // Our document may not have been readable just now: only one that is elsewhere by now is over.
          const isOurs = spec.scheme === 'CIMD_OAUTH' && client.clientId === app?.clientId;
          throw credential.client && !isOurs ? clientIsOver(error) : error;
        });
        return keepWhatIsMissing(credential, refreshed);
      },
    };
    return scheme as Scheme;
  }

  /** Tokens that are requested again, whenever needed, with the entered fields. */
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
      refresh: (spec: S, credential: Credential, context: SchemeContext) =>
        connect(spec, credential.values, context).catch((error: unknown) => {
          throw clientIsOver(error);
        }),
    };
    return scheme as Scheme;
  }

  private async installationToken(
    spec: ServiceAccountSpec,
    values: FieldValues,
    toolkit: string,
  ): Promise<TokenSet> {
    const answer = await this.post(toolkit, fillAddress(spec.tokenUrl, values), undefined, {
      authorization: `Bearer ${await assertionOf(values)}`,
    });
    const { fields = {} } = answer;
    const token = tokenIn(fields['token']);
    if (token === undefined) throw explainMissing(answer, 'token');
    return tokenSet(token, expiryIn(fields));
  }

  private async login(
    { loginUrl, tokenField }: BasicWithJwtSpec,
    values: FieldValues,
    toolkit: string,
  ): Promise<TokenSet> {
    const { username, password } = values;
    const answer = await this.post(toolkit, fillAddress(loginUrl, values), { username, password }, {});
    // Some answer the token alone, as it is or as a text in JSON.
    const alone = answer.fields
      ? undefined
      : /^"?(bearer\s+)?([\w-]+\.[\w-]+\.[\w-]*)"?$/i.exec(answer.text)?.[2];
    const token = tokenIn(answer.fields?.[tokenField] ?? alone);
    if (token === undefined) throw explainMissing(answer, tokenField);
    return tokenSet(token, null);
  }

  private async post(
    toolkit: string,
    url: string,
    body: object | undefined,
    headers: Record<string, string>,
  ): Promise<ProviderAnswer> {
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
    try {
      return readAnswer(status, bytes.toString());
    } catch (error) {
      // GitHub answers 403 to too many requests, too, so it does not mean that the credential is invalid.
      if (!(error instanceof ProviderRefusal) || status === 403) throw error;
      // What was entered is what it does not take: no repeat will help.
      throw new ProviderRefusal('invalid_grant', error.message, { cause: error });
    }
  }
}

type OAuthlessSpec = S2sOAuth2Spec | GoogleServiceAccountSpec | ServiceAccountSpec | BasicWithJwtSpec;

/** Where the client is the account's own, entered or registered for it, the account ends with its client. */
function clientIsOver(error: unknown): unknown {
  return error instanceof ProviderRefusal && isAboutClient(error.code)
    ? new ProviderRefusal(error.code, error.message, { isPermanent: true, cause: error })
    : error;
}

function tokenSet(accessToken: string, expiresAt: string | null): TokenSet {
  return {
    accessToken,
    tokenType: 'bearer',
    refreshToken: null,
    expiresAt: expiresAt ?? endOfLife(UNSAID_LIFE_MS),
    scope: null,
    extra: {},
  };
}

/** A provider that does not rotate sends no new refresh token, and may leave out the scope (RFC 6749, section 6). */
function keepWhatIsMissing(old: TokenCredential, refreshed: TokenSet): TokenCredential {
  return {
    ...old,
    ...refreshed,
    refreshToken: refreshed.refreshToken ?? old.refreshToken,
    scope: refreshed.scope ?? old.scope,
    actsAs: old.actsAs ?? refreshed.actsAs,
    extra: { ...old.extra, ...refreshed.extra },
  };
}
