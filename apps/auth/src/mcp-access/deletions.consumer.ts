import { Inject, Injectable } from '@nestjs/common';
import { DeadLetters, Deletions } from '@patchbay/database';
import { LOGGER, NatsClient, type Logger } from '@patchbay/service';
import { McpAccessService } from './mcp-access.service.js';

/** Shuts out the MCP clients of sessions and projects that are gone. */
@Injectable()
export class DeletionsConsumer extends Deletions {
  constructor(
    nats: NatsClient,
    @Inject(LOGGER) logger: Logger,
    deadLetters: DeadLetters,
    private readonly access: McpAccessService,
  ) {
    super(nats, logger, 'auth', deadLetters);
  }

  protected override removeSession(projectId: string, sessionId: string): Promise<unknown> {
    return this.access.revokeAll({ projectId, sessionId });
  }

  protected removeProject(projectId: string): Promise<unknown> {
    return this.access.revokeAll({ projectId });
  }
}
