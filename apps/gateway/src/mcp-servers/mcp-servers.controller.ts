import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import {
  createMcpServer,
  deleteMcpServer,
  getMcpServer,
  listMcpServers,
  listToolkits,
  openMcpInstance,
  updateMcpServer,
  type McpServer,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import type { GatewayConfig } from '../config.js';
import { pageLimit, pageNumber, queryList, Wire } from '../http/index.js';
import { CONFIG } from '../settings.module.js';
import {
  NewServerBody,
  presentServer,
  ServerChangesBody,
  serverUrl,
  toServerChanges,
  toServerSettings,
} from './mcp-server.presenter.js';

const numbered = (limit: number) => ({
  page_no: pageNumber,
  limit: pageLimit(1000, limit),
});
const ListQuery = z.object({
  name: z.string().optional(),
  toolkits: queryList,
  auth_config_ids: queryList,
  order_by: z.enum(['created_at', 'updated_at']).default('updated_at'),
  order_direction: z.enum(['asc', 'desc']).default('desc'),
  ...numbered(10),
});
const GenerateBody = z.object({
  mcp_server_id: z.uuid(),
  user_ids: z.array(z.string().min(1)).max(100).default([]),
  connected_account_ids: z.array(z.string().min(1)).max(100).default([]),
  managed_auth_by_composio: z.boolean().optional(),
});

/** MCP servers, the older way to tools by MCP: one address for all users of a project. */
@Controller('mcp')
@AccessFor('project')
@Area('session_management')
export class McpServersController {
  constructor(
    private readonly bus: Bus,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {}

  @Post(['servers', 'servers/custom'])
  async create(
    @ProjectId() projectId: string,
    @Body(new Wire(NewServerBody)) body: z.output<typeof NewServerBody>,
  ) {
    const server = await this.bus.request(createMcpServer, { projectId, ...toServerSettings(body) });
    return this.present(projectId, server);
  }

  @Get('servers')
  list(@ProjectId() projectId: string, @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    return this.page(projectId, query);
  }

  @Get('app/:toolkit')
  listOfToolkit(
    @ProjectId() projectId: string,
    @Param('toolkit') toolkit: string,
    @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>,
  ) {
    return this.page(projectId, { ...query, toolkits: [toolkit] });
  }

  /** Addresses that name who speaks. An account's owner gets an instance at once, so that a wrong id is found here. */
  @Post('servers/generate')
  @HttpCode(200)
  async generate(
    @ProjectId() projectId: string,
    @Body(new Wire(GenerateBody)) body: z.output<typeof GenerateBody>,
  ) {
    const { mcp_server_id: id, user_ids: userIds, connected_account_ids: connectionIds } = body;
    await this.bus.request(getMcpServer, { projectId, id });
    for (const connectionId of connectionIds) {
      await this.bus.request(openMcpInstance, { projectId, id, holder: { connectionId } });
    }
    const url = serverUrl(this.config.PUBLIC_URL, id);
    const urlFor = (name: string) => (value: string) => `${url}?${new URLSearchParams({ [name]: value })}`;
    return {
      mcp_url: url,
      connected_account_urls: connectionIds.map(urlFor('connected_account_id')),
      user_ids_url: userIds.map(urlFor('user_id')),
    };
  }

  @Get(':id')
  async get(@ProjectId() projectId: string, @Param('id') id: string) {
    return this.present(projectId, await this.bus.request(getMcpServer, { projectId, id }));
  }

  @Patch(':id')
  async update(
    @ProjectId() projectId: string,
    @Param('id') id: string,
    @Body(new Wire(ServerChangesBody)) body: z.output<typeof ServerChangesBody>,
  ) {
    const changes = toServerChanges(body);
    return this.present(projectId, await this.bus.request(updateMcpServer, { projectId, id, changes }));
  }

  @Delete(':id')
  async delete(@ProjectId() projectId: string, @Param('id') id: string) {
    await this.bus.request(deleteMcpServer, { projectId, id });
    return { id, deleted: true };
  }

  private async page(projectId: string, query: z.output<typeof ListQuery>) {
    const { items, page, pages } = await this.bus.request(listMcpServers, {
      projectId,
      name: query.name,
      toolkits: query.toolkits,
      authConfigIds: query.auth_config_ids,
      orderBy: query.order_by === 'created_at' ? 'createdAt' : 'updatedAt',
      direction: query.order_direction,
      page: query.page_no,
      limit: query.limit,
    });
    const toolkits = await this.toolkitsOf(projectId, items);
    return {
      items: items.map((server) => presentServer(server, this.config.PUBLIC_URL, toolkits)),
      current_page: page,
      total_pages: Math.max(1, pages),
    };
  }

  private async present(projectId: string, server: McpServer) {
    return presentServer(server, this.config.PUBLIC_URL, await this.toolkitsOf(projectId, [server]));
  }

  private async toolkitsOf(projectId: string, servers: McpServer[]) {
    const slugs = [...new Set(servers.flatMap(({ toolkits }) => toolkits))];
    if (slugs.length === 0) return [];
    return (await this.bus.request(listToolkits, { projectId, slugs, limit: 1000 })).items;
  }
}
