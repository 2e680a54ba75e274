import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { EventEnvelope, projectDeleted, sessionDeleted } from '@patchbay/contracts';
import { EventConsumer, readEvents, type FailedEvent, type Logger, type NatsClient } from '@patchbay/service';
import type { DeadLetters } from './dead-letters/dead-letters.store.js';

const SessionDeleted = EventEnvelope.extend({ data: sessionDeleted.data });
const ProjectDeleted = EventEnvelope.extend({ data: projectDeleted.data });

type Message = Parameters<typeof readEvents>[0] & { subject: string };

/** What a feature removes when a session or a project is deleted. It is retried when it throws, so it must be idempotent. */
export interface Deletion {
  session?: (projectId: string, sessionId: string) => Promise<unknown>;
  project?: (projectId: string) => Promise<unknown>;
}

/**
 * Calls what the features of a service have registered for each session and project that is deleted, also for those
 * deleted while no replica was running. A deletion that goes on failing becomes a dead letter. The service's NATS user
 * may use the consumer `<service>-deletions` of the stream (`infra/nats/nats.conf`).
 */
export class Deletions implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly registered: Deletion[] = [];
  private consumer: EventConsumer | undefined;

  constructor(
    private readonly nats: NatsClient,
    private readonly logger: Logger,
    private readonly deadLetters: DeadLetters,
    private readonly service: string,
  ) {}

  /** To be called before the service has started, as from the constructor of a feature's module. */
  register(deletion: Deletion): void {
    this.registered.push(deletion);
  }

  onApplicationBootstrap(): void {
    if (this.registered.length === 0) return;
    const durable = `${this.service}-deletions`;
    const options = {
      durable,
      subject: 'events.*.*.deleted',
      batchSize: 50,
      maxWaitMs: 20,
      ownsStream: false,
      setAside: (event: FailedEvent) => this.deadLetters.setAside(durable, event),
    };
    this.deadLetters.resendBy(durable, ({ subject, body }) =>
      this.removeAll([{ subject, string: () => body }]),
    );
    this.consumer = new EventConsumer(this.nats, options, (batch) => this.removeAll(batch), this.logger);
    this.consumer.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.consumer?.stop();
  }

  private async removeAll(batch: readonly Message[]): Promise<void> {
    for (const message of batch) {
      for (const event of readEvents(message)) await this.remove(message.subject, event);
    }
  }

  private async remove(subject: string, event: unknown): Promise<void> {
    if (subject === sessionDeleted.subject) {
      const { success, data } = SessionDeleted.safeParse(event);
      if (!success) return this.warnOfUnreadable(subject);
      for (const { session } of this.registered) await session?.(data.projectId, data.data.sessionId);
    } else if (subject === projectDeleted.subject) {
      const { success, data } = ProjectDeleted.safeParse(event);
      if (!success) return this.warnOfUnreadable(subject);
      for (const { project } of this.registered) await project?.(data.data.projectId);
    }
  }

  /** `logs` sets such an event aside with its reason; it must not stand in the way of the others. */
  private warnOfUnreadable(subject: string): void {
    this.logger.warn({ subject }, 'an event about a deletion cannot be read');
  }
}
