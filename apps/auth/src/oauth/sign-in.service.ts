import { Inject, Injectable } from '@nestjs/common';
import { AppError, type ConnectOutcome } from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import type { InstalledToolkit, OAuthApp } from '@patchbay/toolkits';
import { DataSource, MoreThan } from 'typeorm';
import { ToolkitRegistry } from '../auth-configs/toolkit.registry.js';
import { INITIATION_LIMIT_MS, isPending, statusNow } from '../connections/connection-status.js';
import { Connection } from '../connections/connection.entity.js';
import { ConnectionsService, type StatusChange } from '../connections/connections.service.js';
import { hashToken, newSecretToken } from '../vault/secret-token.js';
import { ProjectsService } from '../projects/projects.service.js';
import { CONFIG } from '../tokens.js';
import { Vault } from '../vault/vault.service.js';
import { OAuthClient, ProviderRefusal } from './oauth.client.js';
import { SignIn } from './sign-in.entity.js';

const CALLBACK_PATH = '/api/v3.1/toolkits/auth/callback';

/** Sends a person to the provider and takes what comes back. */
@Injectable()
export class SignInService {
  private readonly redirectUri: string;

  constructor(
    private readonly dataSource: DataSource,
    private readonly connections: ConnectionsService,
    private readonly oauth: OAuthClient,
    private readonly projects: ProjectsService,
    private readonly toolkits: ToolkitRegistry,
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    @Inject(CONFIG) config: { PUBLIC_URL: string },
  ) {
    this.redirectUri = config.PUBLIC_URL + CALLBACK_PATH;
  }

  /** @returns the provider's address to send the browser to */
  async begin(connection: Connection): Promise<string> {
    const { auth, managedApp } = this.oauthOf(connection.toolkit);
    const state = newSecretToken();
    const { redirectUri } = this;
    const { url, codeVerifier } = await this.oauth.authorization(auth, managedApp, { redirectUri, state });
    await this.transactions.run(async (manager, emit) => {
      await manager.delete(SignIn, { connectionId: connection.id });
      await manager.insert(SignIn, {
        stateSha256: hashToken(state),
        connectionId: connection.id,
        sealedCodeVerifier: this.vault.seal(ownerOf(connection), codeVerifier),
        redirectUri,
        expiresAt: new Date(Date.now() + INITIATION_LIMIT_MS),
      });
      await this.connections.move(manager, emit, connection, { status: 'INITIATED', reason: null });
    });
    return url;
  }

  /** @throws AppError `link_not_usable` for a state that was never given, was used, or is too old */
  async complete(query: Record<string, string>): Promise<ConnectOutcome> {
    const state = query['state'] ?? '';
    const signIn = await this.takeState(state);
    const { connection } = signIn;
    const refusal = await this.exchange(signIn, new URLSearchParams(query), state);
    const failed = refusal instanceof ProviderRefusal;
    return {
      status: failed ? 'failed' : 'success',
      connectionId: connection.id,
      toolkit: this.toolkits.view(connection.toolkit),
      projectName: await this.projects.displayName(connection.projectId),
      callbackUrl: connection.callbackUrl,
      error: failed ? refusal.code : null,
      errorDescription: failed ? refusal.message : null,
    };
  }

  /** A state is good once: whoever takes the row has it, whatever comes of it. */
  private async takeState(state: string): Promise<SignIn> {
    return this.dataSource.transaction(async (manager) => {
      const signIn = await manager.findOne(SignIn, {
        where: { stateSha256: hashToken(state), expiresAt: MoreThan(new Date()) },
        relations: { connection: { authConfig: true } },
      });
      const taken = signIn && (await manager.delete(SignIn, { stateSha256: signIn.stateSha256 }));
      if (!signIn || !taken?.affected || !isPending(statusNow(signIn.connection, new Date()).status)) {
        throw new AppError('link_not_usable', 'This sign-in is not valid any more.', {
          suggestion: 'Ask for a new link where you began.',
        });
      }
      return signIn;
    });
  }

  private async exchange(
    signIn: SignIn,
    query: URLSearchParams,
    state: string,
  ): Promise<ProviderRefusal | undefined> {
    const { connection, redirectUri } = signIn;
    const toolkit = this.oauthOf(connection.toolkit);
    const codeVerifier = String(this.vault.open(ownerOf(connection), signIn.sealedCodeVerifier));
    try {
      const callback = { query, state, redirectUri, codeVerifier };
      const credential = await this.oauth.exchange(toolkit.auth, toolkit.managedApp, callback);
      await this.settle(connection, {
        status: 'ACTIVE',
        reason: null,
        sealedCredential: this.vault.seal(ownerOf(connection), credential),
        displayName: await this.oauth.displayName(toolkit, credential),
      });
      return undefined;
    } catch (error) {
      if (!(error instanceof ProviderRefusal)) throw error;
      await this.settle(connection, {
        status: 'FAILED',
        reason: `OAuth callback failed in token exchange: ${error.code}: ${error.message}`,
      });
      return error;
    }
  }

  private settle(connection: Connection, change: StatusChange): Promise<void> {
    return this.transactions.run((manager, emit) => this.connections.move(manager, emit, connection, change));
  }

  private oauthOf(slug: string): InstalledToolkit & { auth: object; managedApp: OAuthApp } {
    const toolkit = this.toolkits.get(slug);
    const { auth, managedApp } = toolkit;
    if (!auth || !managedApp) {
      throw new AppError('no_auth_config', `The OAuth app of ${toolkit.name} is no longer set up.`);
    }
    return { ...toolkit, auth, managedApp };
  }
}

function ownerOf(connection: Connection) {
  return { projectId: connection.projectId, connectionId: connection.id };
}
