import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import {
  CallbackUrl,
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
  type AuthScheme,
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
  queryListOf,
  Wire,
} from '../http/index.js';
import { RateLimits, userKey } from '../limits/index.js';
import {
  CompleteAuthBody,
  CreateAccountBody,
  LinkAccountBody,
  UpdateAccountBody,
  textsOf,
} from './connected-account.body.js';
import { presentAccountType, presentConnectedAccount } from './connected-account.presenter.js';
import {
  CompletedAuthAnswer,
  ConnectedAccountAnswer,
  CreatedAccountAnswer,
  LinkAnswer,
  RefreshedAccountAnswer,
  RevokedAccountAnswer,
  SuccessAnswer,
  UpdatedAccountAnswer,
} from './connected-account.answer.js';

const ListQuery = z.object({
  ...pageQuery(100),
  user_ids: queryList,
  toolkit_slugs: queryList,
  auth_config_ids: queryList,
  connected_account_ids: queryList,
  statuses: queryListOf(z.array(ConnectionStatus)),
  account_type: z.enum(['PRIVATE', 'SHARED', 'ALL']).default('PRIVATE'),
  order_by: z.enum(['created_at', 'updated_at']).default('created_at'),
  order_direction: z.enum(['asc', 'desc']).default('desc'),
});
const StatusBody = z.strictObject({ enabled: z.boolean(), reason: z.string().max(500).optional() });
const RefreshBody = z.object({ redirect_url: CallbackUrl.optional() });
const DeleteQuery = z.object({ revoke_on_delete: queryBoolean });

/** Schemes with a sign-in at the provider: their accounts begin with a link. */
const WITH_SIGN_IN = new Set(['OAUTH2', 'OAUTH1', 'DCR_OAUTH', 'CIMD_OAUTH']);

const ACCOUNT = { id: 'The account, `ca_…`.' };

@Controller('connected_accounts')
@AccessFor('project')
@Area('connected_accounts')
@ApiTag('Connected accounts')
export class ConnectedAccountsController {
  constructor(
    private readonly bus: Bus,
    private readonly limits: RateLimits,
  ) {}

  @Describe({
    id: 'listConnectedAccounts',
    summary: 'List connected accounts',
    answer: pageAnswer(ConnectedAccountAnswer),
  })
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
  @Describe({
    id: 'createConnectedAccount',
    summary: 'Connect an account',
    description:
      'With credentials the account is ready at once. Without, for a scheme with a sign-in at the provider, the answer has the address where the user signs in.',
    answer: CreatedAccountAnswer,
    leadsTo: { executeTool: { connected_account_id: 'id' }, proxyRequest: { connected_account_id: 'id' } },
    errors: [
      'not_found',
      'conflict',
      'credential_refused',
      'access_list_needs_shared',
      'no_auth_config',
      'account_not_usable',
    ],
    example: {
      body: {
        auth_config: { id: 'ac_1234567890' },
        connection: { user_id: 'user_a', state: { authScheme: 'API_KEY', val: { api_key: 'your-key' } } },
      },
    },
  })
  @Post()
  async create(@ProjectId() projectId: string, @Body(new Wire(CreateAccountBody)) body: CreateAccountBody) {
    const { authConfigId, values, validate, ...rest } = body;
    const { authScheme } = await this.bus.request(getAuthConfig, { projectId, id: authConfigId });
    if (WITH_SIGN_IN.has(authScheme) && values['access_token'] === undefined) {
      const input = { projectId, authConfigId, values: textsOf(values), ...rest } as CallOf<
        typeof createLink
      >;
      await this.limits.consume('links', userKey(projectId, input.userId));
      const { connection, url } = await this.bus.request(createLink, input);
      return presentCreated(connection.id, authScheme, 'INITIATED', url);
    }
    const input = { projectId, authConfigId, values, validate, ...rest } as CallOf<typeof createConnection>;
    const connection = await this.bus.request(createConnection, input);
    return presentCreated(connection.id, authScheme, connection.status, null);
  }

  @Describe({
    id: 'createConnectLink',
    summary: 'Make a connect link',
    description:
      'The page behind it takes the user through the sign-in, or asks for the fields that are still missing.',
    answer: LinkAnswer,
    leadsTo: { 'connected_accounts/:id': 'connected_account_id' },
    errors: ['not_found', 'conflict', 'access_list_needs_shared', 'no_auth_config', 'account_not_usable'],
    example: { body: { auth_config_id: 'ac_1234567890', user_id: 'user_a' } },
  })
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
  @Describe({
    id: 'completeAccountAuth',
    summary: 'Confirm who came back from the provider',
    description:
      'For a project whose app verifies its users: the account is connected once the app has told which user came back.',
    answer: CompletedAuthAnswer,
    leadsTo: { 'connected_accounts/:id': 'connected_account_id' },
    errors: ['link_not_usable', 'account_of_another_user', 'credential_refused'],
  })
  @Post('complete_auth')
  @HttpCode(200)
  async completeAuth(
    @ProjectId() projectId: string,
    @Body(new Wire(CompleteAuthBody)) body: CompleteAuthBody,
  ) {
    const done = await this.bus.request(completeVerifiedOAuth, { projectId, ...body });
    return { connected_account_id: done.connectionId, toolkit_slug: done.toolkit };
  }

