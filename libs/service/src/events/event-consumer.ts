import { setTimeout as delay } from 'node:timers/promises';
import {
  AckPolicy,
  DeliverPolicy,
  jetstream,
  JetStreamApiError,
  jetstreamManager,
  type JsMsg,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { isPassing } from '../errors.js';
import type { Logger } from '../logger.js';
import type { NatsClient } from '../nats/nats.client.js';
import { beforeScrape, counter, gauge, histogram, timed } from '../telemetry/metrics.js';
import { ensureEventStream, EVENT_STREAM, lastSequence, STREAM_NOT_FOUND } from './event-stream.js';
import type { FailedEvent } from './failed-event.js';
import { MessageBatches, type BatchSettings } from './message-batches.js';

export interface ConsumerOptions extends BatchSettings {
  /** Name under which the server remembers what was acknowledged; replicas share it. */
  durable: string;
  /** One subject, wildcards allowed. */
  subject: string;
  /** Whether it makes the stream when there is none; otherwise it waits until the stream's owner has. */
  ownsStream: boolean;
  /**
   * Keeps an event that could not be handled, for an operator to see and send again. Without it such an event
   * is redelivered for as long as the stream holds it.
   */
  setAside?: (event: FailedEvent) => Promise<void>;
  /** How often a message is tried that fails by its own fault, and how long after the first time. */
  patience?: { attempts: number; firstDelayMs: number };
}

const batches = histogram({
  name: 'patchbay_consumer_batch_duration_seconds',
  help: 'Batches of events that a consumer of the stream handled.',
  labelNames: ['durable', 'outcome'],
});
const eventsHandled = counter({
  name: 'patchbay_consumer_events_total',
  help: 'Messages of the stream that a consumer handled; each holds one event or several.',
  labelNames: ['durable'],
});
const pending = gauge({
  name: 'patchbay_consumer_pending',
  help: 'Events in the stream that the consumer has not been given, or has not acknowledged.',
  labelNames: ['durable'],
});
const lag = gauge({
  name: 'patchbay_consumer_lag_seconds',
  help: 'How old the newest event of the last batch was when it had been handled.',
  labelNames: ['durable'],
});

const ACK_WAIT_MS = 30_000;
const RETRY_DELAY_MS = 1_000;
/** Twice as long after each time: about eight minutes together, in which others are handled. */
const PATIENCE = { attempts: 10, firstDelayMs: RETRY_DELAY_MS };
const MAX_DELAY_MS = 5 * 60_000;
const LOOK_AGAIN_MS = 20;
/** A health check must answer soon. */
const MEASURING = { timeout: 900, checkAPI: false };

/**
 * Hands the stream's events over in batches, each at least once and one batch at a time. A batch is
 * acknowledged when `handle` has returned. When it throws because a dependency is away, the batch is redelivered.
 * When it throws for another reason, each message is handled alone, so that the bad one holds up no other: that one
 * is redelivered a few times, and then becomes a dead letter. It survives outages of NATS, and of the stream itself.
 */
export class EventConsumer {
  private stopped = false;
  private running: Promise<void> = Promise.resolve();
  private batches: MessageBatches | undefined;
  private probe: { forget(): void } | undefined;

  constructor(
    private readonly nats: NatsClient,
    private readonly options: ConsumerOptions,
    private readonly handle: (batch: JsMsg[]) => Promise<void>,
    private readonly logger: Logger,
  ) {
    nats.onReturn(() => this.batches?.interrupt());
  }

  start(): void {
    this.running = this.run();
    this.probe = beforeScrape(() => this.measure());
  }

  /** Finishes what was taken, then rests. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.probe?.forget();
    this.batches?.stop();
    await this.running;
  }

  /** Waits until everything was handled that had been sent to the stream by now. @returns whether that came in time */
  async caughtUp(limitMs: number): Promise<boolean> {
    const until = Date.now() + limitMs;
    const { consumers } = await jetstreamManager(this.nats.connection, MEASURING);
    const last = await lastSequence(this.nats, MEASURING.timeout);
    let wasIdle = false;
    for (;;) {
      const { ack_floor: done, ...left } = await consumers.info(EVENT_STREAM, this.options.durable);
      if (done.stream_seq >= last) return true;
      // Of a stream whose last messages were removed it never comes so far. A consumer hears of a message a moment after it is stored.
      const isIdle = left.num_pending + left.num_ack_pending === 0;
      if (isIdle && wasIdle) return true;
      wasIdle = isIdle;
      if (Date.now() > until) return false;
      await delay(LOOK_AGAIN_MS);
    }
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        // Every time: an outage may have taken the stream or the consumer with it.
        await this.ensureConsumer();
        await this.consume();
      } catch (error) {
        if (isNoStream(error)) this.logger.info('waiting for the event stream');
        else this.logger.warn({ err: error }, 'the event consumer begins again');
      }
      if (!this.stopped) await delay(RETRY_DELAY_MS);
    }
  }

  private async ensureConsumer(): Promise<void> {
    this.nats.requireConnected();
    if (this.options.ownsStream) await ensureEventStream(this.nats, this.logger);
    const { consumers } = await jetstreamManager(this.nats.connection, { timeout: 3_000 });
    await consumers.add(EVENT_STREAM, {
      durable_name: this.options.durable,
      filter_subject: this.options.subject,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(ACK_WAIT_MS),
      max_ack_pending: this.options.batchSize * 4,
    });
  }

  private async consume(): Promise<void> {
    const consumer = await jetstream(this.nats.connection).consumers.get(EVENT_STREAM, this.options.durable);
    this.batches = new MessageBatches(consumer, this.options, this.logger);
    while (!this.stopped) {
      const batch = await this.batches.next();
      await this.deliver(batch);
    }
  }

  private async deliver(batch: JsMsg[]): Promise<void> {
    const newest = batch.at(-1);
    if (!newest) return;
    const { durable } = this.options;
    try {
      await timed(batches, { durable }, () => this.handle(batch));
    } catch (error) {
      await this.onFailed(batch, error);
      return;
    }
    for (const message of batch) message.ack();
    eventsHandled.inc({ durable }, batch.length);
    lag.set({ durable }, Date.now() / 1_000 - newest.info.timestampNanos / 1e9);
  }

  private async onFailed(batch: JsMsg[], error: unknown): Promise<void> {
    const [first] = batch;
    if (isPassing(error)) {
      const about = { err: error, size: batch.length };
      this.logger.warn(about, 'a batch of events could not be stored; it will be redelivered');
      for (const message of batch) message.nak(RETRY_DELAY_MS);
    } else if (batch.length > 1) {
      this.logger.warn(
        { err: error },
        'a batch of events could not be handled; its events will be redelivered one by one',
      );
      for (const message of batch) await this.deliver([message]);
    } else if (first) await this.onBad(first, error);
  }

  /** It fails alone, and nothing is away. */
  private async onBad(message: JsMsg, error: unknown): Promise<void> {
    const { setAside, patience: { attempts, firstDelayMs } = PATIENCE } = this.options;
    const { deliveryCount } = message.info;
    const about = { err: error, subject: message.subject, sequence: message.seq, attempt: deliveryCount };
    if (!setAside || deliveryCount < attempts) {
      this.logger.warn(about, 'an event could not be handled; it will be redelivered');
      message.nak(Math.min(firstDelayMs * 2 ** (deliveryCount - 1), MAX_DELAY_MS));
      return;
    }
    try {
      const reason = error instanceof Error ? error.message : String(error);
      const eventId = `${message.seq}-${Math.floor(message.info.timestampNanos / 1e6)}`;
      await setAside({ eventId, subject: message.subject, body: message.string(), reason });
      message.term();
    } catch (failure) {
      this.logger.warn(
        { ...about, err: failure },
        'an event could not be stored as a dead letter; it will be redelivered',
      );
      message.nak(RETRY_DELAY_MS);
    }
  }

  private async measure(): Promise<void> {
    const { consumers } = await jetstreamManager(this.nats.connection, MEASURING);
    const { num_pending: waiting, num_ack_pending: given } = await consumers.info(
      EVENT_STREAM,
      this.options.durable,
    );
    pending.set({ durable: this.options.durable }, waiting + given);
  }
}

function isNoStream(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND;
}
