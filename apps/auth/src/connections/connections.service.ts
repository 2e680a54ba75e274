import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  connectionChanged,
  newId,
  type Connection as ConnectionView,
  type ConnectionStatus,
  type deleteConnection,
  type getConnection,
  type InputOf,
  type listConnections,
  type OutputOf,
} from '@patchbay/contracts';
import { pageByNewest, Transactions, type Emit } from '@patchbay/database';
import type { EntityManager, Repository } from 'typeorm';
import type { AuthConfig } from '../auth-configs/auth-config.entity.js';
import { INITIATION_LIMIT_MS, statusNow } from './connection-status.js';
import { Connection } from './connection.entity.js';
import { newWordId } from './word-id.js';

/** What a move of the status changes besides it. */
export type StatusChange = { status: ConnectionStatus; reason: string | null } & Partial<
  Pick<Connection, 'sealedCredential' | 'displayName'>
>;

@Injectable()
export class ConnectionsService {
  constructor(
    @InjectRepository(Connection) private readonly connections: Repository<Connection>,
    private readonly transactions: Transactions,
  ) {}

  async get({ projectId, id }: InputOf<typeof getConnection>): Promise<ConnectionView> {
    return toConnection(await this.row(projectId, id));
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
    };
    for (const [column, values] of Object.entries(filters)) {
      if (values) query.andWhere(`connection.${column} = ANY(:${column})`, { [column]: values });
    }
    if (input.statuses) query.andWhere(`${STATUS_NOW_SQL} = ANY(:statuses)`, { statuses: input.statuses });
    const page = await pageByNewest(query, 'connection', input);
    return { ...page, items: page.items.map(toConnection) };
  }

  async delete({ projectId, id }: InputOf<typeof deleteConnection>): Promise<{ id: string }> {
    const row = await this.row(projectId, id);
    await this.transactions.run(async (manager, emit) => {
      await manager.delete(Connection, { id: row.id });
      await emit(connectionChanged, projectId, { ...changeOf(row), status: null, reason: 'deleted' });
    });
    return { id };
  }

  /** The row that begins a connection: it exists before its user has done anything. */
  async begin(
    manager: EntityManager,
    emit: Emit,
    wanted: {
      config: AuthConfig;
      userId: string;
      alias: string | undefined;
      callbackUrl: string | undefined;
    },
  ): Promise<Connection> {
    const { config, userId, alias } = wanted;
    const now = new Date();
    const row = manager.create(Connection, {
      id: newId('connection'),
      projectId: config.projectId,
      userId,
      toolkit: config.toolkit,
      authConfigId: config.id,
      wordId: newWordId(config.toolkit),
      alias: alias ?? null,
      status: 'INITIALIZING',
      statusReason: null,
      callbackUrl: wanted.callbackUrl ?? null,
      displayName: null,
      sealedCredential: null,
      createdAt: now,
      updatedAt: now,
      connectedAt: null,
    });
    await manager.insert(Connection, row);
    await emit(connectionChanged, row.projectId, { ...changeOf(row), reason: null });
    row.authConfig = config;
    return row;
  }

  /** Moves the status, and tells everybody who remembers the connection. */
  async move(manager: EntityManager, emit: Emit, row: Connection, change: StatusChange): Promise<void> {
    const { status, reason, ...rest } = change;
    const now = new Date();
    const changed = {
      ...rest,
      status,
      statusReason: reason,
      updatedAt: now,
      ...(status === 'ACTIVE' && { connectedAt: now }),
    };
    const { affected } = await manager.update(Connection, { id: row.id }, changed);
    if (!affected) throw new AppError('connection_not_found', `There is no connected account ${row.id}.`);
    Object.assign(row, changed);
    await emit(connectionChanged, row.projectId, { ...changeOf(row), reason });
  }

  private async row(projectId: string, id: string): Promise<Connection> {
    const row = await this.connections.findOne({ where: { projectId, id }, relations: { authConfig: true } });
    if (!row) throw new AppError('connection_not_found', `There is no connected account ${id}.`);
    return row;
  }
}

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
    },
    displayName: row.displayName,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    connectedAt: row.connectedAt?.toISOString() ?? null,
  };
}

function changeOf(row: Connection) {
  return { connectionId: row.id, userId: row.userId, toolkit: row.toolkit, status: row.status };
}
