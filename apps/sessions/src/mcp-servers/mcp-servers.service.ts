import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  type createMcpServer,
  type InputOf,
  type listMcpServers,
  type McpServer as McpServerView,
  type OutputOf,
  type updateMcpServer,
} from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { fieldsGiven } from '@patchbay/service';
import { ArrayOverlap, ILike, type FindOptionsWhere, type Repository } from 'typeorm';
import { recordAct } from '../audit.js';
import { McpInstancesService } from './mcp-instances.service.js';
import { McpServer } from './mcp-server.entity.js';
import { ServerConfigService } from './server-config.service.js';

@Injectable()
export class McpServersService {
  constructor(
    @InjectRepository(McpServer) private readonly servers: Repository<McpServer>,
    private readonly instances: McpInstancesService,
    private readonly configs: ServerConfigService,
    private readonly transactions: Transactions,
  ) {}

  async create(input: InputOf<typeof createMcpServer>): Promise<McpServerView> {
    const now = new Date();
    const server = { ...input, id: randomUUID(), createdAt: now, updatedAt: now };
    return this.save('mcp_server.created', server, fieldsGiven(input));
  }

  async get(projectId: string, id: string): Promise<McpServerView> {
    return this.toServer(await this.find(projectId, id));
  }

  async list(input: InputOf<typeof listMcpServers>): Promise<OutputOf<typeof listMcpServers>> {
    const { projectId, name, toolkits, authConfigIds, orderBy, direction, page, limit } = input;
    const where: FindOptionsWhere<McpServer> = {
      projectId,
      ...(name && { name: ILike(`%${name.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`) }),
      ...(toolkits && { toolkits: ArrayOverlap(toolkits) }),
      ...(authConfigIds && { authConfigIds: ArrayOverlap(authConfigIds) }),
    };
    const [rows, total] = await this.servers.findAndCount({
      where,
      order: { [orderBy]: direction, id: 'asc' },
      skip: (page - 1) * limit,
      take: limit,
    });
    const items = await Promise.all(rows.map((row) => this.toServer(row)));
    return { items, total, page, pages: Math.ceil(total / limit) };
  }

  async update({ projectId, id, changes }: InputOf<typeof updateMcpServer>): Promise<McpServerView> {
    const server = await this.find(projectId, id);
    Object.assign(server, changes, { updatedAt: new Date() });
    const view = await this.save('mcp_server.updated', server, fieldsGiven(changes));
    await this.instances.updateSessions(server);
    return view;
  }

  async delete(projectId: string, id: string): Promise<{ id: string }> {
    const server = await this.find(projectId, id);
    await this.instances.deleteAll(server);
    await this.transactions.run(async (manager, emit) => {
      await manager.delete(McpServer, { id });
      await recordAct(emit, { action: 'mcp_server.deleted', ...ofServer(server) });
    });
    return { id };
  }

  /** For a deleted project. The instances are deleted with their servers, by the database. */
  async deleteAllOf(projectId: string): Promise<void> {
    await this.servers.delete({ projectId });
  }

  /** @throws AppError `not_found` for another project's too */
  async find(projectId: string, id: string): Promise<McpServer> {
    const server = await this.servers.findOneBy({ projectId, id });
    if (!server) throw new AppError('not_found', `There is no MCP server ${id}.`);
    return server;
  }

  /** What it refers to must exist before it is stored. */
  private async save(
    action: 'mcp_server.created' | 'mcp_server.updated',
    server: McpServer,
    changed: string[],
  ): Promise<McpServerView> {
    server.toolkits = await this.configs.toolkitsOf(server.projectId, server);
    await this.instances.validate(server);
    await this.transactions.run(async (manager, emit) => {
      await manager.save(McpServer, server);
      await recordAct(emit, { action, ...ofServer(server), changed });
    });
    return this.toServer(server);
  }

  private async toServer(row: McpServer): Promise<McpServerView> {
    const { projectId: _, createdAt, updatedAt, ...rest } = row;
    return {
      ...rest,
      instanceCount: await this.instances.count(row.id),
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    };
  }
}

function ofServer({ id, projectId }: McpServer) {
  return { projectId, target: { type: 'mcp_server', id } } as const;
}
