import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, Sweep, type Logger } from '@patchbay/service';
import { DataSource } from 'typeorm';
import type { TriggersConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';

const EVERY_MS = 10 * 60 * 1000;
/** Small, so that no statement holds up others for long. */
const BATCH = 5_000;

/** Deletes events after their retention time, and with them their deliveries. */
@Injectable()
export class EventsSweep extends Sweep {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: Pick<TriggersConfig, 'PATCHBAY_EVENT_RETENTION_DAYS'>,
    @Inject(LOGGER) protected readonly logger: Logger,
  ) {
    super('the sweep for old events', EVERY_MS);
  }

  protected async round(): Promise<void> {
    for (let deleted = BATCH; deleted === BATCH;) {
      const [, count] = await this.dataSource.query<[unknown, number]>(
        `DELETE FROM events WHERE id IN (
           SELECT id FROM events WHERE stored_at < now() - $1 * interval '1 day' LIMIT ${BATCH})`,
        [this.config.PATCHBAY_EVENT_RETENTION_DAYS],
      );
      deleted = count;
    }
  }
}
