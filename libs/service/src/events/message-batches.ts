import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { Logger } from '../logger.js';

export interface BatchSettings {
  /** Messages at once, at most. */
  batchSize: number;
  /** How long an incomplete batch waits for more, in milliseconds, as long as few messages come. */
  maxWaitMs: number;
}

/** A batch of so many messages says that many come: the next one waits longer, as each batch costs the same. */
const MANY_MESSAGES = 4;
const LONGER_WAITS = 4;
/** How long the server holds a request for messages while there are none. */
const IDLE_MS = 5_000;
/** The same for messages that are there, of which others may take some. It is the least that a request may have. */
const TAKING_MS = 1_000;

/**
 * Takes messages from a consumer in batches. A message that comes alone costs the server and this process a turn each,
 * so after the first of a batch those that follow are left to gather in the stream, and are taken together.
 */
export class MessageBatches {
  private stopped = false;
  private waitMs: number;
  private messages: ConsumerMessages | undefined;

  constructor(
    private readonly consumer: Consumer,
    private readonly settings: BatchSettings,
    private readonly logger: Logger,
  ) {
    this.waitMs = settings.maxWaitMs;
  }

  /** The next batch; an empty one when nothing came for some seconds, or the wait was ended. */
  async next(): Promise<JsMsg[]> {
    const [first] = await this.take(1, IDLE_MS);
    if (!first) return [];
    const { batchSize, maxWaitMs } = this.settings;
    if (first.info.pending < batchSize) await delay(this.waitMs);
    const batch = [first, ...(await this.takeRest(first))];
    this.waitMs = maxWaitMs * (batch.length >= MANY_MESSAGES ? LONGER_WAITS : 1);
    return batch;
  }

  /** Ends a wait: what it waited for may have been lost with the connection. */
  interrupt(): void {
    this.messages?.stop();
  }

  stop(): void {
    this.stopped = true;
    this.interrupt();
  }

  /** What waits by now, as far as there is room for it beside the first. What cannot be taken comes with the next batch. */
  private async takeRest(first: JsMsg): Promise<JsMsg[]> {
    try {
      const { num_pending: fresh, num_redelivered: again } = await this.consumer.info();
      // Those that are redelivered come before all others: there are none when the first is not one of them.
      const waiting = first.redelivered ? fresh + again - 1 : fresh;
      const count = Math.min(waiting, this.settings.batchSize - 1);
      return count > 0 ? await this.take(count, TAKING_MS) : [];
    } catch (error) {
      this.logger.warn({ err: error }, 'the rest of a batch of events could not be taken yet');
      return [];
    }
  }

  /** Waits until there are so many, or the time is over. */
  private async take(count: number, limitMs: number): Promise<JsMsg[]> {
    const messages = await this.consumer.fetch({ max_messages: count, expires: limitMs });
    this.messages = messages;
    if (this.stopped) messages.stop();
    const taken: JsMsg[] = [];
    try {
      for await (const message of messages) taken.push(message);
    } catch (error) {
      // Whatever it is, the next batch meets it again; what has come must not wait for its redelivery.
      if (taken.length === 0) throw error;
    }
    return taken;
  }
}
