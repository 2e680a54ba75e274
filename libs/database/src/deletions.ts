import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { EventEnvelope, projectDeleted, sessionDeleted, type ServiceName } from '@patchbay/contracts';
import { EventConsumer, readEvents, type FailedEvent, type Logger, type NatsClient } from '@patchbay/service';
import type { DeadLetters } from './dead-letters/dead-letters.store.js';

const SessionDeleted = EventEnvelope.extend({ data: sessionDeleted.data });
const ProjectDeleted = EventEnvelope.extend({ data: projectDeleted.data });

type Message = Parameters<typeof readEvents>[0] & { subject: string };

/**
 * Hears of sessions and projects that are gone, also of those that went while no replica was there to hear of it.
 * A deletion that throws is retried, and becomes a dead letter in the end: removing must be idempotent. The service's NATS
 * user may use the consumer `<service>-deletions` of the stream (`infra/nats/nats.conf`).
 */
export abstract class Deletions implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly consumer: EventConsumer;

  constructor(
    nats: NatsClient,
    private readonly logger: Logger,
    service: ServiceName,
    deadLetters: DeadLetters,
  ) {
    const durable = `${service}-deletions`;
    const options = {
      durable,
      subject: 'events.*.*.deleted',
      batchSize: 50,
      maxWaitMs: 20,
      ownsStream: false,
      setAside: (event: FailedEvent) => deadLetters.setAside(durable, event),
    };
    this.consumer = new EventConsumer(nats, options, (batch) => this.removeAll(batch), logger);
    deadLetters.resendBy(durable, ({ subject, body }) => this.removeAll([{ subject, string: () => body }]));
  }

  /** A service that keeps nothing by session leaves it as it is. */
  protected removeSession(_projectId: string, _sessionId: string): Promise<unknown> {
    return Promise.resolve();
  }

  protected abstract removeProject(projectId: string): Promise<unknown>;

  onApplicationBootstrap(): void {
    this.consumer.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.consumer.stop();
  }

  private async removeAll(batch: readonly Message[]): Promise<void> {
    for (const message of batch) {
      for (const event of readEvents(message)) await this.remove(message.subject, event);
    }
  }

  private async remove(subject: string, event: unknown): Promise<void> {
    if (subject === sessionDeleted.subject) {
      const { success, data } = SessionDeleted.safeParse(event);
      if (success) await this.removeSession(data.projectId, data.data.sessionId);
      else this.complain(subject);
    } else if (subject === projectDeleted.subject) {
      const { success, data } = ProjectDeleted.safeParse(event);
      if (success) await this.removeProject(data.data.projectId);
      else this.complain(subject);
    }
  }

  /** `logs` sets such an event aside with its reason; it must not stand in the way of the others. */
  private complain(subject: string): void {
    this.logger.warn({ subject }, 'an event about a deletion cannot be read');
  }
}
