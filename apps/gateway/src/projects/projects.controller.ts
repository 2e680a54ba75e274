import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { createProject, listProjects, type Project } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor } from '../auth/access.js';
import { presentPage } from '../http/page.presenter.js';
import { pageQuery, Wire } from '../http/wire.js';

const CreateBody = z.object({ name: z.string(), should_create_api_key: z.boolean().default(false) });
const ListQuery = z.object(pageQuery(50));

/** What the organisation's key is for (contract, endpoints 11). */
@Controller('org/owner/project')
@AccessFor('organisation')
export class ProjectsController {
  constructor(private readonly bus: Bus) {}

  @Post('new')
  async create(@Body(new Wire(CreateBody)) body: z.output<typeof CreateBody>) {
    const { name, should_create_api_key: createApiKey } = body;
    const { project, apiKey } = await this.bus.request(createProject, { name, createApiKey });
    return { id: project.id, name: project.name, api_key: apiKey };
  }

  @Get('list')
  async list(@Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    const { items, ...paging } = presentPage(
      await this.bus.request(listProjects, query),
      query.limit,
      presentProject,
    );
    return { data: items, ...paging };
  }
}

function presentProject({ id, name, createdAt }: Project) {
  return { id, name, created_at: createdAt, updated_at: createdAt, deleted: false };
}
