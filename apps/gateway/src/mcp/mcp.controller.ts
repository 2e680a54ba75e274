import {
  All,
  Controller,
  Inject,
  Param,
  Req,
  Res,
  VERSION_NEUTRAL,
  type OnModuleDestroy,
} from '@nestjs/common';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server';
import { LOGGER, type Logger } from '@patchbay/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessFor, Area, ProjectId } from '../access/access.js';
import { SessionSnapshots } from '../snapshots/session-snapshots.service.js';
import { McpServerFactory } from './mcp-server.factory.js';

/** Each session's MCP endpoint, for clients of the 2025 and the 2026 specifications alike. */
@Controller({ path: 'tool_router/:sessionId/mcp', version: VERSION_NEUTRAL })
@AccessFor('project')
@Area('session_management')
export class McpController implements OnModuleDestroy {
  private readonly handler: McpHttpHandler;
  private readonly serve;

  constructor(
    private readonly sessions: SessionSnapshots,
    factory: McpServerFactory,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.handler = createMcpHandler((context) => factory.create(context), {
      onerror: (error) => logger.warn({ err: error }, 'an MCP request was refused'),
    });
    this.serve = toNodeHandler(this.handler);
  }

  @All()
  async handle(
    @ProjectId() projectId: string,
    @Param('sessionId') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const session = await this.sessions.get(projectId, id);
    reply.hijack();
    // The handler hands `auth` on to the factory; the key was checked by the guard.
    const auth = { token: '', clientId: projectId, scopes: [], extra: { session } };
    await this.serve(Object.assign(request.raw, { auth }), reply.raw, request.body);
  }

  async onModuleDestroy(): Promise<void> {
    await this.handler.close();
  }
}
