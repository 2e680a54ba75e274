import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import {
  createMcpServer,
  deleteMcpServer,
  getMcpServer,
  idSchema,
  listMcpServers,
  listToolkits,
  McpServerId,
  openMcpInstance,
  ToolkitSlug,
  UserId,
  updateMcpServer,
  type McpServer,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import type { GatewayConfig } from '../config.js';
import { ApiTag, Describe, pageLimit, pageNumber, queryList, Wire } from '../http/index.js';
import { CONFIG } from '../settings.module.js';
import {
  NewServerBody,
  presentServer,
  ServerChangesBody,
  serverUrl,
  toServerChanges,
  toServerSettings,
} from './mcp-server.presenter.js';
import {
  DeletedServerAnswer,
  McpServerAnswer,
  McpServersAnswer,
  ServerUrlsAnswer,
} from './mcp-server.answer.js';

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
const GenerateBody = z.strictObject({
  mcp_server_id: McpServerId,
  user_ids: z.array(UserId).max(100).default([]),
  connected_account_ids: z.array(idSchema('connection')).max(100).default([]),
  managed_auth_by_composio: z.boolean().optional(),
});

const SERVER = { id: 'The MCP server.' };
const SERVER_ERRORS = [
  'not_found',
  'conflict',
  'toolkits_unknown',
  'tool_not_found',
  'tool_not_allowed',
  'no_auth_config',
  'pinned_accounts_invalid',
] as const;

/** MCP servers, the older way to tools by MCP: one address for all users of a project. */
@Controller('mcp')
@AccessFor('project')
@Area('session_management')
@ApiTag('MCP servers')
export class McpServersController {
  constructor(
    private readonly bus: Bus,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {}

  @Describe({
    id: ['createMcpServer', 'createCustomMcpServer'],
    summary: 'Create an MCP server',
    answer: McpServerAnswer,
    leadsTo: { 'mcp/:id': 'id', 'mcp/servers/:id': 'id' },
    errors: SERVER_ERRORS,
    example: { body: { name: 'Support desk', toolkits: ['gmail'], allowed_tools: ['GMAIL_FETCH_EMAILS'] } },
  })
  @Post(['servers', 'servers/custom'])
  async create(
    @ProjectId() projectId: string,
    @Body(new Wire(NewServerBody)) body: z.output<typeof NewServerBody>,
  ) {
    const server = await this.bus.request(createMcpServer, { projectId, ...toServerSettings(body) });
    return this.present(projectId, server);
  }

  @Describe({
    id: 'listMcpServers',
    summary: 'List MCP servers',
    answer: McpServersAnswer,
    leadsTo: { 'mcp/:id': 'items.0.id' },
  })
  @Get('servers')
  list(@ProjectId() projectId: string, @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    return this.page(projectId, query);
  }

  @Describe({
    id: 'listMcpServersOfToolkit',
    summary: 'List the MCP servers that have a toolkit',
    answer: McpServersAnswer,
  })
  @Get('app/:toolkit')
  listOfToolkit(
    @ProjectId() projectId: string,
    @Param('toolkit', new Wire(ToolkitSlug)) toolkit: string,
    @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>,
  ) {
    return this.page(projectId, { ...query, toolkits: [toolkit] });
  }

  /** Addresses that name who speaks. An account's owner gets an instance at once, so that a wrong id is found here. */
  @Describe({
    id: 'createMcpUrls',
    summary: 'Make addresses of an MCP server for users or accounts',
    answer: ServerUrlsAnswer,
    errors: ['connection_not_found', 'conflict', ...SERVER_ERRORS],
  })
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

  @Describe({
    id: 'getMcpServer',
    summary: 'Get an MCP server',
    path: SERVER,
    answer: McpServerAnswer,
    errors: ['not_found'],
  })
  @Get(':id')
  async get(@ProjectId() projectId: string, @Param('id', new Wire(McpServerId)) id: string) {
    return this.present(projectId, await this.bus.request(getMcpServer, { projectId, id }));
  }

  @Describe({
    id: 'updateMcpServer',
    summary: 'Change an MCP server',
    description: 'What is left out stays.',
    path: SERVER,
    answer: McpServerAnswer,
    errors: SERVER_ERRORS,
  })
  @Patch(':id')
  async update(
    @ProjectId() projectId: string,
    @Param('id', new Wire(McpServerId)) id: string,
    @Body(new Wire(ServerChangesBody)) body: z.output<typeof ServerChangesBody>,
  ) {
    const changes = toServerChanges(body);
    return this.present(projectId, await this.bus.request(updateMcpServer, { projectId, id, changes }));
  }

  @Describe({
    id: 'deleteMcpServer',
    summary: 'Delete an MCP server',
    path: SERVER,
    answer: DeletedServerAnswer,
    errors: ['not_found'],
  })
  @Delete(':id')
  async delete(@ProjectId() projectId: string, @Param('id', new Wire(McpServerId)) id: string) {
    await this.bus.request(deleteMcpServer, { projectId, id });
    return { id, deleted: true as const };
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
