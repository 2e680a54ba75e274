import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import {
  createAuthConfig,
  deleteAuthConfig,
  getAuthConfig,
  listAuthConfigs,
  setAuthConfigEnabled,
  updateAuthConfig,
  type CallOf,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { pageQuery, presentPage, queryBoolean, queryList, Wire } from '../http/index.js';
import { CreateAuthConfigBody, UpdateAuthConfigBody } from './auth-config.body.js';
import { presentAuthConfig } from './auth-config.presenter.js';

const ListQuery = z.object({
  ...pageQuery(200),
  toolkit_slug: queryList,
  is_composio_managed: queryBoolean,
  show_disabled: queryBoolean,
  search: z.string().optional(),
});
const DeleteQuery = z.object({ revoke_on_delete: queryBoolean });

@Controller('auth_configs')
@AccessFor('project')
@Area('auth_configs')
export class AuthConfigsController {
  constructor(private readonly bus: Bus) {}

  @Post()
  async create(
    @ProjectId() projectId: string,
    @Body(new Wire(CreateAuthConfigBody)) body: CreateAuthConfigBody,
  ) {
    // The scheme's name is checked by the contract, at `auth`.
    const input = { projectId, ...body } as CallOf<typeof createAuthConfig>;
    const config = await this.bus.request(createAuthConfig, input);
    return {
      toolkit: { slug: config.toolkit },
      auth_config: {
        id: config.id,
        auth_scheme: config.authScheme,
        is_composio_managed: config.isManaged,
        restrict_to_following_tools: config.allowedTools ?? [],
      },
    };
  }

  @Get()
  async list(@ProjectId() projectId: string, @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    const page = await this.bus.request(listAuthConfigs, {
      projectId,
      toolkits: query.toolkit_slug,
      isManaged: query.is_composio_managed,
      includeDisabled: query.show_disabled,
      search: query.search,
      limit: query.limit,
      cursor: query.cursor,
    });
    return presentPage(page, query.limit, presentAuthConfig);
  }

  @Get(':id')
  async get(@ProjectId() projectId: string, @Param('id') id: string) {
    return presentAuthConfig(await this.bus.request(getAuthConfig, { projectId, id }));
  }

  @Patch(':id')
  async update(
    @ProjectId() projectId: string,
    @Param('id') id: string,
    @Body(new Wire(UpdateAuthConfigBody)) body: UpdateAuthConfigBody,
  ) {
    await this.bus.request(updateAuthConfig, { projectId, id, ...body });
    return {};
  }

  @Patch(':id/:status')
  async setStatus(@ProjectId() projectId: string, @Param('id') id: string, @Param('status') status: string) {
    const enabled = new Wire(z.enum(['ENABLED', 'DISABLED'])).transform(status) === 'ENABLED';
    await this.bus.request(setAuthConfigEnabled, { projectId, id, enabled });
    return {};
  }

  @Delete(':id')
  async delete(
    @ProjectId() projectId: string,
    @Param('id') id: string,
    @Query(new Wire(DeleteQuery)) query: z.output<typeof DeleteQuery>,
  ) {
    await this.bus.request(deleteAuthConfig, { projectId, id, revoke: query.revoke_on_delete });
    return {};
  }
}
