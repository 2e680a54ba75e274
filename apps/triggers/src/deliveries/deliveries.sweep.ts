import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, Sweep, type Logger } from '@patchbay/service';
import { DataSource } from 'typeorm';
import { RetrySchedule } from './retry-schedule.js';

const EVERY_MS = 60_000;
const BATCH = 5_000;

/** Gives up what has waited for as long as it would have been tried. */
@Injectable()
export class DeliveriesSweep extends Sweep {
  constructor(
    private readonly dataSource: DataSource,
    private readonly schedule: RetrySchedule,
    @Inject(LOGGER) protected readonly logger: Logger,
  ) {
    super('the sweep for undelivered events', EVERY_MS);
  }

  protected async round(): Promise<void> {
    for (let ended = BATCH; ended === BATCH;) {
      const [, count] = await this.dataSource.query<[unknown, number]>(
        `UPDATE deliveries SET state = 'failed', next_at = NULL, finished_at = now(),
           error = coalesce(error || ' ', '') || 'It was given up, as the endpoint took nothing for so long.'
         WHERE id IN (SELECT id FROM deliveries WHERE state = 'waiting'
                        AND begun_at < now() - $1 * interval '1 second' LIMIT ${BATCH})`,
        [this.schedule.lifeSeconds],
      );
      ended = count;
    }
  }
}
