import { All, Param, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { NotDescribed, PlainController } from '../http/index.js';
import { SessionRequests } from '../sessions/index.js';
import { HttpExchange } from './transport/http-exchange.js';
import { McpEndpoint } from './mcp.endpoint.js';
import { OriginCheck } from './transport/origin.check.js';
import { JsonRpcRoute } from './transport/json-rpc-route.js';

/** Each session's MCP endpoint. */
@NotDescribed('the Model Context Protocol, spoken by its clients')
@PlainController({ path: 'tool_router/:sessionId/mcp', version: VERSION_NEUTRAL })
@AccessFor('session')
@Area('session_management')
export class McpController {
  constructor(
    private readonly sessions: SessionRequests,
    private readonly endpoint: McpEndpoint,
    private readonly origins: OriginCheck,
  ) {}

  @All()
  @JsonRpcRoute()
  async handle(
    @ProjectId() projectId: string,
    @Param('sessionId') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const http = new HttpExchange(request, reply);
    this.origins.check(http);
    await this.endpoint.serve(await this.sessions.assignToUser(projectId, id), http);
  }
}
