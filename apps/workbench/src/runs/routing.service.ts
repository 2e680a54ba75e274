import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import {
  AppError,
  runCode,
  runCommand,
  type CodeOutcome,
  type CommandOutcome,
  type OutputOf,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { atReplica, ReplicaServer } from '../replicas/index.js';
import { RunsElsewhere } from '../workspaces/index.js';
import { ExecutionService } from './execution.service.js';
import { toRunRequest, type Forwarded, type RunRequest } from './run.js';

const RETRY_MS = 1_000;
const RESERVE_MS = 3_000;

/** Routes a run to the replica that has the session's sandbox. */
@Injectable()
export class RoutingService implements OnApplicationBootstrap {
  constructor(
    private readonly bus: Bus,
    private readonly execution: ExecutionService,
    private readonly replicas: ReplicaServer,
  ) {}

  onApplicationBootstrap(): void {
    this.replicas.serve(runCode, (input) => this.execution.runCode(toRunRequest(input)));
    this.replicas.serve(runCommand, (input) => this.execution.runCommand(toRunRequest(input)));
  }

  runCode(input: RunRequest<typeof runCode>): Promise<CodeOutcome> {
    return this.route(runCode, input, () => this.execution.runCode(input));
  }

  runCommand(input: RunRequest<typeof runCommand>): Promise<CommandOutcome> {
    return this.route(runCommand, input, () => this.execution.runCommand(input));
  }

  /** A replica that died keeps its lease for a while: until that expires the request is retried. */
  private async route<C extends Forwarded>(
    contract: C,
    input: RunRequest<C>,
    runHere: () => Promise<OutputOf<C>>,
  ): Promise<OutputOf<C>> {
    const until = input.context.deadline - RESERVE_MS;
    for (;;) {
      try {
        return await runHere();
      } catch (error) {
        if (!(error instanceof RunsElsewhere)) throw error;
        const forwarded = await this.forward(error.replica, contract, input);
        if (!('refusal' in forwarded)) return forwarded.outcome;
        if (!forwarded.refusal.retryable || Date.now() + RETRY_MS > until) throw forwarded.refusal;
      }
      await delay(RETRY_MS);
    }
  }

  private async forward<C extends Forwarded>(
    replica: string,
    contract: C,
    input: RunRequest<C>,
  ): Promise<{ outcome: OutputOf<C> } | { refusal: AppError }> {
    try {
      return { outcome: await this.bus.request(atReplica<Forwarded>(contract, replica), input as never) } as {
        outcome: OutputOf<C>;
      };
    } catch (error) {
      if (error instanceof AppError && error.code === 'unavailable') return { refusal: error };
      throw error;
    }
  }
}
