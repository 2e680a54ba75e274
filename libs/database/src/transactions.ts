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
          body: JSON.stringify(event),
        });
      }),
    );
    if (emitted) this.relay.nudge();
    return result;
  }
}
