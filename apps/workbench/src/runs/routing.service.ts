import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  AppError,
  runCode,
  runCommand,
  type CodeOutcome,
  type CommandOutcome,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Bus, currentContext } from '@patchbay/service';
import { atReplica, type Forwarded } from '../replicas/replica.subjects.js';
import { RunsElsewhere } from '../workspaces/workspaces.service.js';
import { ExecutionService } from './execution.service.js';

const LOOK_AGAIN_MS = 1_000;
const RESERVE_MS = 3_000;

/** Finds the replica that runs a session's sandbox. */
@Injectable()
export class RoutingService {
  constructor(
    private readonly bus: Bus,
    private readonly execution: ExecutionService,
  ) {}

  runCode(input: InputOf<typeof runCode>): Promise<CodeOutcome> {
    return this.whereverItIs(runCode, input, () => this.execution.runCode(input));
  }

  runCommand(input: InputOf<typeof runCommand>): Promise<CommandOutcome> {
    return this.whereverItIs(runCommand, input, () => this.execution.runCommand(input));
  }

  /** A replica that died keeps its lease for a while: until it is over we look again. */
  private async whereverItIs<C extends Forwarded>(
    contract: C,
    input: InputOf<C>,
    here: () => Promise<OutputOf<C>>,
  ): Promise<OutputOf<C>> {
    const until = (currentContext()?.deadline ?? Date.now()) - RESERVE_MS;
    for (;;) {
      try {
        return await here();
      } catch (error) {
        if (!(error instanceof RunsElsewhere)) throw error;
        const forwarded = await this.forward(error.replica, contract, input);
        if (!('refusal' in forwarded)) return forwarded.outcome;
        if (!forwarded.refusal.retryable || Date.now() + LOOK_AGAIN_MS > until) throw forwarded.refusal;
      }
      await delay(LOOK_AGAIN_MS);
    }
  }

  private async forward<C extends Forwarded>(
    replica: string,
    contract: C,
    input: InputOf<C>,
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
