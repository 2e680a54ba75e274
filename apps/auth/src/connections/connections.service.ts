import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AccessList,
  AppError,
  connectionChanged,
  newId,
  type AccountType,
  type Connection as ConnectionView,
  type ConnectionDetail,
  type ConnectionStatus,
  type InputOf,
  type listConnections,
  type OutputOf,
} from '@patchbay/contracts';
import { pageByTime, type Emit } from '@patchbay/database';
import { connectionFieldsOf } from '@patchbay/toolkits';
import type { EntityManager, Repository } from 'typeorm';
import type { AuthConfig } from '../auth-configs/auth-config.entity.js';
import { ToolkitRegistry } from '../auth-configs/toolkit.registry.js';
import { ConnectLink } from '../links/connect-link.entity.js';
import { ProjectsService } from '../projects/projects.service.js';
import { CredentialVault } from '../vault/credential.vault.js';
import { INITIATION_LIMIT_MS, statusNow } from './connection-status.js';
import { Connection } from './connection.entity.js';
import { describeCredential, type Masking } from './connection.state.js';
import { newWordId } from './word-id.js';

/** What a move of the status changes besides it. */
export type StatusChange = { status: ConnectionStatus; reason: string | null } & Partial<
  Pick<Connection, 'sealedCredential' | 'renewAt' | 'boundTo' | 'displayName' | 'connectedAt'>
>;

export interface WantedConnection {
  userId: string;
  alias?: string | undefined;
  accountType: AccountType;
  accessList?: AccessList | undefined;
}

@Injectable()
export class ConnectionsService {
  constructor(
    @InjectRepository(Connection) private readonly connections: Repository<Connection>,
    private readonly projects: ProjectsService,
    private readonly toolkits: ToolkitRegistry,
    private readonly vault: CredentialVault,
  ) {}

  async get(projectId: string, id: string): Promise<ConnectionDetail> {
    return this.toDetail(await this.row(projectId, id), await this.maskingOf(projectId));
  }

  async list(input: InputOf<typeof listConnections>): Promise<OutputOf<typeof listConnections>> {
    const query = this.connections
      .createQueryBuilder('connection')
      .innerJoinAndSelect('connection.authConfig', 'config')
      .where('connection.project_id = :projectId', { projectId: input.projectId });
    const filters = {
      user_id: input.userIds,
      toolkit: input.toolkits,
      auth_config_id: input.authConfigIds,
      id: input.ids,
      account_type: input.accountType === 'ALL' ? undefined : [input.accountType],
    };
    for (const [column, values] of Object.entries(filters)) {
      if (values) query.andWhere(`connection.${column} = ANY(:${column})`, { [column]: values });
    }
    if (input.statuses) query.andWhere(`${STATUS_NOW_SQL} = ANY(:statuses)`, { statuses: input.statuses });
    const page = await pageByTime(query, 'connection', input, {
      by: input.orderBy,
      ascending: input.ascending,
    });
    const masking = await this.maskingOf(input.projectId);
    return { ...page, items: page.items.map((row) => this.toDetail(row, masking)) };
  }

  async row(projectId: string, id: string): Promise<Connection> {
    const row = await this.connections.findOne({ where: { projectId, id }, relations: { authConfig: true } });
    if (!row) throw new AppError('connection_not_found', `There is no connected account ${id}.`);
    return row;
  }

  /** The row that begins a connection: it exists before its user has done anything. */
  async begin(
    manager: EntityManager,
    emit: Emit,
    config: AuthConfig,
    wanted: WantedConnection,
  ): Promise<Connection> {
    if (wanted.accessList && wanted.accountType !== 'SHARED') throw accessListNeedsShared();
    const now = new Date();
    const row = manager.create(Connection, {
      id: newId('connection'),
      projectId: config.projectId,
      userId: wanted.userId,
      toolkit: config.toolkit,
      authConfigId: config.id,
      wordId: newWordId(config.toolkit),
      alias: wanted.alias ?? null,
      accountType: wanted.accountType,
      accessList: wanted.accessList ?? AccessList.parse({}),
      status: 'INITIALIZING',
      statusReason: null,
      displayName: null,
      sealedCredential: null,
      boundTo: null,
      renewAt: null,
      createdAt: now,
      updatedAt: now,
      connectedAt: null,
    });
    await manager.insert(Connection, row);
    await emit(connectionChanged, row.projectId, { ...changeOf(row), reason: null });
    row.authConfig = config;
    return row;
  }

