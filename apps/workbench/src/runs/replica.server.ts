import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Subscription } from '@nats-io/transport-node';
import { AppError, runCode, runCommand, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Drain, Messages, NatsClient } from '@patchbay/service';
import { Leases, RunsElsewhere } from '../workspaces/index.js';
import { ExecutionService } from './execution.service.js';
import { atReplica } from './replica.subjects.js';
import { toRunRequest, type Forwarded } from './run.js';

/** Answers requests for sandboxes of this replica that another replica received and forwarded. */
@Injectable()
export class ReplicaServer implements OnApplicationBootstrap, OnModuleDestroy {
  private subscriptions: Subscription[] = [];

  constructor(
    private readonly nats: NatsClient,
    private readonly messages: Messages,
    private readonly leases: Leases,
    private readonly execution: ExecutionService,
    drain: Drain,
  ) {
    drain.onDrain(() => this.close());
  }

  onApplicationBootstrap(): void {
    this.subscriptions = [
      this.serve(runCode, (input) => this.execution.runCode(toRunRequest(input))),
      this.serve(runCommand, (input) => this.execution.runCommand(toRunRequest(input))),
    ];
  }

  onModuleDestroy(): Promise<void> {
    return this.close();
  }

  private async close(): Promise<void> {
    const open = this.subscriptions.splice(0);
    if (!this.nats.connected) return;
    await Promise.all(open.map((subscription) => subscription.drain()));
  }

  private serve<C extends Forwarded>(
    contract: C,
    answer: (input: InputOf<C>) => Promise<OutputOf<C>>,
  ): Subscription {
    const { subject } = atReplica(contract, this.leases.replica);
    const work = (input: unknown) =>
      answer(input as InputOf<C>).catch((error: unknown) => {
        throw asUnavailable(error);
      });
    return this.nats.connection.subscribe(subject, {
      callback: (error, message) => {
        if (!error) this.messages.answer(message, contract.input, work);
      },
    });
  }
}

/** Never forwarded again, which could go round for ever: the replica that forwarded it looks up the sandbox again. */
function asUnavailable(error: unknown): unknown {
  if (!(error instanceof RunsElsewhere)) return error;
  return new AppError('unavailable', 'The sandbox is moving to another replica.');
}
