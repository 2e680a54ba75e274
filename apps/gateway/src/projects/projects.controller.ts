import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import {
  KeyAreas,
  createApiKey,
  createProject,
  deleteProject,
  getProject,
  listProjects,
  ProjectName,
  revokeApiKey,
  rotateApiKeys,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, NeedsFreshSignIn, OpenToOwnersOf } from '../access/index.js';
import { ApiTag, Describe, pageQuery, PathId, presentPage, Wire } from '../http/index.js';
import { presentApiKey, presentProject } from './project.presenter.js';
import {
  ApiKeyAnswer,
  NewProjectAnswer,
  ProjectsAnswer,
  ProjectWithKeysAnswer,
  StatusAnswer,
} from './project.answer.js';

const CreateBody = z.strictObject({ name: ProjectName, should_create_api_key: z.boolean().default(false) });
const ListQuery = z.object(pageQuery(50));
/** Strict, as a key without its areas would be let into everything. */
const KeyBody = z.strictObject({ name: z.string().min(1).max(100), areas: KeyAreas.optional() });

const PROJECT = { id: 'The project, `proj_…`.' };

/** What the organisation's key and owners are for (docs/api/projects.md#with-the-organisations-key). */
@Controller('org/owner/project')
@AccessFor('organisation')
@ApiTag('Organisation')
export class ProjectsController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'createProject',
    summary: 'Create a project',
    answer: NewProjectAnswer,
    leadsTo: { 'org/owner/project/:id': 'id' },
    errors: ['conflict'],
    example: { body: { name: 'my-product', should_create_api_key: true } },
  })
  @Post('new')
  @NeedsFreshSignIn()
  async create(@Body(new Wire(CreateBody)) body: z.output<typeof CreateBody>) {
    const { name, should_create_api_key: createApiKey } = body;
    const { project, apiKey } = await this.bus.request(createProject, { name, createApiKey });
    return { id: project.id, name: project.name, api_key: apiKey?.key ?? null };
  }

  @Describe({
    id: 'listProjects',
    summary: 'List projects',
    answer: ProjectsAnswer,
    leadsTo: { 'org/owner/project/:id': 'data.0.id' },
  })
  @Get('list')
  async list(@Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    const page = await this.bus.request(listProjects, query);
    const { items, ...paging } = presentPage(page, query.limit, presentProject);
    return { data: items, ...paging };
  }

  @Describe({
    id: 'getProject',
    summary: 'Get a project and its keys',
    path: PROJECT,
    answer: ProjectWithKeysAnswer,
    errors: ['not_found'],
  })
  @Get(':id')
  @OpenToOwnersOf('id')
  async get(@PathId('id', 'project') projectId: string) {
    const { project, apiKeys } = await this.bus.request(getProject, { projectId });
    return { ...presentProject(project), api_keys: apiKeys.map(presentApiKey) };
  }

  @Describe({
    id: 'deleteProject',
    summary: 'Delete a project',
    description: 'With all that is in it. Its keys stop working at once.',
    path: PROJECT,
    answer: StatusAnswer,
    errors: ['not_found'],
  })
  @Delete(':id')
  @OpenToOwnersOf('id')
  async delete(@PathId('id', 'project') projectId: string) {
    await this.bus.request(deleteProject, { projectId });
    return { status: 'success' as const };
  }

  /** A fresh key in place of all the project has. */
  @Describe({
    id: 'rotateApiKeys',
    summary: 'Replace all keys of a project by a new one',
    path: PROJECT,
    answer: z.object({ api_key: ApiKeyAnswer, message: z.string() }),
    errors: ['not_found'],
  })
  @Post(':id/regenerate_api_key')
  @NeedsFreshSignIn()
  @OpenToOwnersOf('id')
  @HttpCode(200)
  async rotate(@PathId('id', 'project') projectId: string) {
    const key = await this.bus.request(rotateApiKeys, { projectId });
    return { api_key: presentApiKey(key), message: 'The keys that the project had before no longer work.' };
  }

  /** One more key, beside those that there are; with `areas` a scoped one. Ours. */
  @Describe({
    id: 'createApiKey',
    summary: 'Create another key of a project',
    description: 'With `areas` a scoped one, which is let into these only.',
    path: PROJECT,
    answer: ApiKeyAnswer,
    errors: ['not_found', 'conflict'],
    example: { body: { name: 'reader', areas: { observability: 'read' } } },
  })
  @Post(':id/api_keys')
  @NeedsFreshSignIn()
  @OpenToOwnersOf('id')
  async createKey(
    @PathId('id', 'project') projectId: string,
    @Body(new Wire(KeyBody)) body: z.output<typeof KeyBody>,
  ) {
    return presentApiKey(await this.bus.request(createApiKey, { projectId, ...body }));
  }

  @Describe({
    id: 'revokeApiKey',
    summary: 'Revoke a key',
    path: PROJECT,
    answer: StatusAnswer,
    errors: ['not_found'],
  })
  @Delete(':id/api_keys/:keyId')
  @OpenToOwnersOf('id')
  async revokeKey(@PathId('id', 'project') projectId: string, @PathId('keyId', 'apiKey') keyId: string) {
    await this.bus.request(revokeApiKey, { projectId, keyId });
    return { status: 'success' as const };
  }
}
