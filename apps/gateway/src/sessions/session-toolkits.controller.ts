import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { linkToolkit, listSessionToolkits, listSessionTools, type CallOf } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/access.js';
import { presentTool } from '../catalogue/tool.presenter.js';
import { AccountExperimental } from '../connected-accounts/connected-account.body.js';
import { presentAccountType } from '../connected-accounts/connected-account.presenter.js';
import { presentPage } from '../http/page.presenter.js';
import { pageQuery, queryBoolean, queryList, Wire } from '../http/wire.js';
import { Limits } from '../limits/limits.service.js';
import { userKey } from '../limits/limits.table.js';
import { Idempotent } from '../idempotency/idempotency.interceptor.js';
import { SessionSnapshots } from '../snapshots/session-snapshots.service.js';
import { inWireNames } from '../session-wire/session.issues.js';
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
    private readonly sessions: SessionSnapshots,
    private readonly limits: Limits,
  ) {}

  @Get('tools')
  async tools(
    @ProjectId() projectId: string,
    @Param('sessionId') id: string,
    @Query(new Wire(ToolsQuery)) query: z.output<typeof ToolsQuery>,
  ) {
    await this.sessions.get(projectId, id);
    const page = await this.bus.request(listSessionTools, { projectId, id, ...query });
    return presentPage(page, query.limit, presentTool);
  }

  @Get('toolkits')
  async toolkits(
    @ProjectId() projectId: string,
    @Param('sessionId') id: string,
    @Query(new Wire(ToolkitsQuery)) { is_connected: isConnected, ...query }: z.output<typeof ToolkitsQuery>,
  ) {
    await this.sessions.get(projectId, id);
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
    const { userId } = await this.sessions.get(projectId, id);
    await this.limits.spend('links', userKey(projectId, userId));
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
