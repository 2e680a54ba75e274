import { Inject, Injectable } from '@nestjs/common';
import { Deletions, LOGGER, NatsClient, type Logger } from '@patchbay/service';
import { McpAccessService } from './mcp-access.service.js';

/** Shuts out the MCP clients of sessions and projects that are gone. */
@Injectable()
export class DeletionsConsumer extends Deletions {
  constructor(
    nats: NatsClient,
    @Inject(LOGGER) logger: Logger,
    private readonly access: McpAccessService,
  ) {
    super(nats, logger, 'auth');
  }

  protected removeSession(projectId: string, sessionId: string): Promise<unknown> {
    return this.access.revokeAll({ projectId, sessionId });
  }

  protected removeProject(projectId: string): Promise<unknown> {
    return this.access.revokeAll({ projectId });
  }
}
