import type { Logger } from '@patchbay/service';
import { setTimeout as delay } from 'node:timers/promises';
import { toTriggerEvent } from '../events/index.js';
import type { OutcomesWriter } from './outcomes.writer.js';
import type { DueDelivery, QueueLeases } from './queue.leases.js';
import type { Endpoint, Outcome, WebhookClient } from './webhook.client.js';

/** How many requests an endpoint is sent at once before anything is known of it. */
const FIRST_WINDOW = 4;
const FETCHED_WINDOWS = 2;
/** With what was answered and is not yet written: if this process is killed, all of it is sent once more. */
const UNSETTLED_WINDOWS = 5;
const AGAIN_MS = 1_000;

export interface RunnerParts {
  leases: QueueLeases;
  client: WebhookClient;
  outcomes: OutcomesWriter;
  logger: Logger;
  /** The most requests at once to one endpoint. */
  maxWindow: number;
  /** @returns gives back a place among all requests of the process; undefined when there is none */
  enter: () => (() => void) | undefined;
}

/**
 * Delivers what is due of one subscription while the lease lasts. An endpoint that takes what it is sent is sent more at
 * once; one that does not cope is sent half as much, down to one request at a time: it holds one place of all. A request that
 * was answered holds none: the endpoint need not wait for our database.
 */
export class SubscriptionRunner {
  private window = FIRST_WINDOW;
  /** Requests that the endpoint has not answered. */
  private readonly onTheWay = new Set<string>();
  /** What became of them is on its way to the record. */
  private readonly unwritten = new Set<string>();
  private fetched: DueDelivery[] = [];
  private endpoint: Endpoint | undefined;
  private isStopped = false;
  private isWoken = false;
  private wakeUp: () => void = () => undefined;

  constructor(
    private readonly id: string,
    private readonly parts: RunnerParts,
  ) {}

  /** Resolves when nothing is due any more, or after `stop`, and everything that was begun has ended. */
  async run(): Promise<void> {
    while (!this.isStopped) {
      this.isWoken = false;
      const isIdle = !(await this.fetch());
      if (isIdle && this.unsettled === 0 && !this.isWoken) break;
      this.startSome();
      if (!this.isStopped && !this.isWoken) await this.untilWoken();
    }
    while (this.unsettled > 0) await this.untilWoken();
  }

  private get unsettled(): number {
    return this.onTheWay.size + this.unwritten.size;
  }

  private get hasRoom(): boolean {
    return this.onTheWay.size < this.window && this.unsettled < this.window * UNSETTLED_WINDOWS;
  }

  /** Since it last looked for what is due. */
  get wasWoken(): boolean {
    return this.isWoken;
  }

  /** Something came, or a place became free. */
  wake(): void {
    this.isWoken = true;
    this.wakeUp();
  }

  /** Begins nothing more. */
  stop(): void {
    this.isStopped = true;
    this.fetched = [];
    this.wake();
  }

  private untilWoken(): Promise<void> {
    return new Promise((resolve) => {
      this.wakeUp = resolve;
    });
  }

  /** @returns whether there is anything to begin */
  private async fetch(): Promise<boolean> {
    if (this.fetched.length > 0) return true;
    if (!this.hasRoom) return false;
    try {
      const besides = [...this.onTheWay, ...this.unwritten];
      const found = await this.parts.leases.due(this.id, besides, this.window * FETCHED_WINDOWS);
      if (!found) this.stop();
      else if (!this.isStopped) {
        this.endpoint = found.endpoint;
        this.fetched = found.deliveries;
      }
    } catch (error) {
      this.parts.logger.warn(
        { err: error, subscriptionId: this.id },
        'what is due could not be read; trying again',
      );
      await delay(AGAIN_MS);
      this.isWoken = true;
    }
    return this.fetched.length > 0;
  }

  private startSome(): void {
    const { endpoint } = this;
    while (endpoint && !this.isStopped && this.fetched.length > 0 && this.hasRoom) {
      const leave = this.parts.enter();
      if (!leave) return;
      const delivery = this.fetched.shift();
      if (!delivery) return leave();
      this.onTheWay.add(delivery.messageId);
      void this.deliver(endpoint, delivery, leave);
    }
  }

  private async deliver(endpoint: Endpoint, delivery: DueDelivery, leave: () => void): Promise<void> {
    const { messageId } = delivery;
    const { client, outcomes } = this.parts;
    const outcome = await client.deliver(
      endpoint,
      messageId,
      toTriggerEvent(delivery),
      delivery.attempts + 1,
    );
    this.learn(outcome);
    leave();
    this.unwritten.add(messageId);
    this.onTheWay.delete(messageId);
    this.wake();
    await outcomes.write(this.id, delivery, outcome);
    this.unwritten.delete(messageId);
    this.wake();
  }

  private learn({ isTrouble, isGone }: Outcome): void {
    if (isGone) this.stop();
    this.window = isTrouble
      ? Math.max(1, Math.floor(this.window / 2))
      : Math.min(this.parts.maxWindow, this.window + 1);
  }
}
