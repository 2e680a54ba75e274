import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { AuthConfigCheck } from '@patchbay/contracts';
import { identifiesItself, type AuthSpec, type CodeGrantSpec, type OAuth1Spec } from '@patchbay/toolkits';
import { AuthConfig, AuthConfigStore } from '../accounts/index.js';
import { CALLBACK_PATH, OAuth1Flow } from '../oauth/index.js';
import {
  isAboutClient,
  type OAuthClientApp,
  ProviderRefusal,
  ProviderTrouble,
  TokenEndpoint,
  tokenServerOf,
} from '../schemes/index.js';
import { CONFIG } from '../settings.module.js';
import { ToolkitRegistry } from '../toolkits/index.js';

/** What came of a question that only a good app is answered otherwise. */
type Reply = { kind: 'taken' | 'client_refused' | 'other_refusal' | 'no_answer'; words: string };

/**
 * Finds out what a provider lets be known of an app without anybody signing in. OAuth 1 answers it outright. Of OAuth 2 a code
 * that nobody was given is exchanged: a provider looks at the app before it looks at the code (RFC 6749, section 5.2), so its
 * complaint of the code alone says that it took the app. Not all do; those answer the same to a wrong secret, which is asked, too.
 */
@Injectable()
export class ConfigCheckService {
  constructor(
    private readonly configs: AuthConfigStore,
    private readonly toolkits: ToolkitRegistry,
    private readonly tokens: TokenEndpoint,
    private readonly oauth1: OAuth1Flow,
    @Inject(CONFIG) private readonly config: { PUBLIC_URL: string },
  ) {}

  async check(projectId: string, id: string): Promise<AuthConfigCheck> {
    const row = await this.configs.row(projectId, id);
    if (row.authScheme === 'NO_AUTH') return unknown('This toolkit needs no credentials.');
    const spec = this.toolkits.spec(row, row.authScheme);
    if (identifiesItself(spec))
      return unknown(
        'Patchbay describes or registers itself there when somebody signs in: there is no app to test before.',
      );
    if (spec.scheme !== 'OAUTH2' && spec.scheme !== 'OAUTH1')
      return unknown(
        'Each user brings the credential, and it is tried when they connect: nothing can be known before.',
      );
    const app = this.configs.appOf(row);
    if (!app)
      return { outcome: 'refused', message: 'The app of this auth config is not set up.', answer: null };
    if (addressOf(spec).includes('{'))
      return unknown(
        'The provider’s address depends on the account: it can be asked when somebody signs in.',
      );
    return spec.scheme === 'OAUTH1' ? this.byOAuth1(row, spec, app) : this.byOAuth2(row, spec, app);
  }

  private async byOAuth1(row: AuthConfig, spec: OAuth1Spec, app: OAuthClientApp): Promise<AuthConfigCheck> {
    const asked = await replyOf(() =>
      this.oauth1.begin(spec, {
        toolkit: row.toolkit,
        app,
        redirectUri: this.redirectUriOf(row),
        state: madeUp(),
        scopes: [],
        userScopes: [],
        values: {},
      }),
    );
    if (asked.kind === 'no_answer') return unreachable(asked.words);
    return asked.kind === 'taken'
      ? accepted('The provider began a sign-in for this app.', null)
      : refused(asked.words);
  }

  private async byOAuth2(
    row: AuthConfig,
    spec: CodeGrantSpec,
    app: OAuthClientApp,
  ): Promise<AuthConfigCheck> {
    const first = await this.exchangeNothing(row, spec, app);
    if (first.kind === 'no_answer') return unreachable(first.words);
    if (first.kind === 'client_refused') return refused(first.words);
    if (first.kind === 'taken' || !app.clientSecret)
      return {
        ...unknown('The provider answered. Whether the app is right is seen when somebody signs in.'),
        answer: first.words || null,
      };
    const wrong = await this.exchangeNothing(row, spec, { ...app, clientSecret: madeUp() });
    if (wrong.kind === 'client_refused')
      return accepted(
        'The provider took the id and the secret: it complained only of the code, which was made up.',
        first.words,
      );
    return {
      ...unknown(
        'The provider answered, and it says the same to a wrong secret: whether this one is right is seen when somebody signs in.',
      ),
      answer: first.words,
    };
  }

  /** @returns never `taken` by a provider that is what it should be */
  private exchangeNothing(row: AuthConfig, spec: CodeGrantSpec, app: OAuthClientApp): Promise<Reply> {
    const server = tokenServerOf(row.toolkit, spec, {});
    const state = madeUp();
    const query = new URLSearchParams({
      code: madeUp(),
      state,
      ...(server.issuer && { iss: server.issuer }),
    });
    const codeVerifier = randomBytes(32).toString('base64url');
    return replyOf(() =>
      this.tokens.authorizationCode(server, app, {
        query,
        state,
        redirectUri: this.redirectUriOf(row),
        codeVerifier,
      }),
    );
  }

  private redirectUriOf(row: AuthConfig): string {
    return this.configs.credentialsOf(row)['oauth_redirect_uri'] ?? this.config.PUBLIC_URL + CALLBACK_PATH;
  }
}

async function replyOf(ask: () => Promise<unknown>): Promise<Reply> {
  try {
    await ask();
    return { kind: 'taken', words: '' };
  } catch (error) {
    if (error instanceof ProviderTrouble) return { kind: 'no_answer', words: error.message };
    if (!(error instanceof ProviderRefusal)) throw error;
    const isClient = isAboutClient(error.code) || error.code === 'address_refused';
    const words = `${error.message} (${error.code})`;
    return { kind: isClient ? 'client_refused' : 'other_refusal', words };
  }
}

const addressOf = (spec: AuthSpec) =>
  spec.scheme === 'OAUTH1' ? spec.requestTokenUrl : 'tokenUrl' in spec ? spec.tokenUrl : '';
const madeUp = () => `patchbay-check-${randomBytes(12).toString('hex')}`;
const unknown = (message: string): AuthConfigCheck => ({ outcome: 'unknown', message, answer: null });
const accepted = (message: string, answer: string | null): AuthConfigCheck => ({
  outcome: 'accepted',
  message,
  answer,
});
const refused = (answer: string): AuthConfigCheck => ({
  outcome: 'refused',
  message: 'The provider does not take this app: look at its id, its secret and where they were copied from.',
  answer,
});
const unreachable = (answer: string): AuthConfigCheck => ({
  outcome: 'unreachable',
  message: 'The provider gave no answer that can be used: nothing is known of the credentials.',
  answer,
});
