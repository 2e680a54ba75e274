import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { inBackground, LOGGER, Sweep, type Logger } from '@patchbay/service';
import { IsNull, type Repository } from 'typeorm';
import { IncidentRow } from './incident.entity.js';
import { IncidentSteps } from './incident.steps.js';

const EVERY_MS = 5_000;

/** Carries incidents out, one after the other and page by page; another replica goes on where this one is ended. */
@Injectable()
export class IncidentSweep extends Sweep {
  private nudged: Promise<void> = Promise.resolve();

  constructor(
    @InjectRepository(IncidentRow) private readonly incidents: Repository<IncidentRow>,
    private readonly steps: IncidentSteps,
    @Inject(LOGGER) protected readonly logger: Logger,
  ) {
    super('the sweep for incidents', EVERY_MS);
  }

  /** One has just begun: it does not wait for the next round. */
  nudge(): void {
    this.nudged = this.nudged.then(() => inBackground(EVERY_MS, () => this.sweep()));
  }

  override async onModuleDestroy(): Promise<void> {
    this.steps.stop();
    await this.nudged;
    await super.onModuleDestroy();
  }

  protected async round(): Promise<void> {
    const running = await this.incidents.find({
      where: { finishedAt: IsNull() },
      order: { createdAt: 'ASC' },
    });
    for (const incident of running) await this.steps.carryOn(incident);
  }
}
