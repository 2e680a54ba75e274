import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  getConnection,
  type InputOf,
  type listMcpInstances,
  type McpHolder,
  type McpInstance as McpInstanceView,
  type OutputOf,
} from '@patchbay/contracts';
import { Transactions, violatedIndex } from '@patchbay/database';
import { Bus } from '@patchbay/service';
import { ILike, type Repository } from 'typeorm';
import { recordAct } from '../audit.js';
import { ConfigValidator } from '../config-validation/index.js';
import { SessionsService } from '../sessions/index.js';
import { McpInstance } from './mcp-instance.entity.js';
import type { McpServer } from './mcp-server.entity.js';
import { ServerConfigService } from './server-config.service.js';

/** The user id with which a server's settings are validated, as it has no users yet. */
const VALIDATION_USER = 'mcp-server-check';

/** The users of servers. Each has a session, which serves their clients. */
@Injectable()
export class McpInstancesService {
  constructor(
    @InjectRepository(McpInstance) private readonly instances: Repository<McpInstance>,
    private readonly bus: Bus,
    private readonly configs: ServerConfigService,
    private readonly sessions: SessionsService,
    private readonly transactions: Transactions,
    private readonly validator: ConfigValidator,
  ) {}

  count(serverId: string): Promise<number> {
    return this.instances.countBy({ serverId });
  }

  /** @throws AppError that names what the server refers to and does not exist */
  async validate(server: McpServer): Promise<void> {
    const config = await this.configs.sessionConfig(server.projectId, server);
    await this.validator.validate({ projectId: server.projectId, userId: VALIDATION_USER }, config);
  }

  async list(
    server: McpServer,
    { search, page, limit }: InputOf<typeof listMcpInstances>,
  ): Promise<OutputOf<typeof listMcpInstances>> {
    const holder = search ? { holder: ILike(`%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`) } : {};
    const [rows, total] = await this.instances.findAndCount({
      where: { serverId: server.id, ...holder },
      relations: { session: true },
      order: { createdAt: 'desc', id: 'asc' },
      skip: (page - 1) * limit,
      take: limit,
    });
    return { items: rows.map(toInstance), total, page, pages: Math.ceil(total / limit) };
  }

  async create(server: McpServer, userId: string): Promise<McpInstanceView> {
    const exists = await this.instances.existsBy({ serverId: server.id, holder: userId });
    if (exists) throw new AppError('conflict', `The server has an instance for ${userId} already.`);
    return this.open(server, { userId });
  }

  /** Finds the user's instance, or creates it. */
  async open(server: McpServer, holder: McpHolder): Promise<McpInstanceView> {
    const key = 'userId' in holder ? holder.userId : holder.connectionId;
    const found = await this.find(server.id, key);
    if (found) return toInstance(found);
    const session = await this.createSession(server, holder);
    const row = {
      id: randomUUID(),
      serverId: server.id,
      holder: key,
      sessionId: session.id,
      createdAt: new Date(),
    };
    try {
      await this.transactions.run(async (manager, emit) => {
        await manager.insert(McpInstance, row);
        await recordAct(emit, { action: 'mcp_instance.created', ...ofInstance(server, row) });
      });
    } catch (error) {
      if (violatedIndex(error) !== 'mcp_instances_holder') throw error;
      // Another request for the same user was first.
      await this.sessions.delete({ projectId: server.projectId, id: session.id });
    }
    const created = await this.find(server.id, key);
    if (!created) throw new AppError('unavailable', 'The instance was deleted meanwhile.');
    return toInstance(created);
  }

  async delete(server: McpServer, holder: string): Promise<{ holder: string }> {
    const found = await this.find(server.id, holder);
    if (!found) throw new AppError('not_found', `The server has no instance for ${holder}.`);
    await this.sessions.delete(
      { projectId: server.projectId, id: found.sessionId },
      { action: 'mcp_instance.deleted', ...ofInstance(server, found) },
    );
    return { holder };
  }

  async deleteAll(server: McpServer): Promise<void> {
    for (const { sessionId } of await this.instances.findBy({ serverId: server.id })) {
      await this.sessions.delete({ projectId: server.projectId, id: sessionId });
    }
  }

  /** Updates the sessions to the server's current settings. */
  async updateSessions(server: McpServer): Promise<void> {
    const { projectId } = server;
    const { toolkits, tools, authConfigs, preload, manageConnections } = await this.configs.sessionConfig(
      projectId,
      server,
    );
    const changes = { toolkits, tools, authConfigs, preload, manageConnections };
    for (const { sessionId: id } of await this.instances.findBy({ serverId: server.id })) {
      await this.sessions.update({ projectId, id, changes });
    }
  }

  private find(serverId: string, holder: string): Promise<McpInstance | null> {
    return this.instances.findOne({ where: { serverId, holder }, relations: { session: true } });
  }

  private async createSession(server: McpServer, holder: McpHolder): Promise<{ id: string }> {
    const { projectId } = server;
    const config = await this.configs.sessionConfig(projectId, server);
    if ('userId' in holder) return this.sessions.create({ projectId, userId: holder.userId, config });
    const { connectionId: id } = holder;
    const { userId, toolkit } = await this.bus.request(getConnection, { projectId, id });
    const connectedAccounts = { ...config.connectedAccounts, [toolkit]: [id] };
    return this.sessions.create({ projectId, userId, config: { ...config, connectedAccounts } });
  }
}

function ofInstance({ projectId }: McpServer, { id, holder }: Pick<McpInstance, 'id' | 'holder'>) {
  return { projectId, target: { type: 'mcp_instance', id, userId: holder } } as const;
}

function toInstance({ id, serverId, holder, sessionId, createdAt, session }: McpInstance): McpInstanceView {
  return {
    id,
    serverId,
    holder,
    sessionId,
    createdAt: createdAt.toISOString(),
    updatedAt: session.updatedAt.toISOString(),
  };
}
