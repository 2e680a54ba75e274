import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import {
  Alias,
  CallbackUrl,
  linkToolkit,
  listSessionToolkits,
  listSessionTools,
  ToolkitSlug,
  type CallOf,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { presentTool, ToolAnswer } from '../catalogue/index.js';
import { AccountExperimental, presentAccountType, SessionLinkAnswer } from '../connected-accounts/index.js';
import {
  ApiTag,
  Describe,
  pageAnswer,
  pageQuery,
  PathId,
  presentPage,
  queryBoolean,
  queryListOf,
  Wire,
} from '../http/index.js';
import { RateLimits, userKey } from '../limits/index.js';
import { Idempotent } from '../idempotency/index.js';
import { SessionRequests } from './session-requests.service.js';
import { inWireNames } from './session.issues.js';
import { presentSessionToolkit } from './session-toolkit.presenter.js';
import { SessionToolkitAnswer } from './session.answer.js';

const ToolsQuery = z.object(pageQuery(500));
const ToolkitsQuery = z.object({
  ...pageQuery(50),
  toolkits: queryListOf(z.array(ToolkitSlug)),
  is_connected: queryBoolean,
  search: z.string().optional(),
});
const LinkBody = z.strictObject({
  toolkit: ToolkitSlug,
  callback_url: CallbackUrl.optional(),
  alias: Alias.optional(),
  experimental: AccountExperimental,
});

/** What a session's user has: the tools an agent gets, the toolkits, and links to connect them. */
@Controller('tool_router/session/:sessionId')
@AccessFor('project')
@Area('session_management')
@ApiTag('Sessions')
export class SessionToolkitsController {
  constructor(
    private readonly bus: Bus,
    private readonly sessions: SessionRequests,
    private readonly limits: RateLimits,
  ) {}

  @Describe({
    id: 'listSessionTools',
    summary: 'List what an agent in the session is shown',
    description: 'Preloaded tools and meta tools, with their schemas.',
    answer: pageAnswer(ToolAnswer),
    errors: ['session_not_found'],
  })
  @Get('tools')
  async tools(
    @ProjectId() projectId: string,
    @PathId('sessionId', 'session') id: string,
    @Query(new Wire(ToolsQuery)) query: z.output<typeof ToolsQuery>,
  ) {
    await this.sessions.assignToUser(projectId, id);
    const page = await this.bus.request(listSessionTools, { projectId, id, ...query });
    return presentPage(page, query.limit, presentTool);
  }

  @Describe({
    id: 'listSessionToolkits',
    summary: 'List the toolkits of a session',
    description: 'Each with the account that a call would use now.',
    answer: pageAnswer(SessionToolkitAnswer),
    errors: ['session_not_found'],
  })
  @Get('toolkits')
  async toolkits(
    @ProjectId() projectId: string,
    @PathId('sessionId', 'session') id: string,
    @Query(new Wire(ToolkitsQuery)) { is_connected: isConnected, ...query }: z.output<typeof ToolkitsQuery>,
  ) {
    await this.sessions.assignToUser(projectId, id);
    const page = await this.bus.request(listSessionToolkits, { projectId, id, isConnected, ...query });
    return presentPage(page, query.limit, presentSessionToolkit);
  }

  @Describe({
    id: 'createSessionLink',
    summary: 'Make a connect link for the session’s user',
    description: 'The user signs in at the address once; the account then works in all their sessions.',
    answer: SessionLinkAnswer,
    leadsTo: { 'connected_accounts/:id': 'connected_account_id' },
    errors: [
      'session_not_found',
      'toolkit_not_found',
      'toolkit_not_allowed',
      'toolkit_needs_no_account',
      'no_auth_config',
      'access_list_needs_shared',
      'account_choice_required',
      'not_found',
    ],
    example: { body: { toolkit: 'github', callback_url: 'https://app.example.com/connected' } },
  })
  @Post('link')
  @Idempotent()
  async link(
    @ProjectId() projectId: string,
    @PathId('sessionId', 'session') id: string,
    @Body(new Wire(LinkBody)) body: z.output<typeof LinkBody>,
  ) {
    const { userId } = await this.sessions.assignToUser(projectId, id);
    await this.limits.consume('links', userKey(projectId, userId));
    const { toolkit, alias, callback_url: callbackUrl, experimental } = body;
    const input = { projectId, id, toolkit, alias, callbackUrl, ...experimental };
    const link = await inWireNames(() => this.bus.request(linkToolkit, input as CallOf<typeof linkToolkit>));
    return {
      link_token: link.token,
      redirect_url: link.url,
      connected_account_id: link.connection.id,
      experimental: presentAccountType(link.connection),
    };
  }
}
