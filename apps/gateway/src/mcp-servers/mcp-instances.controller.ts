import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import {
  createMcpInstance,
  deleteMcpInstance,
  getMcpServer,
  listMcpInstances,
  McpServerId,
  UserId,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, pageLimit, pageNumber, Wire } from '../http/index.js';
import { presentInstance } from './mcp-server.presenter.js';
import { DeletedInstanceAnswer, McpInstanceAnswer, McpInstancesAnswer } from './mcp-server.answer.js';

const ListQuery = z.object({
  search: z.string().optional(),
  page_no: pageNumber,
  limit: pageLimit(1000),
});
const InstanceBody = z.object({ user_id: UserId });

const SERVER = { id: 'The MCP server.' };

/** The users of an MCP server. */
@Controller('mcp/servers/:id/instances')
@AccessFor('project')
@Area('session_management')
@ApiTag('MCP servers')
export class McpInstancesController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listMcpInstances',
    summary: 'List the users of an MCP server',
    path: SERVER,
    answer: McpInstancesAnswer,
    errors: ['not_found'],
  })
  @Get()
  async list(
    @ProjectId() projectId: string,
    @Param('id', new Wire(McpServerId)) id: string,
    @Query(new Wire(ListQuery)) { search, page_no: page, limit }: z.output<typeof ListQuery>,
  ) {
    const { name } = await this.bus.request(getMcpServer, { projectId, id });
    const found = await this.bus.request(listMcpInstances, { projectId, id, search, page, limit });
    return {
      instances: found.items.map(presentInstance),
      server_id: id,
      server_name: name,
      current_page: found.page,
      total_pages: Math.max(1, found.pages),
    };
  }

  @Describe({
    id: 'createMcpInstance',
    summary: 'Add a user to an MCP server',
    path: SERVER,
    answer: McpInstanceAnswer,
    errors: [
      'not_found',
      'conflict',
      'toolkits_unknown',
      'pinned_accounts_invalid',
      'no_auth_config',
      'tool_not_found',
      'tool_not_allowed',
    ],
    example: { body: { user_id: 'user_a' } },
  })
  @Post()
  async create(
    @ProjectId() projectId: string,
    @Param('id', new Wire(McpServerId)) id: string,
    @Body(new Wire(InstanceBody)) { user_id: userId }: z.output<typeof InstanceBody>,
  ) {
    return presentInstance(await this.bus.request(createMcpInstance, { projectId, id, userId }));
  }

  /** The user's accounts stay: they are the user's, and not the server's. */
  @Describe({
    id: 'deleteMcpInstance',
    summary: 'Remove a user from an MCP server',
    description: 'The user’s accounts stay.',
    path: SERVER,
    answer: DeletedInstanceAnswer,
    errors: ['not_found'],
  })
  @Delete(':instanceId')
  async delete(
    @ProjectId() projectId: string,
    @Param('id', new Wire(McpServerId)) id: string,
    @Param('instanceId') holder: string,
  ) {
    await this.bus.request(deleteMcpInstance, { projectId, id, holder });
    return { message: `The instance of ${holder} was deleted.`, deleted_connected_accounts: 0 as const };
  }
}
