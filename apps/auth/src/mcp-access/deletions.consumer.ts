import { Inject, Injectable } from '@nestjs/common';
import { DeadLetters, Deletions } from '@patchbay/database';
import { LOGGER, NatsClient, type Logger } from '@patchbay/service';
import { LinksService } from '../links/index.js';
import { McpAccessService } from './mcp-access.service.js';

/** Ends what was given out for sessions and projects that are gone: MCP clients, codes, links. */
@Injectable()
export class DeletionsConsumer extends Deletions {
  constructor(
    nats: NatsClient,
    @Inject(LOGGER) logger: Logger,
    deadLetters: DeadLetters,
    private readonly access: McpAccessService,
    private readonly links: LinksService,
  ) {
    super(nats, logger, 'auth', deadLetters);
  }

  protected override async removeSession(projectId: string, sessionId: string): Promise<void> {
    await this.links.endOfSession(projectId, sessionId);
    await this.access.revokeAll({ projectId, sessionId });
  }

  protected removeProject(projectId: string): Promise<unknown> {
    return this.access.revokeAll({ projectId });
  }
}
