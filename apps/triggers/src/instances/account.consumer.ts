import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { connectionChanged, EventEnvelope } from '@patchbay/contracts';
import { DeadLetters } from '@patchbay/database';
import {
  EventConsumer,
  LOGGER,
  NatsClient,
  readEvents,
  type FailedEvent,
  type Logger,
} from '@patchbay/service';
import { AccountStates } from './account-states.service.js';

const DURABLE = 'triggers-accounts';
const Changed = EventEnvelope.extend({ data: connectionChanged.data });

/** Hears what becomes of accounts, also of what became of them while no replica was running. */
@Injectable()
export class AccountConsumer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly consumer: EventConsumer;

  constructor(
    private readonly accounts: AccountStates,
    deadLetters: DeadLetters,
    nats: NatsClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const options = {
      durable: DURABLE,
      subject: connectionChanged.subject,
      batchSize: 50,
      maxWaitMs: 20,
      ownsStream: false,
      setAside: (event: FailedEvent) => deadLetters.setAside(DURABLE, event),
    };
    this.consumer = new EventConsumer(nats, options, (batch) => this.applyAll(batch), logger);
    deadLetters.resendBy(DURABLE, ({ body }) => this.applyAll([{ string: () => body }]));
  }

  onApplicationBootstrap(): void {
    this.consumer.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.consumer.stop();
  }

  private async applyAll(batch: readonly Parameters<typeof readEvents>[0][]): Promise<void> {
    for (const message of batch) {
      for (const event of readEvents(message)) {
        const { success, data } = Changed.safeParse(event);
        if (success) await this.accounts.apply(data.projectId, data.data);
        else this.logger.warn({ durable: DURABLE }, 'an event about an account cannot be read');
      }
    }
  }
}
