import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { JsMsg } from '@nats-io/jetstream';
import { DeadLetters } from '@patchbay/database';
import { EventConsumer, LOGGER, NatsClient, type FailedEvent, type Logger } from '@patchbay/service';

const DURABLE = 'logs-record';
/** Messages; each may hold many events. */
const BATCH = 100;
/** How long an incomplete batch waits before it is written: the delay of the record. In a busy stream, four times as long. */
const MAX_WAIT_MS = 50;

/** What is read of a message of the stream. */
export type StreamMessage = Pick<JsMsg, 'subject' | 'seq' | 'string'> & {
  info: Pick<JsMsg['info'], 'timestampNanos'>;
};
export type WriteBatch = (batch: readonly StreamMessage[]) => Promise<void>;

/** The record's durable consumer of the event stream; apart from what it writes, as queries ask how far it has come. */
@Injectable()
export class RecordConsumer implements OnModuleDestroy {
  private readonly consumer: EventConsumer;
  private write: WriteBatch = () => Promise.reject(new Error('the consumer has not been started'));

  constructor(
    private readonly deadLetters: DeadLetters,
    nats: NatsClient,
    @Inject(LOGGER) logger: Logger,
  ) {
    const options = {
      durable: DURABLE,
      subject: 'events.>',
      batchSize: BATCH,
      maxWaitMs: MAX_WAIT_MS,
      ownsStream: true,
      setAside: (event: FailedEvent) => deadLetters.setAside(DURABLE, event),
    };
    this.consumer = new EventConsumer(nats, options, (batch) => this.write(batch), logger);
  }

  start(write: WriteBatch): void {
    this.write = write;
    this.deadLetters.resendBy(DURABLE, ({ eventId, subject, body }) => {
      const [seq = 0, publishedMs = 0] = eventId.split('-').map(Number);
      return write([{ subject, seq, string: () => body, info: { timestampNanos: publishedMs * 1e6 } }]);
    });
    this.consumer.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.consumer.stop();
  }

  /** Waits until everything published so far is on the record. @returns whether it was within the limit */
  isCurrent(limitMs: number): Promise<boolean> {
    return this.consumer.caughtUp(limitMs);
  }
}
