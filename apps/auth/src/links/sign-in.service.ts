import { Inject, Injectable } from '@nestjs/common';
import {
  AppError,
  FieldValues,
  type AuthScheme,
  type completeOAuth,
  type completeVerifiedOAuth,
  type ConnectOutcome,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import type { AuthSpec } from '@patchbay/toolkits';
import { hashToken, newSecretToken } from '@patchbay/vault';
import { DataSource, MoreThan } from 'typeorm';
import { z } from 'zod';
import {
  type AuthConfig,
  AuthConfigStore,
  ConnectionStore,
  type ConnectLink,
  INITIATION_LIMIT_MS,
  REASONS,
  scopesFor,
  userScopesFor,
} from '../accounts/index.js';
import { ConnectorService } from '../credentials/index.js';
import {
  CALLBACK_PATH,
  issuerCallbackPath,
  issuerKeyOf,
  mayBeAnsweredAt,
  OAuth1Flow,
  OAuth2Flow,
  type SignInFlow,
  SignInSecrets,
} from '../oauth/index.js';
import { ProjectsService } from '../projects/index.js';
import {
  covers,
  type Credential,
  movedFrom,
  orAppError,
  ProviderRefusal,
  ProviderTrouble,
  type TroubleKind,
} from '../schemes/index.js';
import { CONFIG } from '../settings.module.js';
import { ToolkitRegistry } from '../toolkits/index.js';
import { Vault } from '../vault/index.js';
import { LinkCompletion } from './link.completion.js';
import { SignIn } from './sign-in.entity.js';
import { UnverifiedSignIn } from './unverified-sign-in.entity.js';
import { type AnsweredSignIn, UnverifiedSignIns } from './unverified-sign-ins.service.js';

/** The error of a sign-in that the provider neither accepted nor refused. */
const TROUBLES: Record<TroubleKind, string> = {
  unreachable: 'provider_unreachable',
  unavailable: 'provider_unavailable',
  unusable: 'provider_answer_unusable',
};

/** Sends a person to the provider and takes what comes back. */
@Injectable()
export class SignInService {
  private readonly publicUrl: string;
  private readonly flows: Partial<Record<AuthScheme, SignInFlow>>;

  constructor(
    private readonly authConfigs: AuthConfigStore,
    private readonly connections: ConnectionStore,
    private readonly connector: ConnectorService,
    private readonly dataSource: DataSource,
    private readonly completion: LinkCompletion,
    private readonly projects: ProjectsService,
    private readonly toolkits: ToolkitRegistry,
    private readonly transactions: Transactions,
    private readonly unverified: UnverifiedSignIns,
    private readonly vault: Vault,
    oauth1: OAuth1Flow,
    oauth2: OAuth2Flow,
    @Inject(CONFIG) config: { PUBLIC_URL: string },
  ) {
    this.publicUrl = config.PUBLIC_URL;
    this.flows = { OAUTH2: oauth2, DCR_OAUTH: oauth2, CIMD_OAUTH: oauth2, OAUTH1: oauth1 } as Partial<
      Record<AuthScheme, SignInFlow>
    >;
  }

  /**
   * @param browser who it began with, where that is known
   * @returns the provider's address to send the browser to
   */
  async begin(link: ConnectLink, values: FieldValues, browser?: string): Promise<string> {
    const { connection } = link;
    const { authConfig } = connection;
    const spec = this.toolkits.spec(connection, authConfig.authScheme);
    const toolkit = this.toolkits.get(connection);
    const state = newSecretToken();
    const redirectUri = this.redirectUriOf(authConfig, spec);
    const boundTo = this.toolkits.origins(connection, authConfig.authScheme);
    const standard = 'scopes' in spec ? spec.scopes : [];
    const { url, secrets } = await orAppError(toolkit.name, () =>
      this.flowOf(authConfig).begin(spec, {
        toolkit: toolkit.slug,
        app: this.authConfigs.appOf(authConfig),
        redirectUri,
        state,
        scopes: scopesFor(toolkit, authConfig.settings, standard),
        userScopes: userScopesFor(toolkit, authConfig.settings),
        values,
      }),
    );
    await this.transactions.run(async (manager, emit) => {
      // A newer sign-in makes the ones before it void.
      for (const entity of [SignIn, UnverifiedSignIn]) {
        await manager.delete(entity, { linkTokenSha256: link.tokenSha256 });
      }
      await manager.insert(SignIn, {
        stateSha256: hashToken(state),
        linkTokenSha256: link.tokenSha256,
        sealedSecrets: this.vault.seal('sign_ins.sealed_secrets', connection, {
          ...secrets,
          values,
          browser,
          boundTo,
        }),
        redirectUri,
        expiresAt: new Date(Date.now() + INITIATION_LIMIT_MS),
      });
      await this.connections.markInitiated(manager, emit, connection);
    });
    return url;
  }

  /** @throws AppError `link_not_usable` for a state that was never given, was used, or is too old */
  async complete({
    query,
    issuer,
    browsers,
  }: InputOf<typeof completeOAuth>): Promise<OutputOf<typeof completeOAuth>> {
    const state = query['state'] ?? '';
    if (state === '') {
      throw new AppError(
        'link_not_usable',
        'The provider sent you back without saying which sign-in this was.',
      );
    }
    const signIn = { ...(await this.takeState(state)), query };
    const { link, redirectUri } = signIn;
    const { bindSignInToBrowser, callbackVerifierUrl } = await this.projects.settings(
      link.connection.projectId,
    );
    if (bindSignInToBrowser && !beganIn(browsers, signIn)) {
      const why = 'The sign-in began in another browser, and can only end there.';
      return this.completion.refuse(link, 'other_browser', why);
    }
    if (!mayBeAnsweredAt(this.publicUrl, redirectUri, issuer)) {
      const why = 'The answer came from another provider than the one that was asked.';
      return this.completion.refuse(link, 'issuer_mismatch', why);
    }
    if (callbackVerifierUrl && isGranted(query)) {
      return { redirectUrl: await this.unverified.keep(signIn, callbackVerifierUrl) };
    }
    return this.finish(signIn);
  }

  /** The second half of a sign-in whose user the developer's app has seen. */
  async completeVerified({
    projectId,
    userId,
    sessionUri,
  }: InputOf<typeof completeVerifiedOAuth>): Promise<OutputOf<typeof completeVerifiedOAuth>> {
    const signIn = await this.unverified.take(projectId, sessionUri);
    const { link } = signIn;
    const { connection } = link;
    if (connection.userId !== userId) {
      await this.completion.failFor(link, REASONS.identityNotVerified);
      throw new AppError(
        'account_of_another_user',
        'This sign-in was begun for another user, so nothing was connected.',
        { suggestion: 'Give the user who is signed in to your app a link of their own.' },
      );
    }
    const { status, error, errorDescription } = await this.finish(signIn);
    if (status === 'failed') {
      throw new AppError(
        'credential_refused',
        `The account was not connected: ${errorDescription ?? error}`,
        {
          suggestion: 'Send the user a new link.',
        },
      );
    }
    return { connectionId: connection.id, toolkit: connection.toolkit };
  }

  private async finish(signIn: AnsweredSignIn): Promise<ConnectOutcome> {
    const { link } = signIn;
    let credential: Credential;
    try {
      const tokens = await this.exchange(signIn);
      credential = await this.connector.withAddress(link.connection.authConfig, tokens);
    } catch (error) {
      if (error instanceof AppError) return this.completion.fail(link, error.code, error.message);
      if (error instanceof ProviderRefusal) return this.completion.fail(link, error.code, error.message);
      if (error instanceof ProviderTrouble) {
        return this.completion.fail(link, TROUBLES[error.kind], error.message);
      }
      throw error;
    }
    const displayName = await this.connector.displayName(link.connection.authConfig, credential);
    return this.completion.succeed(link, credential, { displayName, boundTo: boundTo(signIn) });
  }

  /** A state is valid once: the request that deletes the row uses it, also when the sign-in fails. */
  private async takeState(state: string): Promise<BegunSignIn> {
    return this.dataSource.transaction(async (manager) => {
      const signIn = await manager.findOne(SignIn, {
        where: { stateSha256: hashToken(state), expiresAt: MoreThan(new Date()) },
        relations: { link: { connection: { authConfig: true } } },
      });
      const taken = signIn && (await manager.delete(SignIn, { stateSha256: signIn.stateSha256 }));
      if (!signIn || !taken?.affected || !this.completion.isUsable(signIn.link)) {
        throw new AppError('link_not_usable', 'This sign-in is not valid any more.', {
          suggestion: 'Ask for a new link where you began.',
        });
      }
      const { link, redirectUri, sealedSecrets } = signIn;
      const remembered = this.vault.open('sign_ins.sealed_secrets', link.connection, sealedSecrets);
      return { link, redirectUri, remembered: remembered as Record<string, unknown> };
    });
  }

  private async exchange(signIn: AnsweredSignIn): Promise<Credential> {
    const { link, redirectUri, remembered, query } = signIn;
    const { connection } = link;
    const { authConfig } = connection;
    const origins = this.toolkits.origins(connection, authConfig.authScheme);
    // The code and what proves it are for whom the person signed in with.
    if (!covers(boundTo(signIn), origins)) throw movedFrom('The sign-in', boundTo(signIn), origins);
    return this.flowOf(authConfig).complete(this.toolkits.spec(connection, authConfig.authScheme), {
      toolkit: connection.toolkit,
      app: this.authConfigs.appOf(authConfig),
      redirectUri,
      state: query['state'] ?? '',
      query: new URLSearchParams(query),
      secrets: SignInSecrets.parse(remembered),
      values: FieldValues.parse(remembered['values'] ?? {}),
    });
  }

  private flowOf({ authScheme }: AuthConfig): SignInFlow {
    const flow = this.flows[authScheme];
    if (!flow) throw new Error(`${authScheme} has no sign-in at the provider`);
    return flow;
  }

  /** A developer may have the provider answer to a page of his own, which passes it on to us. */
  private redirectUriOf(config: AuthConfig, spec: AuthSpec): string {
    const own = this.authConfigs.credentialsOf(config)['oauth_redirect_uri'];
    if (own) return own;
    const issuerKey = issuerKeyOf(spec);
    return this.publicUrl + (issuerKey ? issuerCallbackPath(issuerKey) : CALLBACK_PATH);
  }
}

type BegunSignIn = Omit<AnsweredSignIn, 'query'>;

/** Otherwise an attacker's sign-in address, opened by a victim, would connect the victim's account for the attacker. */
function beganIn(browsers: readonly string[], { remembered: { browser } }: BegunSignIn): boolean {
  return typeof browser === 'string' && browsers.includes(browser);
}

function boundTo({ remembered }: BegunSignIn): string[] {
  return z.array(z.string()).parse(remembered['boundTo'] ?? []);
}

/** There is something to exchange: an answer without it has failed already, whoever sees it. */
function isGranted(query: Record<string, string>): boolean {
  return Boolean(query['code'] ?? query['oauth_verifier']) && query['error'] === undefined;
}