  @Describe({
    id: 'getConnectedAccount',
    summary: 'Get a connected account',
    path: ACCOUNT,
    answer: ConnectedAccountAnswer,
    errors: ['connection_not_found'],
  })
  @Get(':id')
  async get(@ProjectId() projectId: string, @PathId('id', 'connection') id: string) {
    return presentConnectedAccount(await this.bus.request(getConnection, { projectId, id }));
  }

  @Describe({
    id: 'updateConnectedAccount',
    summary: 'Change a connected account',
    description:
      'Its alias, who may use it when it is shared, or its credentials; a null value removes a field of these.',
    path: ACCOUNT,
    answer: UpdatedAccountAnswer,
    errors: [
      'connection_not_found',
      'conflict',
      'credential_refused',
      'access_list_needs_shared',
      'account_not_usable',
    ],
  })
  @Patch(':id')
  async update(
    @ProjectId() projectId: string,
    @PathId('id', 'connection') id: string,
    @Body(new Wire(UpdateAccountBody)) body: UpdateAccountBody,
  ) {
    const input = { projectId, id, ...body } as CallOf<typeof updateConnection>;
    const connection = await this.bus.request(updateConnection, input);
    return { success: true as const, id: connection.id, status: connection.status };
  }

  @Describe({
    id: 'setConnectedAccountStatus',
    summary: 'Enable or disable a connected account',
    path: ACCOUNT,
    answer: SuccessAnswer,
    errors: ['connection_not_found', 'account_not_usable', 'conflict'],
    example: { body: { enabled: false } },
  })
  @Patch(':id/status')
  async setStatus(
    @ProjectId() projectId: string,
    @PathId('id', 'connection') id: string,
    @Body(new Wire(StatusBody)) body: z.output<typeof StatusBody>,
  ) {
    await this.bus.request(setConnectionEnabled, { projectId, id, ...body });
    return { success: true as const };
  }

  /** A new sign-in for the same account; tokens are refreshed without being asked (docs/api/connected-accounts.md#connecting-again). */
  @Describe({
    id: 'refreshConnectedAccount',
    summary: 'Sign in again',
    description: 'Makes a new sign-in for the same account. Tokens are refreshed without being asked.',
    path: ACCOUNT,
    answer: RefreshedAccountAnswer,
    errors: ['connection_not_found', 'account_not_usable', 'conflict', 'no_auth_config'],
  })
  @Post(':id/refresh')
  @HttpCode(200)
  async refresh(
    @ProjectId() projectId: string,
    @PathId('id', 'connection') id: string,
    @Query(new Wire(RefreshBody)) query: z.output<typeof RefreshBody>,
    @Body(new Wire(RefreshBody)) body: z.output<typeof RefreshBody>,
  ) {
    const callbackUrl = query.redirect_url ?? body.redirect_url;
    await this.limits.consume('links', userKey(projectId, id));
    const { connection, url } = await this.bus.request(createReconnectLink, { projectId, id, callbackUrl });
    return { id: connection.id, status: connection.status, redirect_url: url };
  }

  @Describe({
    id: 'revokeConnectedAccount',
    summary: 'Revoke an account’s tokens at its provider',
    path: ACCOUNT,
    answer: RevokedAccountAnswer,
    errors: [
      'connection_not_found',
      'account_not_usable',
      'conflict',
      'provider_unreachable',
      'provider_timeout',
    ],
  })
  @Post(':id/revoke')
  @HttpCode(200)
  async revoke(@ProjectId() projectId: string, @PathId('id', 'connection') id: string) {
    const { connection, revoked } = await this.bus.request(revokeConnection, { projectId, id });
    return { revoked_tokens: revoked, connected_account: { id: connection.id, status: connection.status } };
  }

  @Describe({
    id: 'deleteConnectedAccount',
    summary: 'Delete a connected account',
    path: ACCOUNT,
    answer: SuccessAnswer,
    errors: ['connection_not_found', 'provider_unreachable', 'provider_timeout', 'conflict'],
  })
  @Delete(':id')
  async delete(
    @ProjectId() projectId: string,
    @PathId('id', 'connection') id: string,
    @Query(new Wire(DeleteQuery)) query: z.output<typeof DeleteQuery>,
  ) {
    await this.bus.request(deleteConnection, { projectId, id, revoke: query.revoke_on_delete });
    return { success: true as const };
  }
}

function presentCreated(
  id: string,
  authScheme: AuthScheme,
  status: ConnectionStatus,
  redirectUrl: string | null,
): z.output<typeof CreatedAccountAnswer> {
  return {
    id,
    status,
    connectionData: { authScheme, val: { status, ...(redirectUrl && { redirectUrl }) } },
    redirect_url: redirectUrl,
    redirect_uri: redirectUrl,
  };
}
