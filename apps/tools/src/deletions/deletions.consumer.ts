import { Inject, Injectable } from '@nestjs/common';
import { DeadLetters, Deletions } from '@patchbay/database';
import { LOGGER, NatsClient, type Logger } from '@patchbay/service';
import { FilesService } from '../files/index.js';
import { ToolkitDefinitions } from '../project-toolkits/index.js';

/** Removes the toolkits and the files of projects that are gone. */
@Injectable()
export class DeletionsConsumer extends Deletions {
  constructor(
    nats: NatsClient,
    @Inject(LOGGER) logger: Logger,
    deadLetters: DeadLetters,
    private readonly files: FilesService,
    private readonly definitions: ToolkitDefinitions,
  ) {
    super(nats, logger, 'tools', deadLetters);
  }

  protected async removeProject(projectId: string): Promise<void> {
    await this.definitions.deleteAllOf(projectId);
    await this.files.deleteAllOf(projectId);
  }
}
