import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { linkToolkit, listSessionToolkits, listSessionTools, type CallOf } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { presentTool } from '../catalogue/index.js';
import { AccountExperimental, presentAccountType } from '../connected-accounts/index.js';
import { pageQuery, presentPage, queryBoolean, queryList, Wire } from '../http/index.js';
import { RateLimits, userKey } from '../limits/index.js';
import { Idempotent } from '../idempotency/index.js';
import { SessionRequests } from './session-requests.service.js';
import { inWireNames } from './session.issues.js';
import { presentSessionToolkit } from './session-toolkit.presenter.js';

const ToolsQuery = z.object(pageQuery(500));
const ToolkitsQuery = z.object({
  ...pageQuery(50),
  toolkits: queryList,
  is_connected: queryBoolean,
  search: z.string().optional(),
});
const LinkBody = z.object({
  toolkit: z.string().min(1),
  callback_url: z.string().optional(),
  alias: z.string().optional(),
  experimental: AccountExperimental,
});

/** What a session's user has: the tools an agent gets, the toolkits, and links to connect them. */
@Controller('tool_router/session/:sessionId')
@AccessFor('project')
@Area('session_management')
export class SessionToolkitsController {
  constructor(
    private readonly bus: Bus,
    private readonly sessions: SessionRequests,
    private readonly limits: RateLimits,
  ) {}

  @Get('tools')
  async tools(
    @ProjectId() projectId: string,
    @Param('sessionId') id: string,
    @Query(new Wire(ToolsQuery)) query: z.output<typeof ToolsQuery>,
  ) {
    await this.sessions.assignToUser(projectId, id);
    const page = await this.bus.request(listSessionTools, { projectId, id, ...query });
    return presentPage(page, query.limit, presentTool);
  }

  @Get('toolkits')
  async toolkits(
    @ProjectId() projectId: string,
    @Param('sessionId') id: string,
    @Query(new Wire(ToolkitsQuery)) { is_connected: isConnected, ...query }: z.output<typeof ToolkitsQuery>,
  ) {
    await this.sessions.assignToUser(projectId, id);
    const page = await this.bus.request(listSessionToolkits, { projectId, id, isConnected, ...query });
    return presentPage(page, query.limit, presentSessionToolkit);
  }

  @Post('link')
  @Idempotent()
  async link(
    @ProjectId() projectId: string,
    @Param('sessionId') id: string,
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
