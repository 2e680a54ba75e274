import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AccessList,
  AppError,
  connectionChanged,
  newId,
  type AccountType,
  type ConnectionStatus,
} from '@patchbay/contracts';
import type { Emit } from '@patchbay/database';
import type { EntityManager, Repository } from 'typeorm';
import { AuthConfig } from './auth-config.entity.js';
import { ConnectLink } from './connect-link.entity.js';
import { Connection } from './connection.entity.js';
import { accessListNeedsShared, changeOf, toConnection } from './connection.view.js';
import { REASONS } from './status-reasons.js';
import { newWordId } from './word-id.js';

/** What a move of the status changes besides it. */
export type StatusChange = { status: ConnectionStatus; reason: string | null } & Partial<
  Pick<Connection, 'sealedCredential' | 'refreshAt' | 'boundTo' | 'displayName' | 'connectedAt'>
>;

export interface WantedConnection {
  userId: string;
  alias?: string | undefined;
  accountType: AccountType;
  accessList?: AccessList | undefined;
}

const ENDS_LINKS: ReadonlySet<ConnectionStatus> = new Set(['INACTIVE', 'REVOKED']);

/** Connections' rows: how one begins, and how its status changes. */
@Injectable()
export class ConnectionStore {
  constructor(@InjectRepository(Connection) private readonly connections: Repository<Connection>) {}

  async row(projectId: string, id: string): Promise<Connection> {
    const row = await this.connections.findOne({ where: { projectId, id }, relations: { authConfig: true } });
    if (!row) throw notFound(id);
    return row;
  }

  /** The row of any project; undefined when it is deleted. */
  async find(id: string): Promise<Connection | undefined> {
    return (await this.connections.findOne({ where: { id }, relations: { authConfig: true } })) ?? undefined;
  }

  /** The row, without its config, that nobody else changes until the transaction ends. */
  async locked(manager: EntityManager, projectId: string, id: string): Promise<Connection> {
    const row = await manager.findOne(Connection, {
      where: { projectId, id },
      lock: { mode: 'pessimistic_write' },
    });
    if (!row) throw notFound(id);
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
      refreshAt: null,
      createdAt: now,
      updatedAt: now,
      connectedAt: null,
    });
    await manager.insert(Connection, row);
    await emit(connectionChanged, row.projectId, { ...changeOf(row), reason: null });
    row.authConfig = config;
    return row;
  }

  /** The user opened the link or was sent to the provider. A status that was set in the meantime stays. */
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

  /** Changes the status, and publishes it to the services that cache the connection. */
  async move(manager: EntityManager, emit: Emit, row: Connection, change: StatusChange): Promise<void> {
    const { status, reason, ...rest } = change;
    const now = new Date();
    // Tokens that are refreshed make an account no newer.
    const becomesActive = status === 'ACTIVE' && row.status !== 'INACTIVE' && row.status !== 'ACTIVE';
    // Who revokes one account knows of it; of many at once the user's application has to be told.
    const hasToReconnect = status === 'EXPIRED' || reason === REASONS.revokedInIncident;
    const expires = hasToReconnect && row.status !== status && row.connectedAt !== null;
    const changed = {
      ...(becomesActive && { connectedAt: now }),
      ...rest,
      status,
      statusReason: reason,
      updatedAt: now,
    };
    const { affected } = await manager.update(Connection, { id: row.id }, changed);
    if (!affected) throw notFound(row.id);
    Object.assign(row, changed);
    // A link to reconnect it must not undo this.
    if (ENDS_LINKS.has(status)) await manager.delete(ConnectLink, { connectionId: row.id });
    const told = becomesActive || expires ? await tellingOf(manager, row) : null;
    await emit(connectionChanged, row.projectId, { ...changeOf(row), reason, told });
  }
}

async function tellingOf(manager: EntityManager, row: Connection) {
  // Not every reader of rows reads it along.
  row.authConfig ??= await manager.findOneByOrFail(AuthConfig, { id: row.authConfigId });
  const [organisation] = await manager.query<{ id: string }[]>('SELECT id FROM organisations');
  return { account: toConnection(row), organisationId: organisation?.id ?? '' };
}

function notFound(id: string): AppError {
  return new AppError('connection_not_found', `There is no connected account ${id}.`);
}
