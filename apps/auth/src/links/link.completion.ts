import { Injectable } from '@nestjs/common';
import { AppError, type ConnectOutcome } from '@patchbay/contracts';
import { Transactions, type Emit } from '@patchbay/database';
import { IsNull, Not, type EntityManager } from 'typeorm';
import {
  AuthConfig,
  Connection,
  ConnectionStore,
  ConnectLink,
  CredentialVault,
  isPending,
  REASONS,
  statusNow,
} from '../accounts/index.js';
import { ConnectorService } from '../credentials/index.js';
import { ProjectsService } from '../projects/index.js';
import type { Credential } from '../schemes/index.js';
import { ToolkitRegistry } from '../toolkits/index.js';

/** Completes a link after a sign-in or a form, with a connected account or an error. */
@Injectable()
export class LinkCompletion {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly connector: ConnectorService,
    private readonly projects: ProjectsService,
    private readonly toolkits: ToolkitRegistry,
    private readonly transactions: Transactions,
    private readonly vault: CredentialVault,
  ) {}

  isUsable({ usedAt, expiresAt, connection }: ConnectLink): boolean {
    const now = new Date();
    if (usedAt || expiresAt <= now || isDisabled(connection)) return false;
    // A link to reconnect an account may find it in any state; a link for a new account, only in its pending one.
    return !isPending(connection.status) || isPending(statusNow(connection, now).status);
  }

  async succeed(
    link: ConnectLink,
    credential: Credential,
    { displayName, boundTo }: { displayName: string | null; boundTo: readonly string[] },
  ): Promise<ConnectOutcome> {
    let refusal: Refusal | null = null;
    await this.complete(link, async (manager, emit) => {
      const { connection } = link;
      refusal = await refusalOf(manager, link, displayName);
      if (!refusal) {
        const canRefresh = this.connector.canRefresh(connection.authConfig, credential);
        await this.connections.move(manager, emit, connection, {
          status: 'ACTIVE',
          reason: null,
          connectedAt: new Date(),
          displayName,
          ...this.vault.seal(connection, credential, { canRefresh, boundTo }),
        });
      } else if (isPending(connection.status)) {
        const reason = refusal.description;
        await this.connections.move(manager, emit, connection, { status: 'FAILED', reason });
      }
    });
    // The callback above has run by now, which the compiler does not know.
    const { error = null, description = null } = (refusal as Refusal | null) ?? {};
    return this.outcome(link, error, description);
  }

  /** An account that was connected before stays as it was: only its new sign-in failed. */
  async fail(link: ConnectLink, error: string, description: string): Promise<ConnectOutcome> {
    await this.failFor(link, `${REASONS.callbackFailed}: ${error}: ${description}`);
    return this.outcome(link, error, description);
  }

  /** @param reason the whole reason of the status */
  async failFor(link: ConnectLink, reason: string): Promise<void> {
    await this.complete(link, async (manager, emit) => {
      const { connection } = link;
      if (!isPending(connection.status)) return;
      await this.connections.move(manager, emit, connection, { status: 'FAILED', reason });
    });
  }

  /** The link and its account stay as they are. */
  refuse(link: ConnectLink, error: string, description: string): Promise<ConnectOutcome> {
    return this.outcome(link, error, description);
  }

  /**
   * The account or its config may have been disabled, revoked or deleted while the provider answered, so both are read
   * again and locked, in the order in which configs are disabled.
   */
  private async complete(
    link: ConnectLink,
    move: (manager: EntityManager, emit: Emit) => Promise<void>,
  ): Promise<void> {
    await this.transactions.run(async (manager, emit) => {
      const { id, authConfigId, status } = link.connection;
      const config = { where: { id: authConfigId }, lock: { mode: 'pessimistic_read' } } as const;
      const authConfig = await manager.findOne(AuthConfig, config);
      const row = { where: { id }, lock: { mode: 'for_no_key_update' } } as const;
      const connection = await manager.findOne(Connection, row);
      const unused = { tokenSha256: link.tokenSha256, usedAt: IsNull() };
      const { affected } = await manager.update(ConnectLink, unused, { usedAt: new Date() });
      // Of concurrent requests the first one wins. The link may also have ended with its account.
      const isUnusable =
        !affected || !authConfig || !connection || isPending(status) !== isPending(connection.status);
      if (isUnusable) throw new AppError('link_not_usable', 'This link was used already, or has ended.');
      link.connection = Object.assign(connection, { authConfig });
      await move(manager, emit);
    });
  }

  private async outcome(
    link: ConnectLink,
    error: string | null,
    description: string | null,
  ): Promise<ConnectOutcome> {
    const { connection, callbackUrl } = link;
    return {
      status: error ? 'failed' : 'success',
      connectionId: connection.id,
      toolkit: this.toolkits.view(connection),
      ...(await this.projects.view(connection.projectId)),
      callbackUrl,
      error,
      errorDescription: description,
    };
  }
}

interface Refusal {
  error: string;
  description: string;
}

/** Why an account does not become active although its user signed in. */
async function refusalOf(
  manager: EntityManager,
  link: ConnectLink,
  displayName: string | null,
): Promise<Refusal | null> {
  const { connection } = link;
  if (isDisabled(connection)) {
    return { error: 'account_disabled', description: REASONS.disabledMeanwhile };
  }
  // Sessions, agents and users know the account under this name; as another one it would act in the wrong place.
  const { displayName: known } = connection;
  if (known && displayName && known.toLowerCase() !== displayName.toLowerCase()) {
    const description = `This account is ${known}, and the sign-in was as ${displayName}. Connect that one as a new account.`;
    return { error: 'other_account', description };
  }
  if (!(await hasRoom(manager, link))) {
    return { error: 'too_many_accounts', description: REASONS.tooManyAccounts };
  }
  return null;
}

function isDisabled({ status, authConfig }: Connection): boolean {
  return status === 'INACTIVE' || !authConfig.enabled;
}

/** With an account limit, the sign-ins of one user to one toolkit complete one after the other. */
async function hasRoom(manager: EntityManager, { accountLimit, connection }: ConnectLink): Promise<boolean> {
  if (!accountLimit) return true;
  const { projectId, userId, toolkit } = connection;
  const lock = JSON.stringify([projectId, userId, toolkit]);
  await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [lock]);
  const { most, authConfigId } = accountLimit;
  const counted = { projectId, userId, toolkit, status: 'ACTIVE', accountType: 'PRIVATE' } as const;
  const others = { ...counted, id: Not(connection.id), ...(authConfigId && { authConfigId }) };
  return (await manager.countBy(Connection, others)) < most;
}
