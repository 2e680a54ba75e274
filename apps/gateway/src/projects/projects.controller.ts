import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  KeyAreas,
  createApiKey,
  createProject,
  deleteProject,
  getProject,
  listProjects,
  revokeApiKey,
  rotateApiKeys,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { pageQuery, presentPage, Wire } from '../http/index.js';
import { presentApiKey, presentProject } from './project.presenter.js';

const CreateBody = z.object({ name: z.string(), should_create_api_key: z.boolean().default(false) });
const ListQuery = z.object(pageQuery(50));
const KeyBody = z.object({ name: z.string().min(1).max(100), areas: KeyAreas.optional() });

/** What the organisation's key is for (docs/api/projects.md#with-the-organisations-key). */
@Controller('org/owner/project')
@AccessFor('organisation')
export class ProjectsController {
  constructor(private readonly bus: Bus) {}

  @Post('new')
  async create(@Body(new Wire(CreateBody)) body: z.output<typeof CreateBody>) {
    const { name, should_create_api_key: createApiKey } = body;
    const { project, apiKey } = await this.bus.request(createProject, { name, createApiKey });
    return { id: project.id, name: project.name, api_key: apiKey?.key ?? null };
  }

  @Get('list')
  async list(@Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    const page = await this.bus.request(listProjects, query);
    const { items, ...paging } = presentPage(page, query.limit, presentProject);
    return { data: items, ...paging };
  }

  @Get(':id')
  async get(@Param('id') projectId: string) {
    const { project, apiKeys } = await this.bus.request(getProject, { projectId });
    return { ...presentProject(project), api_keys: apiKeys.map(presentApiKey) };
  }

  @Delete(':id')
  async delete(@Param('id') projectId: string) {
    await this.bus.request(deleteProject, { projectId });
    return { status: 'success' };
  }

  /** A fresh key in place of all the project has. */
  @Post(':id/regenerate_api_key')
  @HttpCode(200)
  async rotate(@Param('id') projectId: string) {
    const key = await this.bus.request(rotateApiKeys, { projectId });
    return { api_key: presentApiKey(key), message: 'The keys that the project had before no longer work.' };
  }

  /** One more key, beside those that there are; with `areas` a scoped one. Ours. */
  @Post(':id/api_keys')
  async createKey(@Param('id') projectId: string, @Body(new Wire(KeyBody)) body: z.output<typeof KeyBody>) {
    return presentApiKey(await this.bus.request(createApiKey, { projectId, ...body }));
  }

  @Delete(':id/api_keys/:keyId')
  async revokeKey(@Param('id') projectId: string, @Param('keyId') keyId: string) {
    await this.bus.request(revokeApiKey, { projectId, keyId });
    return { status: 'success' };
  }
}
