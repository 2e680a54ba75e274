import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import {
  ApprovalWanted,
  connectionChanged,
  EventEnvelope,
  gatewayApprovalWanted,
  sessionsApprovalWanted,
  toolkitChanged,
  toolsApprovalWanted,
} from '@patchbay/contracts';
import { DeadLetters } from '@patchbay/database';
import {
  EventConsumer,
  LOGGER,
  NatsClient,
  readEvents,
  type FailedEvent,
  type Logger,
} from '@patchbay/service';
import { PlatformEventsService } from './platform-events.service.js';

const DURABLE = 'triggers-platform';
/** Those below, and what else may change one day. */
const SUBJECT = 'events.*.*.changed';

const ConnectionChanged = EventEnvelope.extend({ data: connectionChanged.data });
const ToolkitChanged = EventEnvelope.extend({ data: toolkitChanged.data });
const Approval = EventEnvelope.extend({ data: ApprovalWanted });
const APPROVALS = [gatewayApprovalWanted, sessionsApprovalWanted, toolsApprovalWanted].map(
  ({ subject }) => subject,
);

type Message = Parameters<typeof readEvents>[0] & { subject: string };

/** Hears what changes in other services, also what changed while no replica was running. */
@Injectable()
export class PlatformEventsConsumer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly consumer: EventConsumer;

  constructor(
    private readonly platformEvents: PlatformEventsService,
    private readonly deadLetters: DeadLetters,
    nats: NatsClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const options = {
      durable: DURABLE,
      subject: SUBJECT,
      batchSize: 50,
      maxWaitMs: 20,
      ownsStream: false,
      setAside: (event: FailedEvent) => deadLetters.setAside(DURABLE, event),
    };
    this.consumer = new EventConsumer(nats, options, (batch) => this.hearAll(batch), logger);
  }

  onApplicationBootstrap(): void {
    this.deadLetters.resendBy(DURABLE, ({ subject, body }) =>
      this.hearAll([{ subject, string: () => body }]),
    );
    this.consumer.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.consumer.stop();
  }

  private async hearAll(batch: readonly Message[]): Promise<void> {
    for (const message of batch) {
      for (const event of readEvents(message)) await this.hear(message.subject, event);
    }
  }

  private async hear(subject: string, event: unknown): Promise<void> {
    if (subject === connectionChanged.subject) {
      const { success, data } = ConnectionChanged.safeParse(event);
      if (!success) return this.warnOfUnreadable(subject);
      await this.platformEvents.onConnectionChanged(data);
    } else if (subject === toolkitChanged.subject) {
      const { success, data } = ToolkitChanged.safeParse(event);
      if (!success) return this.warnOfUnreadable(subject);
      await this.platformEvents.onToolkitChanged(data);
    } else if (APPROVALS.includes(subject)) {
      const { success, data } = Approval.safeParse(event);
      if (!success) return this.warnOfUnreadable(subject);
      await this.platformEvents.onApprovalWanted(data);
    }
  }

  /** `logs` sets such an event aside with its reason; it must not stand in the way of the others. */
  private warnOfUnreadable(subject: string): void {
    this.logger.warn({ subject }, 'an event about a change cannot be read');
  }
}
