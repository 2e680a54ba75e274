import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  approveToolkit,
  deleteToolkit,
  getProjectToolkit,
  listProjectToolkits,
  refreshToolkit,
  ToolkitSource,
  upsertToolkit,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { pageQuery, presentPage, Wire } from '../http/index.js';
import { presentImport, presentProjectToolkit } from './project-toolkit.presenter.js';

/** An OpenAPI document says by itself where its API is; `base_url` is for those that do not. */
const SourceBody = z.preprocess(
  (source) =>
    typeof source === 'object' && source !== null && 'base_url' in source
      ? (({ base_url: baseUrl, ...rest }) => ({ ...rest, baseUrl }))(source as Record<string, unknown>)
      : source,
  ToolkitSource,
);
const UpsertBody = z.object({
  slug: z.string(),
  name: z.string().optional(),
  source: SourceBody,
  approve: z.boolean().optional(),
});
const ListQuery = z.object(pageQuery(100));

/** Toolkits of a project's own: adding one takes more than running tools does. */
@Controller('custom/toolkits')
@AccessFor('project')
@Area('toolkits')
export class ProjectToolkitsController {
  constructor(private readonly bus: Bus) {}

  @Post('upsert')
  @HttpCode(200)
  async upsert(
    @ProjectId() projectId: string,
    @Body(new Wire(UpsertBody)) body: z.output<typeof UpsertBody>,
  ) {
    return presentImport(await this.bus.request(upsertToolkit, { projectId, ...body }));
  }

  @Get()
  async list(@ProjectId() projectId: string, @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    const page = await this.bus.request(listProjectToolkits, { projectId, ...query });
    return presentPage(page, query.limit, presentProjectToolkit);
  }

  @Get(':slug')
  async get(@ProjectId() projectId: string, @Param('slug') slug: string) {
    return presentProjectToolkit(await this.bus.request(getProjectToolkit, { projectId, slug }));
  }

  /** Reads the source again. */
  @Post(':slug/refresh')
  @HttpCode(200)
  async refresh(@ProjectId() projectId: string, @Param('slug') slug: string) {
    return presentImport(await this.bus.request(refreshToolkit, { projectId, slug }));
  }

  /** What was held back is served from now on. */
  @Post(':slug/approve')
  @HttpCode(200)
  async approve(@ProjectId() projectId: string, @Param('slug') slug: string) {
    return presentProjectToolkit(await this.bus.request(approveToolkit, { projectId, slug }));
  }

  @Delete(':slug')
  async delete(@ProjectId() projectId: string, @Param('slug') slug: string) {
    await this.bus.request(deleteToolkit, { projectId, slug });
    return { status: 'success' };
  }
}
