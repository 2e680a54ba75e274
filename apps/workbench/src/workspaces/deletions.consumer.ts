import { Inject, Injectable } from '@nestjs/common';
import { DeadLetters, Deletions } from '@patchbay/database';
import { LOGGER, NatsClient, type Logger } from '@patchbay/service';
import { WorkspacesService } from './workspaces.service.js';

/** Removes what is stored of deleted sessions and projects. */
@Injectable()
export class DeletionsConsumer extends Deletions {
  constructor(
    nats: NatsClient,
    @Inject(LOGGER) logger: Logger,
    deadLetters: DeadLetters,
    private readonly workspaces: WorkspacesService,
  ) {
    super(nats, logger, 'workbench', deadLetters);
  }

  protected override removeSession(projectId: string, sessionId: string): Promise<void> {
    return this.workspaces.removeSession(projectId, sessionId);
  }

  protected removeProject(projectId: string): Promise<void> {
    return this.workspaces.removeProject(projectId);
  }
}
