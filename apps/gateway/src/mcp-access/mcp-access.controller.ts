import { Controller, Delete, Post } from '@nestjs/common';
import { issueAccessCode, revokeMcpAccess } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { SessionRequests } from '../sessions/index.js';
import { ApiTag, Describe, PathId } from '../http/index.js';
import { AccessCodeAnswer, RevokedAccessAnswer } from './mcp-access.answer.js';

/** How a developer's app lets its users admit MCP clients that can only do OAuth. */
@Controller('tool_router/session/:sessionId')
@AccessFor('project')
@Area('session_management')
@ApiTag('OAuth')
export class McpAccessController {
  constructor(
    private readonly bus: Bus,
    private readonly sessions: SessionRequests,
  ) {}

  /** A code for the session's user to admit one client with. */
  @Describe({
    id: 'createMcpAccessCode',
    summary: 'Make a code with which a user lets one MCP client in',
    description:
      'For clients that can only do OAuth. The code is for the session’s user, who enters it on the consent page.',
    answer: AccessCodeAnswer,
    errors: ['session_not_found'],
  })
  @Post('mcp_access_codes')
  async issueCode(@ProjectId() projectId: string, @PathId('sessionId', 'session') sessionId: string) {
    const { userId } = await this.sessions.assignToUser(projectId, sessionId);
    const { code, expiresAt } = await this.bus.request(issueAccessCode, { projectId, sessionId, userId });
    return { code, expires_at: expiresAt };
  }

  /** Shuts every client out that was admitted. */
  @Describe({
    id: 'revokeMcpAccess',
    summary: 'Shut out every MCP client that was let in',
    answer: RevokedAccessAnswer,
    errors: ['session_not_found'],
  })
  @Delete('mcp_access')
  async revoke(@ProjectId() projectId: string, @PathId('sessionId', 'session') sessionId: string) {
    await this.sessions.assignToUser(projectId, sessionId);
    return this.bus.request(revokeMcpAccess, { projectId, sessionId });
  }
}