  /** The person opened the link, or is on the way to the provider. What was settled meanwhile stays. */
  async markInitiated(manager: EntityManager, emit: Emit, row: Connection): Promise<void> {
    if (row.status !== 'INITIALIZING') return;
    const unopened = { id: row.id, status: 'INITIALIZING' as const };
    const { affected } = await manager.update(Connection, unopened, {
      status: 'INITIATED',
      updatedAt: new Date(),
    });
    if (!affected) return;
    row.status = 'INITIATED';
    await emit(connectionChanged, row.projectId, { ...changeOf(row), reason: null });
  }

  /** Moves the status, and tells everybody who remembers the connection. */
  async move(manager: EntityManager, emit: Emit, row: Connection, change: StatusChange): Promise<void> {
    const { status, reason, ...rest } = change;
    const now = new Date();
    // Tokens that are renewed make an account no newer.
    const becomesActive = status === 'ACTIVE' && row.status !== 'INACTIVE' && row.status !== 'ACTIVE';
    const changed = {
      ...(becomesActive && { connectedAt: now }),
      ...rest,
      status,
      statusReason: reason,
      updatedAt: now,
    };
    const { affected } = await manager.update(Connection, { id: row.id }, changed);
    if (!affected) throw new AppError('connection_not_found', `There is no connected account ${row.id}.`);
    Object.assign(row, changed);
    // What was given out to connect it anew must not undo this.
    if (ENDS_LINKS.has(status)) await manager.delete(ConnectLink, { connectionId: row.id });
    await emit(connectionChanged, row.projectId, { ...changeOf(row), reason });
  }

  private async maskingOf(projectId: string): Promise<Masking> {
    return (await this.projects.settings(projectId)).maskSecrets ? 'most' : 'none';
  }

  toDetail(row: Connection, projectMasking: Masking): ConnectionDetail {
    const view = toConnection(row);
    const credential =
      view.status === 'ACTIVE' || view.status === 'INACTIVE' ? this.vault.open(row) : undefined;
    if (!credential) return { ...view, state: {} };
    const spec = this.toolkits.get(row).auth?.find(({ scheme }) => scheme === row.authConfig.authScheme);
    const secrets = new Set(
      (spec ? connectionFieldsOf(spec) : []).filter(({ secret }) => secret).map(({ name }) => name),
    );
    const masking = row.authConfig.isManaged ? 'all' : projectMasking;
    return { ...view, state: describeCredential(credential, (name) => secrets.has(name), masking) };
  }
}

const ENDS_LINKS: ReadonlySet<ConnectionStatus> = new Set(['INACTIVE', 'REVOKED']);

/** `statusNow` in the database's words, for filtering. */
const STATUS_NOW_SQL = `CASE
  WHEN connection.status IN ('INITIALIZING', 'INITIATED')
    AND connection.created_at < now() - interval '${INITIATION_LIMIT_MS} milliseconds'
  THEN 'EXPIRED' ELSE connection.status END`;

export function toConnection(row: Connection): ConnectionView {
  return {
    id: row.id,
    wordId: row.wordId,
    alias: row.alias,
    userId: row.userId,
    toolkit: row.toolkit,
    ...statusNow(row, new Date()),
    authConfig: {
      id: row.authConfigId,
      authScheme: row.authConfig.authScheme,
      isManaged: row.authConfig.isManaged,
      enabled: row.authConfig.enabled,
    },
    accountType: row.accountType,
    accessList: row.accessList,
    displayName: row.displayName,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    connectedAt: row.connectedAt?.toISOString() ?? null,
  };
}

export function changeOf(row: Connection) {
  return { connectionId: row.id, userId: row.userId, toolkit: row.toolkit, status: row.status };
}

/** What an act on an account is about. */
export function ofAccount({ id, projectId, userId }: Pick<Connection, 'id' | 'projectId' | 'userId'>) {
  return { projectId, target: { type: 'connected_account', id, userId } } as const;
}

export function accessListNeedsShared(): AppError {
  return new AppError('access_list_needs_shared', 'acl_config_for_shared is only valid on SHARED accounts.');
}

export function aliasTaken(alias: string | undefined, cause: unknown): AppError {
  return new AppError(
    'invalid_request',
    `The user has another account of this toolkit with the alias ${alias}.`,
    {
      issues: ['alias: is taken by another account of this user and toolkit'],
      cause,
    },
  );
}
