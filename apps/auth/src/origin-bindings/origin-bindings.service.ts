import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { AuthScheme } from '@patchbay/contracts';
import { Transactions, type Emit } from '@patchbay/database';
import { LOGGER, type Logger } from '@patchbay/service';
import type { InstalledToolkit } from '@patchbay/toolkits';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { AuthConfig, Connection, ConnectionStore, REASONS } from '../accounts/index.js';
import { covers, originsOf } from '../schemes/index.js';
import { ToolkitLoader, ToolkitRegistry } from '../toolkits/index.js';

/** Accounts that are alike in what decides over them. */
interface Group {
  projectId: string;
  toolkit: string;
  authScheme: AuthScheme;
  boundTo: readonly string[] | null;
  status: 'ACTIVE' | 'EXPIRED';
}

/**
 * Binds accounts to the addresses that they were connected for. When a project or the operator moves a toolkit to another
 * address, its accounts expire with that reason; no secret of theirs is sent there in any case, as that is checked when
 * one is opened. They are active again when it is moved back.
 */
@Injectable()
export class OriginBindingsService implements OnApplicationBootstrap {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly dataSource: DataSource,
    private readonly loader: ToolkitLoader,
    private readonly registry: ToolkitRegistry,
    private readonly transactions: Transactions,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The operator's files may have changed since the accounts were connected. */
  async onApplicationBootstrap(): Promise<void> {
    await this.loader.load();
    const groups = await groupsOf(this.dataSource.manager);
    const moved = groups.filter((group) => this.isDue(group));
    for (const group of moved) {
      this.logger.warn(
        { toolkit: group.toolkit, boundTo: group.boundTo },
        "a toolkit's address is not the one that accounts were connected for",
      );
      const toolkit = this.find(group);
      if (toolkit) await this.transactions.run((manager, emit) => this.rebind(manager, emit, group, toolkit));
    }
    await this.bindUnbound(this.dataSource.manager, (of) => this.find(of));
  }

  /** In the transaction that moves the toolkit of a project. */
  async move(
    manager: EntityManager,
    emit: Emit,
    of: { projectId: string; toolkit: string },
    { before, after }: { before: InstalledToolkit | undefined; after: InstalledToolkit },
  ): Promise<void> {
    if (before) await this.bindUnbound(manager, () => before, of);
    const groups = await groupsOf(manager, of);
    for (const group of groups) await this.rebind(manager, emit, group, after);
  }

  private isDue(group: Group): boolean {
    const toolkit = this.find(group);
    return (
      toolkit !== undefined &&
      group.boundTo !== null &&
      isWithin(group, toolkit) === (group.status === 'EXPIRED')
    );
  }

  private async rebind(
    manager: EntityManager,
    emit: Emit,
    group: Group,
    toolkit: InstalledToolkit,
  ): Promise<void> {
    const isBound = isWithin(group, toolkit);
    if (group.boundTo === null || isBound === (group.status === 'ACTIVE')) return;
    const { projectId, toolkit: slug, status } = group;
    const rows = await manager.find(Connection, {
      where: {
        projectId,
        toolkit: slug,
        status,
        authConfig: { authScheme: group.authScheme },
        ...(status === 'EXPIRED' && { statusReason: REASONS.addressChanged }),
      },
      relations: { authConfig: true },
    });
    const change = isBound
      ? ({ status: 'ACTIVE', reason: null } as const)
      : ({ status: 'EXPIRED', reason: REASONS.addressChanged } as const);
    for (const row of rows) {
      const isOfGroup = String(row.boundTo) === String(group.boundTo) && row.sealedCredential !== null;
      if (isOfGroup) await this.connections.move(manager, emit, row, change);
    }
  }

  /** Rows without a binding were written by a release that had none. */
  private async bindUnbound(
    manager: EntityManager,
    toolkitOf: (of: Group) => InstalledToolkit | undefined,
    within?: { projectId: string; toolkit: string },
  ): Promise<void> {
    const unbound = manager
      .createQueryBuilder(Connection, 'connection')
      .select('connection.auth_config_id')
      .where('connection.bound_to IS NULL AND connection.sealed_credential IS NOT NULL');
    const query = manager
      .createQueryBuilder(AuthConfig, 'config')
      .where(`(config.bound_to IS NULL OR config.id IN (${unbound.getQuery()}))`);
    if (within) query.andWhere('config.project_id = :projectId AND config.toolkit = :toolkit', within);
    const configs = await query.getMany();
    for (const { id, projectId, toolkit: slug, authScheme } of configs) {
      const toolkit = toolkitOf({ projectId, toolkit: slug, authScheme, boundTo: null, status: 'ACTIVE' });
      const spec = toolkit?.auth?.find(({ scheme }) => scheme === authScheme);
      if (!toolkit || !spec) continue;
      const boundTo = originsOf(toolkit, spec);
      await manager.update(AuthConfig, { id, boundTo: IsNull() }, { boundTo });
      await manager.update(Connection, { authConfigId: id, boundTo: IsNull() }, { boundTo });
    }
  }

  private find({ projectId, toolkit }: Group): InstalledToolkit | undefined {
    return this.registry.find({ projectId, toolkit });
  }
}

/** A scheme that the toolkit no longer supports has no address. */
function isWithin({ authScheme, boundTo }: Group, toolkit: InstalledToolkit): boolean {
  const spec = toolkit.auth?.find(({ scheme }) => scheme === authScheme);
  return spec !== undefined && covers(boundTo, originsOf(toolkit, spec));
}

async function groupsOf(
  manager: EntityManager,
  of?: { projectId: string; toolkit: string },
): Promise<Group[]> {
  const query = manager
    .createQueryBuilder(Connection, 'connection')
    .innerJoin('connection.authConfig', 'config')
    .select('connection.project_id', 'projectId')
    .addSelect('connection.toolkit', 'toolkit')
    .addSelect('config.auth_scheme', 'authScheme')
    .addSelect('connection.bound_to', 'boundTo')
    .addSelect('connection.status', 'status')
    .distinct(true)
    .where(
      `(connection.status = 'ACTIVE' OR (connection.status = 'EXPIRED' AND connection.status_reason = :reason))`,
      { reason: REASONS.addressChanged },
    );
  if (of) query.andWhere('connection.project_id = :projectId AND connection.toolkit = :toolkit', of);
  return query.getRawMany<Group>();
}
