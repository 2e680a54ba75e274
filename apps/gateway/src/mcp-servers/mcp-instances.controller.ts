import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { createMcpInstance, deleteMcpInstance, getMcpServer, listMcpInstances } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { pageLimit, pageNumber, Wire } from '../http/index.js';
import { presentInstance } from './mcp-server.presenter.js';

const ListQuery = z.object({
  search: z.string().optional(),
  page_no: pageNumber,
  limit: pageLimit(1000),
});
const InstanceBody = z.object({ user_id: z.string().min(1) });

/** The users of an MCP server. */
@Controller('mcp/servers/:id/instances')
@AccessFor('project')
@Area('session_management')
export class McpInstancesController {
  constructor(private readonly bus: Bus) {}

  @Get()
  async list(
    @ProjectId() projectId: string,
    @Param('id') id: string,
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

  @Post()
  async create(
    @ProjectId() projectId: string,
    @Param('id') id: string,
    @Body(new Wire(InstanceBody)) { user_id: userId }: z.output<typeof InstanceBody>,
  ) {
    return presentInstance(await this.bus.request(createMcpInstance, { projectId, id, userId }));
  }

  /** The user's accounts stay: they are the user's, and not the server's. */
  @Delete(':instanceId')
  async delete(@ProjectId() projectId: string, @Param('id') id: string, @Param('instanceId') holder: string) {
    await this.bus.request(deleteMcpInstance, { projectId, id, holder });
    return { message: `The instance of ${holder} was deleted.`, deleted_connected_accounts: 0 };
  }
}
