import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { getWorkbenchStatus, OutputOf } from '@patchbay/contracts';
import { LOGGER, type Logger } from '@patchbay/service';
import type { SandboxDriver } from '../sandbox/index.js';
import { DRIVER } from '../settings.module.js';

type Status = OutputOf<typeof getWorkbenchStatus>;

/** A driver that cannot work is checked again, as an operator may fix it meanwhile. */
const RECHECK_MS = 30_000;

/** Whether this replica can make sandboxes. */
@Injectable()
export class StatusService implements OnModuleInit {
  private known: { status: Promise<Status>; until: number } | undefined;

  constructor(
    @Inject(DRIVER) private readonly driver: SandboxDriver,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Checked before requests come in, as trying a driver takes longer than their callers wait. */
  async onModuleInit(): Promise<void> {
    await this.get();
  }

  get(): Promise<Status> {
    if (!this.known || this.known.until < Date.now()) {
      this.known = { status: this.check(), until: Date.now() + RECHECK_MS };
    }
    return this.known.status;
  }

  private async check(): Promise<Status> {
    const reason = await this.driver.check();
    if (reason === null && this.known) this.known.until = Infinity;
    if (reason !== null) this.logger.warn({ reason }, 'sandboxes cannot be made');
    return { available: reason === null, reason };
  }
}
