import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { Bulkhead, refusals } from '@patchbay/service';
import type { ToolsConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';

/** The bulkhead between projects: the slow calls of one leave connections and memory of this process to the others. */
@Injectable()
export class CallSlots {
  private readonly bulkhead: Bulkhead;

  constructor(
    @Inject(CONFIG) config: Pick<ToolsConfig, 'PATCHBAY_TOOLS_CALLS' | 'PATCHBAY_TOOLS_PROJECT_CALLS'>,
  ) {
    this.bulkhead = new Bulkhead({
      all: config.PATCHBAY_TOOLS_CALLS,
      ofOne: config.PATCHBAY_TOOLS_PROJECT_CALLS,
    });
  }

  /**
   * Does the work in a place of the project's.
   * @throws AppError `rate_limited` when the project has its share, `unavailable` when there is no place at all
   */
  async hold<T>(projectId: string, work: () => Promise<T>): Promise<T> {
    const place = this.bulkhead.enter(projectId);
    if (place === 'share') {
      refusals.inc({ limit: 'project_calls' });
      const mine = this.bulkhead.heldBy(projectId);
      throw new AppError('rate_limited', `Too many tool calls of this project are under way: ${mine}.`, {
        suggestion: 'Wait until others have been answered, and make the call again.',
        retryAfter: 1,
      });
    }
    if (place === 'full') {
      refusals.inc({ limit: 'calls' });
      throw new AppError('unavailable', 'Too many tool calls are under way.', {
        suggestion: 'Try again in a moment.',
      });
    }
    try {
      return await work();
    } finally {
      place();
    }
  }
}
