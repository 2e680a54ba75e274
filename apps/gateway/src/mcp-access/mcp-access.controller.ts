import { Controller, Delete, Param, Post } from '@nestjs/common';
import { issueAccessCode, revokeMcpAccess } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { SessionRequests } from '../sessions/index.js';

/** How a developer's app lets its users admit MCP clients that can only do OAuth. */
@Controller('tool_router/session/:sessionId')
@AccessFor('project')
@Area('session_management')
export class McpAccessController {
  constructor(
    private readonly bus: Bus,
    private readonly sessions: SessionRequests,
  ) {}

  /** A code for the session's user to admit one client with. */
  @Post('mcp_access_codes')
  async issueCode(@ProjectId() projectId: string, @Param('sessionId') sessionId: string) {
    const { userId } = await this.sessions.assignToUser(projectId, sessionId);
    const { code, expiresAt } = await this.bus.request(issueAccessCode, { projectId, sessionId, userId });
    return { code, expires_at: expiresAt };
  }

  /** Shuts every client out that was admitted. */
  @Delete('mcp_access')
  async revoke(@ProjectId() projectId: string, @Param('sessionId') sessionId: string) {
    await this.sessions.assignToUser(projectId, sessionId);
    return this.bus.request(revokeMcpAccess, { projectId, sessionId });
  }
}
