import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Bus, LOGGER, type Logger } from '@patchbay/service';
import { DataSource } from 'typeorm';
import { OutboxMessage } from './outbox-message.entity.js';

const BATCH = 100;
/** For what a nudge did not take along: a crash between commit and publish, or an outage of NATS. */
const SWEEP_MS = 1_000;

/** Moves events from the outbox into the stream: at least once, and once in the stream, by their id. */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;
  private failing = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.nudge(), SWEEP_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await (this.next ?? this.running);
  }

  /**
   * There is something to send: begin now. Resolves when all that was in the outbox by then was tried.
   * Calls that come while a pass is running share the one after it.
   */
  nudge(): Promise<void> {
    if (!this.running) return this.pass();
    this.next ??= this.running.then(() => {
      this.next = undefined;
      return this.pass();
    });
    return this.next;
  }

  private pass(): Promise<void> {
    this.running = this.relay().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async relay(): Promise<void> {
    try {
      while ((await this.relayBatch()) === BATCH);
      this.failing = false;
    } catch (error) {
      // Once an outage, not once a second.
      if (!this.failing) this.logger.warn({ err: error }, 'events wait in the outbox');
      this.failing = true;
    }
  }

  private async relayBatch(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const messages = await manager
        .createQueryBuilder(OutboxMessage, 'message')
        .orderBy('message.position')
        .limit(BATCH)
        .setLock('pessimistic_write')
        .setOnLocked('skip_locked')
        .getMany();
      for (const { subject, eventId, body } of messages) await this.bus.publishRaw(subject, eventId, body);
      if (messages.length > 0)
        await manager.delete(
          OutboxMessage,
          messages.map(({ position }) => position),
        );
      return messages.length;
    });
  }
}
