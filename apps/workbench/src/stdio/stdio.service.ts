import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import {
  AppError,
  closeStdio,
  exchangeStdio,
  openStdio,
  type InputOf,
  type listStdioPackages,
  type OutputOf,
} from '@patchbay/contracts';
import { Bus, currentContext } from '@patchbay/service';
import { PackagesService } from '../stdio-packages/index.js';
import { atReplica, ReplicaServer } from '../replicas/index.js';
import { StatusService } from '../status/index.js';
import { RunsElsewhere } from '../workspaces/index.js';
import { lostProcess } from './process/stdio.process.js';
import { ProcessesService } from './processes.service.js';
import { StdioLeases } from './stdio-leases.service.js';

const RETRY_MS = 1_000;
const RESERVE_MS = 3_000;

/** MCP servers that are programs, of all replicas: each request goes to the one that runs the process. */
@Injectable()
export class StdioService implements OnApplicationBootstrap {
  constructor(
    private readonly bus: Bus,
    private readonly leases: StdioLeases,
    private readonly packages: PackagesService,
    private readonly processes: ProcessesService,
    private readonly replicas: ReplicaServer,
    private readonly status: StatusService,
  ) {}

  onApplicationBootstrap(): void {
    this.replicas.serve(openStdio, (input) => this.processes.open(input));
    this.replicas.serve(exchangeStdio, (input) => this.processes.exchange(input));
    this.replicas.serve(closeStdio, (input) => this.closeHere(input));
  }

  async listPackages(): Promise<OutputOf<typeof listStdioPackages>> {
    const refusal = this.packages.refusal() ?? (await this.status.get()).reason;
    return { packages: this.packages.list(), refusal };
  }

  /** A replica that died keeps its leases for a while: until they expire the request is retried. */
  async open(input: InputOf<typeof openStdio>): Promise<OutputOf<typeof openStdio>> {
    const until = (currentContext()?.deadline ?? Date.now()) - RESERVE_MS;
    for (;;) {
      try {
        return await this.processes.open(input);
      } catch (error) {
        if (!(error instanceof RunsElsewhere)) throw error;
        const opened = await this.bus
          .request(atReplica(openStdio, error.replica), input)
          .catch((refusal: unknown) => this.passing(refusal, until));
        if (opened) return opened;
      }
      await delay(RETRY_MS);
    }
  }

  async exchange(input: InputOf<typeof exchangeStdio>): Promise<OutputOf<typeof exchangeStdio>> {
    const { replica } = input.line;
    if (replica === this.leases.replica) return this.processes.exchange(input);
    try {
      return await this.bus.request(atReplica(exchangeStdio, replica), input);
    } catch (error) {
      // Gone, or going just now: whether it took the message is not known.
      if (error instanceof AppError && error.code === 'unavailable') throw lostProcess(undefined, false);
      throw error;
    }
  }

  async close(input: InputOf<typeof closeStdio>): Promise<OutputOf<typeof closeStdio>> {
    const { replica } = input.line;
    if (replica === this.leases.replica) return this.closeHere(input);
    await this.bus.request(atReplica(closeStdio, replica), input).catch((error: unknown) => {
      // With a replica that is gone its processes are.
      if (!(error instanceof AppError) || error.code !== 'unavailable') throw error;
    });
    return {};
  }

  private async closeHere({ line }: InputOf<typeof closeStdio>): Promise<OutputOf<typeof closeStdio>> {
    await this.processes.close(line);
    return {};
  }

  /** @throws what will not pass by itself in time */
  private passing(refusal: unknown, until: number): undefined {
    const isPassing = refusal instanceof AppError && refusal.code === 'unavailable' && refusal.retryable;
    if (!isPassing || Date.now() + RETRY_MS > until) throw refusal;
  }
}
