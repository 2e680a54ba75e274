import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  checkAuthConfig,
  createAuthConfig,
  deleteAuthConfig,
  getAuthConfig,
  listAuthConfigs,
  prepareToolkit,
  setAuthConfigEnabled,
  updateAuthConfig,
  type CallOf,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import {
  ApiTag,
  Describe,
  pageAnswer,
  pageQuery,
  PathId,
  presentPage,
  queryBoolean,
  queryList,
  Wire,
} from '../http/index.js';
import { CreateAuthConfigBody, UpdateAuthConfigBody } from './auth-config.body.js';
import { presentAuthConfig } from './auth-config.presenter.js';
import {
  AuthConfigAnswer,
  AuthConfigCheckAnswer,
  CreatedAuthConfigAnswer,
  EmptyAnswer,
} from './auth-config.answer.js';

const ListQuery = z.object({
  ...pageQuery(200),
  toolkit_slug: queryList,
  is_composio_managed: queryBoolean,
  show_disabled: queryBoolean,
  search: z.string().max(200).optional(),
});
const DeleteQuery = z.object({ revoke_on_delete: queryBoolean });

const CONFIG_ID = { id: 'The auth config, `ac_…`.' };
const Status = z.enum(['ENABLED', 'DISABLED']);

@Controller('auth_configs')
@AccessFor('project')
@Area('auth_configs')
@ApiTag('Auth configs')
export class AuthConfigsController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'createAuthConfig',
    summary: 'Create an auth config',
    description: 'With the operator’s own OAuth app where there is one, or with credentials of your own.',
    answer: CreatedAuthConfigAnswer,
    leadsTo: {
      'auth_configs/:id': 'auth_config.id',
      createConnectLink: { auth_config_id: 'auth_config.id' },
      createConnectedAccount: { 'auth_config.id': 'auth_config.id' },
    },
    errors: ['toolkit_not_found', 'no_auth_config', 'toolkit_needs_no_account', 'conflict'],
    example: {
      body: {
        toolkit: { slug: 'github' },
        auth_config: {
          type: 'use_custom_auth',
          authScheme: 'OAUTH2',
          credentials: { client_id: 'my-app', client_secret: 'its-secret' },
        },
      },
    },
  })
  @Post()
  async create(
    @ProjectId() projectId: string,
    @Body(new Wire(CreateAuthConfigBody)) body: CreateAuthConfigBody,
  ) {
    // The scheme's name is checked by the contract, at `auth`.
    const input = { projectId, ...body } as CallOf<typeof createAuthConfig>;
    await this.bus.request(prepareToolkit, { projectId, slug: input.toolkit });
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

  @Describe({
    id: 'listAuthConfigs',
    summary: 'List auth configs',
    answer: pageAnswer(AuthConfigAnswer),
  })
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

  @Describe({
    id: 'getAuthConfig',
    summary: 'Get an auth config',
    path: CONFIG_ID,
    answer: AuthConfigAnswer,
    errors: ['not_found'],
  })
  @Get(':id')
  async get(@ProjectId() projectId: string, @PathId('id', 'authConfig') id: string) {
    return presentAuthConfig(await this.bus.request(getAuthConfig, { projectId, id }));
  }

  /** Ours: whoever set up an app wants to know before the first user does. */
  @Describe({
    id: 'checkAuthConfig',
    summary: 'Ask the provider whether it takes the app of an auth config',
    description:
      'Nobody signs in for it, and nothing is left behind. Not every provider lets it be known: then the outcome is `unknown`, with the reason.',
    path: CONFIG_ID,
    answer: AuthConfigCheckAnswer,
    errors: ['not_found', 'no_auth_config', 'toolkit_not_found'],
  })
  @Post(':id/check')
  @HttpCode(200)
  check(@ProjectId() projectId: string, @PathId('id', 'authConfig') id: string) {
    return this.bus.request(checkAuthConfig, { projectId, id });
  }

  @Describe({
    id: 'updateAuthConfig',
    summary: 'Change an auth config',
    description: 'What is left out stays; credentials are merged, and an empty value removes one.',
    path: CONFIG_ID,
    answer: EmptyAnswer,
    errors: ['not_found', 'conflict', 'no_auth_config'],
    example: { body: { type: 'custom', scopes: ['repo'] } },
  })
  @Patch(':id')
  async update(
    @ProjectId() projectId: string,
    @PathId('id', 'authConfig') id: string,
    @Body(new Wire(UpdateAuthConfigBody)) body: UpdateAuthConfigBody,
  ) {
    await this.bus.request(updateAuthConfig, { projectId, id, ...body });
    return {};
  }

  @Describe({
    id: 'setAuthConfigStatus',
    summary: 'Enable or disable an auth config',
    description: 'Disabled, its accounts are inactive until it is enabled again.',
    path: { ...CONFIG_ID, status: 'What it shall be.' },
    answer: EmptyAnswer,
    errors: ['not_found'],
  })
  @Patch(':id/:status')
  async setStatus(
    @ProjectId() projectId: string,
    @PathId('id', 'authConfig') id: string,
    @Param('status', new Wire(Status)) status: z.output<typeof Status>,
  ) {
    const enabled = status === 'ENABLED';
    await this.bus.request(setAuthConfigEnabled, { projectId, id, enabled });
    return {};
  }

  @Describe({
    id: 'deleteAuthConfig',
    summary: 'Delete an auth config',
    description: 'Its accounts go with it.',
    path: CONFIG_ID,
    answer: EmptyAnswer,
    errors: ['not_found', 'provider_unreachable', 'provider_timeout'],
  })
  @Delete(':id')
  async delete(
    @ProjectId() projectId: string,
    @PathId('id', 'authConfig') id: string,
    @Query(new Wire(DeleteQuery)) query: z.output<typeof DeleteQuery>,
  ) {
    await this.bus.request(deleteAuthConfig, { projectId, id, revoke: query.revoke_on_delete });
    return {};
  }
}
