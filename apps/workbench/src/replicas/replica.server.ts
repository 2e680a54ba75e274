import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Subscription } from '@nats-io/transport-node';
import { AppError, type InputOf, type OutputOf, type RequestContract } from '@patchbay/contracts';
import { Drain, Messages, NatsClient } from '@patchbay/service';
import { Leases, RunsElsewhere } from '../workspaces/index.js';
import { atReplica } from './replica.subjects.js';

/** Answers requests for what this replica runs that another replica received and forwarded. */
@Injectable()
export class ReplicaServer implements OnModuleDestroy {
  private readonly subscriptions: Subscription[] = [];

  constructor(
    private readonly nats: NatsClient,
    private readonly messages: Messages,
    private readonly leases: Leases,
    drain: Drain,
  ) {
    drain.onDrain(() => this.close());
  }

  /** From the start of the application on. */
  serve<C extends RequestContract>(contract: C, answer: (input: InputOf<C>) => Promise<OutputOf<C>>): void {
    const { subject } = atReplica(contract, this.leases.replica);
    const work = (input: unknown) =>
      answer(input as InputOf<C>).catch((error: unknown) => {
        throw asUnavailable(error);
      });
    const subscription = this.nats.connection.subscribe(subject, {
      callback: (error, message) => {
        if (!error) this.messages.answer(message, contract.input, work);
      },
    });
    this.subscriptions.push(subscription);
  }

  onModuleDestroy(): Promise<void> {
    return this.close();
  }

  private async close(): Promise<void> {
    const open = this.subscriptions.splice(0);
    if (!this.nats.connected) return;
    await Promise.all(open.map((subscription) => subscription.drain()));
  }
}

/** Never forwarded again, which could go round for ever: the replica that forwarded it looks up who has it again. */
function asUnavailable(error: unknown): unknown {
  if (!(error instanceof RunsElsewhere)) return error;
  return new AppError('unavailable', 'The sandbox is moving to another replica.');
}
