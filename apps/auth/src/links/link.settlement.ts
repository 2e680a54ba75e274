import { Injectable } from '@nestjs/common';
import { AppError, type ConnectOutcome } from '@patchbay/contracts';
import { Transactions, type Emit } from '@patchbay/database';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { ToolkitRegistry } from '../auth-configs/toolkit.registry.js';
import { isPending, statusNow } from '../connections/connection-status.js';
import { Connection } from '../connections/connection.entity.js';
import { ConnectionsService } from '../connections/connections.service.js';
import { REASONS } from '../connections/status-reasons.js';
import { ConnectorService } from '../credentials/connector.service.js';
import { ProjectsService } from '../projects/projects.service.js';
import type { Credential } from '../schemes/credential.js';
import { CredentialVault } from '../vault/credential.vault.js';
import { ConnectLink } from './connect-link.entity.js';

/** The end of a link, by a sign-in or a form. */
@Injectable()
export class LinkSettlement {
  constructor(
    private readonly connections: ConnectionsService,
    private readonly connector: ConnectorService,
    private readonly projects: ProjectsService,
    private readonly toolkits: ToolkitRegistry,
    private readonly transactions: Transactions,
    private readonly vault: CredentialVault,
  ) {}

  isUsable({ usedAt, expiresAt, connection }: ConnectLink): boolean {
    const now = new Date();
    if (usedAt || expiresAt <= now) return false;
    // A link to connect an account anew finds it in any state; one that began an account, only in its beginning.
    return !isPending(connection.status) || isPending(statusNow(connection, now).status);
  }

  async succeed(
    link: ConnectLink,
    credential: Credential,
    { displayName, boundTo }: { displayName: string | null; boundTo: string[] },
  ): Promise<ConnectOutcome> {
    const { connection } = link;
    const canRenew = this.connector.canRenew(connection.authConfig, credential);
    let refusal: string | null = null;
    await this.settle(link, async (manager, emit) => {
      refusal = (await hasRoom(manager, link)) ? null : REASONS.tooManyAccounts;
      await this.connections.move(
        manager,
        emit,
        connection,
        refusal
          ? { status: 'FAILED', reason: refusal }
          : {
              status: 'ACTIVE',
              reason: null,
              connectedAt: new Date(),
              displayName,
              ...this.vault.seal(connection, credential, { canRenew, boundTo }),
            },
      );
    });
    return this.outcome(link, refusal && 'too_many_accounts', refusal);
  }

  /** An account that was there before stays as it was: only its renewed sign-in failed. */
  async fail(link: ConnectLink, error: string, description: string): Promise<ConnectOutcome> {
    const { connection } = link;
    await this.settle(link, async (manager, emit) => {
      if (!isPending(connection.status)) return;
      const reason = `${REASONS.callbackFailed}: ${error}: ${description}`;
      await this.connections.move(manager, emit, connection, { status: 'FAILED', reason });
    });
    return this.outcome(link, error, description);
  }

  /** The link and its account stay as they are. */
  refuse(link: ConnectLink, error: string, description: string): Promise<ConnectOutcome> {
    return this.outcome(link, error, description);
  }

  private async settle(
    link: ConnectLink,
    move: (manager: EntityManager, emit: Emit) => Promise<void>,
  ): Promise<void> {
    await this.transactions.run(async (manager, emit) => {
      const unused = { tokenSha256: link.tokenSha256, usedAt: IsNull() };
      const { affected } = await manager.update(ConnectLink, unused, { usedAt: new Date() });
      // Sent twice at once: the first has it.
      if (!affected) throw new AppError('link_not_usable', 'This link was used already.');
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

/** Sign-ins of one user to one toolkit end one after the other where there is a limit to hold. */
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
