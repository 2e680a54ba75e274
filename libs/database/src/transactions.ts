import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EventContract, EventDataOf } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { DataSource, type EntityManager } from 'typeorm';
import { OutboxMessage } from './outbox/outbox-message.entity.js';
import { OutboxRelay } from './outbox/outbox.relay.js';

/** Writes events that leave only if the transaction commits. */
export type Emit = <C extends EventContract>(
  contract: C,
  projectId: string,
  data: EventDataOf<C>,
) => Promise<void>;

const TELL_LIMIT_MS = 300;

/** Changes of a service's tables together with the events that tell of them. */
@Injectable()
export class Transactions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly bus: Bus,
    private readonly relay: OutboxRelay,
  ) {}

  async run<T>(work: (manager: EntityManager, emit: Emit) => Promise<T>): Promise<T> {
    let emitted = false;
    const result = await this.dataSource.transaction((manager) =>
      work(manager, async (contract, projectId, data) => {
        const event = this.bus.envelop(projectId, data);
        emitted = true;
        await manager.insert(OutboxMessage, {
          eventId: event.id,
          subject: contract.subject,
          // One that is too large even so is set aside by the relay: what it tells of must not fail for it.
          body: this.bus.fit(event).body,
        });
      }),
    );
    if (emitted) await this.untilTold();
    return result;
  }

  /**
   * NATS keeps the order of what one connection sends: once the stream has the event, a caller that gets our
   * answer has heard the event before, and asks no cache that it outdates. When NATS is slow the answer
   * does not wait for it, and the event comes when it comes.
   */
  private async untilTold(): Promise<void> {
    const limit = new AbortController();
    await Promise.race([
      this.relay.nudge(),
      delay(TELL_LIMIT_MS, undefined, { signal: limit.signal }).catch(() => undefined),
    ]);
    limit.abort();
  }
}
