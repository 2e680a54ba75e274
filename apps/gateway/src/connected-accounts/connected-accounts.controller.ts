import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  completeVerifiedOAuth,
  ConnectionStatus,
  createConnection,
  createLink,
  createReconnectLink,
  deleteConnection,
  getAuthConfig,
  getConnection,
  listConnections,
  revokeConnection,
  setConnectionEnabled,
  updateConnection,
  type CallOf,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { pageQuery, presentPage, queryBoolean, queryList, Wire } from '../http/index.js';
import { RateLimits, userKey } from '../limits/index.js';
import {
  CompleteAuthBody,
  CreateAccountBody,
  LinkAccountBody,
  UpdateAccountBody,
} from './connected-account.body.js';
import { presentAccountType, presentConnectedAccount } from './connected-account.presenter.js';

const ListQuery = z.object({
  ...pageQuery(100),
  user_ids: queryList,
  toolkit_slugs: queryList,
  auth_config_ids: queryList,
  connected_account_ids: queryList,
  statuses: queryList.pipe(z.array(ConnectionStatus).optional()),
  account_type: z.enum(['PRIVATE', 'SHARED', 'ALL']).default('PRIVATE'),
  order_by: z.enum(['created_at', 'updated_at']).default('created_at'),
  order_direction: z.enum(['asc', 'desc']).default('desc'),
});
const StatusBody = z.strictObject({ enabled: z.boolean(), reason: z.string().optional() });
const RefreshBody = z.object({ redirect_url: z.string().optional() });
const DeleteQuery = z.object({ revoke_on_delete: queryBoolean });

/** Schemes with a sign-in at the provider: their accounts begin with a link. */
const WITH_SIGN_IN = new Set(['OAUTH2', 'OAUTH1', 'DCR_OAUTH']);

@Controller('connected_accounts')
@AccessFor('project')
@Area('connected_accounts')
export class ConnectedAccountsController {
  constructor(
    private readonly bus: Bus,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  async list(@ProjectId() projectId: string, @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    const page = await this.bus.request(listConnections, {
      projectId,
      userIds: query.user_ids,
      toolkits: query.toolkit_slugs,
      authConfigIds: query.auth_config_ids,
      ids: query.connected_account_ids,
      statuses: query.statuses,
      accountType: query.account_type,
      orderBy: query.order_by === 'updated_at' ? 'updatedAt' : 'createdAt',
      ascending: query.order_direction === 'asc',
      limit: query.limit,
      cursor: query.cursor,
    });
    return presentPage(page, query.limit, presentConnectedAccount);
  }

  /** With credentials the account is ACTIVE at once; without, for a sign-in, it begins with a link. */
  @Post()
  async create(@ProjectId() projectId: string, @Body(new Wire(CreateAccountBody)) body: CreateAccountBody) {
    const { authConfigId, values, validate, ...rest } = body;
    const { authScheme } = await this.bus.request(getAuthConfig, { projectId, id: authConfigId });
    if (WITH_SIGN_IN.has(authScheme) && values['access_token'] === undefined) {
      const input = { projectId, authConfigId, values, ...rest } as CallOf<typeof createLink>;
      await this.limits.consume('links', userKey(projectId, input.userId));
      const { connection, url } = await this.bus.request(createLink, input);
      return presentCreated(connection.id, authScheme, 'INITIATED', url);
    }
    const input = { projectId, authConfigId, values, validate, ...rest } as CallOf<typeof createConnection>;
    const connection = await this.bus.request(createConnection, input);
    return presentCreated(connection.id, authScheme, connection.status, null);
  }

  @Post('link')
  async link(@ProjectId() projectId: string, @Body(new Wire(LinkAccountBody)) body: LinkAccountBody) {
    const input = { projectId, ...body } as CallOf<typeof createLink>;
    await this.limits.consume('links', userKey(projectId, input.userId));
    const link = await this.bus.request(createLink, input);
    return {
      link_token: link.token,
      redirect_url: link.url,
      expires_at: link.expiresAt,
      connected_account_id: link.connection.id,
      experimental: presentAccountType(link.connection),
    };
  }

  /** The developer's app has seen at its verifier which user came back from the provider. */
  @Post('complete_auth')
  @HttpCode(200)
  async completeAuth(
    @ProjectId() projectId: string,
    @Body(new Wire(CompleteAuthBody)) body: CompleteAuthBody,
  ) {
    const done = await this.bus.request(completeVerifiedOAuth, { projectId, ...body });
    return { connected_account_id: done.connectionId, toolkit_slug: done.toolkit };
  }

  @Get(':id')
  async get(@ProjectId() projectId: string, @Param('id') id: string) {
    return presentConnectedAccount(await this.bus.request(getConnection, { projectId, id }));
  }

  @Patch(':id')
  async update(
    @ProjectId() projectId: string,
    @Param('id') id: string,
    @Body(new Wire(UpdateAccountBody)) body: UpdateAccountBody,
  ) {
    const input = { projectId, id, ...body } as CallOf<typeof updateConnection>;
    const connection = await this.bus.request(updateConnection, input);
    return { success: true, id: connection.id, status: connection.status };
  }

  @Patch(':id/status')
  async setStatus(
    @ProjectId() projectId: string,
    @Param('id') id: string,
    @Body(new Wire(StatusBody)) body: z.output<typeof StatusBody>,
  ) {
    await this.bus.request(setConnectionEnabled, { projectId, id, ...body });
    return { success: true };
  }

  /** A new sign-in for the same account; tokens are refreshed without being asked (docs/api/connected-accounts.md#connecting-again). */
  @Post(':id/refresh')
  @HttpCode(200)
  async refresh(
    @ProjectId() projectId: string,
    @Param('id') id: string,
    @Query(new Wire(RefreshBody)) query: z.output<typeof RefreshBody>,
    @Body(new Wire(RefreshBody)) body: z.output<typeof RefreshBody>,
  ) {
    const callbackUrl = query.redirect_url ?? body.redirect_url;
    await this.limits.consume('links', userKey(projectId, id));
    const { connection, url } = await this.bus.request(createReconnectLink, { projectId, id, callbackUrl });
    return { id: connection.id, status: connection.status, redirect_url: url };
  }

  @Post(':id/revoke')
  @HttpCode(200)
  async revoke(@ProjectId() projectId: string, @Param('id') id: string) {
    const { connection, revoked } = await this.bus.request(revokeConnection, { projectId, id });
    return { revoked_tokens: revoked, connected_account: { id: connection.id, status: connection.status } };
  }

  @Delete(':id')
  async delete(
    @ProjectId() projectId: string,
    @Param('id') id: string,
    @Query(new Wire(DeleteQuery)) query: z.output<typeof DeleteQuery>,
  ) {
    await this.bus.request(deleteConnection, { projectId, id, revoke: query.revoke_on_delete });
    return { success: true };
  }
}

function presentCreated(id: string, authScheme: string, status: string, redirectUrl: string | null) {
  return {
    id,
    status,
    connectionData: { authScheme, val: { status, ...(redirectUrl && { redirectUrl }) } },
    redirect_url: redirectUrl,
    redirect_uri: redirectUrl,
  };
}
