import { All, Controller, Param, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessFor, Area, ProjectId } from '../access/access.js';
import { SessionSnapshots } from '../snapshots/session-snapshots.service.js';
import { Exchange } from './exchange.js';
import { McpEndpoint } from './mcp.endpoint.js';
import { OriginCheck } from './origin.check.js';
import { SpeaksJsonRpc } from './unreadable.js';

/** Each session's MCP endpoint. */
@Controller({ path: 'tool_router/:sessionId/mcp', version: VERSION_NEUTRAL })
@AccessFor('session')
@Area('session_management')
export class McpController {
  constructor(
    private readonly sessions: SessionSnapshots,
    private readonly endpoint: McpEndpoint,
    private readonly origins: OriginCheck,
  ) {}

  @All()
  @SpeaksJsonRpc()
  async handle(
    @ProjectId() projectId: string,
    @Param('sessionId') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const exchange = new Exchange(request, reply);
    this.origins.check(exchange);
    await this.endpoint.serve(await this.sessions.get(projectId, id), exchange);
  }
}
