import { Inject, Injectable } from '@nestjs/common';
import { DeadLetters, Deletions } from '@patchbay/database';
import { LOGGER, NatsClient, type Logger } from '@patchbay/service';
import { McpServersService } from '../mcp-servers/mcp-servers.service.js';
import { SessionsService } from './sessions.service.js';

/** Removes the sessions of projects that are gone, with what is kept for them, and the projects' MCP servers. */
@Injectable()
export class DeletionsConsumer extends Deletions {
  constructor(
    nats: NatsClient,
    @Inject(LOGGER) logger: Logger,
    deadLetters: DeadLetters,
    private readonly sessions: SessionsService,
    private readonly servers: McpServersService,
  ) {
    super(nats, logger, 'sessions', deadLetters);
  }

  protected async removeProject(projectId: string): Promise<void> {
    await this.sessions.deleteAllOf(projectId);
    await this.servers.deleteAllOf(projectId);
  }
}
