import { Injectable } from '@nestjs/common';
import type { PollPlan } from './poll-plan.js';
import { LeasesStore, type Lease } from './leases.store.js';

interface Waiting {
  lease: Lease;
  plan: PollPlan;
  done: () => void;
  failed: (error: unknown) => void;
}

const GATHER_MS = 50;
const MOST = 200;

/** Most polls find nothing: what is kept of those is written for many at once. */
@Injectable()
export class PlanBatches {
  private waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly leases: LeasesStore) {}

  /** @returns once it is written */
  add(lease: Lease, plan: PollPlan): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ lease, plan, done, failed });
      if (this.waiting.length >= MOST) this.write();
      else this.timer ??= setTimeout(() => this.write(), GATHER_MS);
    });
  }

  private write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = this.waiting;
    this.waiting = [];
    this.leases.keep(batch).then(
      () => batch.forEach(({ done }) => done()),
      (error: unknown) => batch.forEach(({ failed }) => failed(error)),
    );
  }
}
