import { Controller, Get, Param, Query } from '@nestjs/common';
import { getTool, getToolkit, listToolkits, listTools } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/access.js';
import { presentPage } from '../http/page.presenter.js';
import { pageQuery, queryList, Wire } from '../http/wire.js';
import { presentTool } from './tool.presenter.js';
import { presentToolkit, presentToolkitItem } from './toolkit.presenter.js';

const ToolkitsQuery = z.object({
  ...pageQuery(1000),
  search: z.string().optional(),
  category: z.string().optional(),
});
const ToolsQuery = z.object({
  ...pageQuery(1000),
  toolkit_slug: queryList,
  tool_slugs: queryList,
  tags: queryList,
  important: z.string().optional(),
  search: z.string().optional(),
  query: z.string().optional(),
});

/** The catalogue, apart from any session. */
@Controller()
@AccessFor('project')
@Area('tools', 'read')
export class CatalogueController {
  constructor(private readonly bus: Bus) {}

  @Area('toolkits', 'read')
  @Get('toolkits')
  async listToolkits(
    @ProjectId() projectId: string,
    @Query(new Wire(ToolkitsQuery)) query: z.output<typeof ToolkitsQuery>,
  ) {
    const page = await this.bus.request(listToolkits, { projectId, ...query });
    return presentPage(page, query.limit, presentToolkitItem);
  }

  @Area('toolkits', 'read')
  @Get('toolkits/:slug')
  async getToolkit(@ProjectId() projectId: string, @Param('slug') slug: string) {
    return presentToolkit(await this.bus.request(getToolkit, { projectId, slug }));
  }

  @Get('tools')
  async listTools(
    @ProjectId() projectId: string,
    @Query(new Wire(ToolsQuery)) query: z.output<typeof ToolsQuery>,
  ) {
    const { limit, cursor, tags = [] } = query;
    const wanted = query.important === 'true' ? [...tags, 'important'] : tags;
    const page = await this.bus.request(listTools, {
      projectId,
      limit,
      cursor,
      toolkits: query.toolkit_slug,
      slugs: query.tool_slugs,
      search: query.query ?? query.search,
      ...(wanted.length > 0 && { tags: wanted }),
    });
    return presentPage(page, limit, presentTool);
  }

  @Get('tools/:slug')
  async getTool(@ProjectId() projectId: string, @Param('slug') slug: string) {
    return presentTool(await this.bus.request(getTool, { projectId, slug }));
  }
}
