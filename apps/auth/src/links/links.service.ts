import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  type createLink,
  type followLink,
  type InputOf,
  type LinkView,
  type OutputOf,
} from '@patchbay/contracts';
import { Transactions, violatedIndex } from '@patchbay/database';
import type { Repository } from 'typeorm';
import { AuthConfigsService } from '../auth-configs/auth-configs.service.js';
import { ToolkitRegistry } from '../auth-configs/toolkit.registry.js';
import { INITIATION_LIMIT_MS, isPending, statusNow } from '../connections/connection-status.js';
import { ConnectionsService, toConnection } from '../connections/connections.service.js';
import { SignInService } from '../oauth/sign-in.service.js';
import { ProjectsService } from '../projects/projects.service.js';
import { ConnectLink } from './connect-link.entity.js';
import { CONFIG } from '../tokens.js';
import { hashToken, newSecretToken } from '../vault/secret-token.js';

@Injectable()
export class LinksService {
  private readonly publicUrl: string;

  constructor(
    @InjectRepository(ConnectLink) private readonly links: Repository<ConnectLink>,
    private readonly authConfigs: AuthConfigsService,
    private readonly connections: ConnectionsService,
    private readonly projects: ProjectsService,
    private readonly signIns: SignInService,
    private readonly toolkits: ToolkitRegistry,
    private readonly transactions: Transactions,
    @Inject(CONFIG) config: { PUBLIC_URL: string },
  ) {
    this.publicUrl = config.PUBLIC_URL;
  }

  async create(input: InputOf<typeof createLink>): Promise<OutputOf<typeof createLink>> {
    const { projectId, userId, toolkit, authConfigId, alias, callbackUrl } = input;
    const config = await this.authConfigs.forNewConnection(projectId, toolkit, authConfigId);
    const token = newSecretToken('lk_');
    try {
      return await this.transactions.run(async (manager, emit) => {
        const connection = await this.connections.begin(manager, emit, {
          config,
          userId,
          alias,
          callbackUrl,
        });
        const expiresAt = new Date(connection.createdAt.getTime() + INITIATION_LIMIT_MS);
        await manager.insert(ConnectLink, {
          tokenSha256: hashToken(token),
          connectionId: connection.id,
          expiresAt,
        });
        const url = `${this.publicUrl}/link/${token}`;
        return { token, url, connection: toConnection(connection), expiresAt: expiresAt.toISOString() };
      });
    } catch (error) {
      if (violatedIndex(error) !== 'connected_accounts_alias') throw error;
      throw new AppError(
        'invalid_request',
        `The user has another ${toolkit} account with the alias ${alias}.`,
        {
          issues: ['alias: is taken by another account of this user and toolkit'],
          cause: error,
        },
      );
    }
  }

  async get(token: string): Promise<LinkView> {
    const { connection, expiresAt } = await this.usable(token);
    const { auth } = this.toolkits.get(connection.toolkit);
    return {
      toolkit: this.toolkits.view(connection.toolkit),
      projectName: await this.projects.displayName(connection.projectId),
      signInOrigin: auth ? new URL(auth.authorizationUrl).origin : '',
      scopes: auth?.scopes ?? [],
      expiresAt: expiresAt.toISOString(),
    };
  }

  async follow(token: string): Promise<OutputOf<typeof followLink>> {
    const { connection } = await this.usable(token);
    return { redirectUrl: await this.signIns.begin(connection) };
  }

  private async usable(token: string): Promise<ConnectLink> {
    const link = await this.links.findOne({
      where: { tokenSha256: hashToken(token) },
      relations: { connection: { authConfig: true } },
    });
    if (!link) throw new AppError('link_not_usable', 'This link is not valid.');
    if (!isPending(link.connection.status))
      throw new AppError('link_not_usable', 'This link was used already.');
    if (!isPending(statusNow(link.connection, new Date()).status)) {
      throw new AppError('link_not_usable', 'This link has expired.');
    }
    return link;
  }
}
