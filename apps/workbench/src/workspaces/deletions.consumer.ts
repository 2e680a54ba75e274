import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { EventEnvelope, projectDeleted, sessionDeleted } from '@patchbay/contracts';
import { EventConsumer, LOGGER, NatsClient, readEvents, type Logger } from '@patchbay/service';
import { WorkspacesService } from './workspaces.service.js';

const SessionDeleted = EventEnvelope.extend({ data: sessionDeleted.data });
const ProjectDeleted = EventEnvelope.extend({ data: projectDeleted.data });

const OPTIONS = {
  durable: 'workbench-deletions',
  subject: 'events.*.*.deleted',
  batchSize: 50,
  maxWaitMs: 20,
  ownsStream: false,
};

type Message = Parameters<typeof readEvents>[0] & { subject: string };

/** Removes what is kept of sessions and projects that are gone, also when nobody was here to hear of it. */
@Injectable()
export class DeletionsConsumer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly consumer: EventConsumer;

  constructor(
    nats: NatsClient,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly workspaces: WorkspacesService,
  ) {
    this.consumer = new EventConsumer(nats, OPTIONS, (batch) => this.removeAll(batch), logger);
  }

  onApplicationBootstrap(): void {
    this.consumer.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.consumer.stop();
  }

  /** What throws comes again: removing twice is harmless. */
  private async removeAll(batch: readonly Message[]): Promise<void> {
    for (const message of batch) {
      for (const event of readEvents(message)) await this.remove(message.subject, event);
    }
  }

  private async remove(subject: string, event: unknown): Promise<void> {
    if (subject === sessionDeleted.subject) {
      const { success, data } = SessionDeleted.safeParse(event);
      if (success) return this.workspaces.removeSession(data.projectId, data.data.sessionId);
    } else if (subject === projectDeleted.subject) {
      const { success, data } = ProjectDeleted.safeParse(event);
      if (success) return this.workspaces.removeProject(data.data.projectId);
    } else return;
    // `logs` sets it aside with its reason; it must not stand in the way of the others.
    this.logger.warn({ subject }, 'an event about a deletion cannot be read');
  }
}
