import type { ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { Bulkhead, refusals } from '@patchbay/service';
import { CONFIG } from '../settings.module.js';
import type { GatewayConfig } from '../config.js';
import { tooManyAtOnce } from './limit-reached.js';

/** The bulkhead between projects: how many requests of one are under way in this process. */
@Injectable()
export class ConcurrencyLimits {
  private readonly bulkhead: Bulkhead;
  private readonly held = new WeakMap<ServerResponse, () => void>();

  constructor(
    @Inject(CONFIG)
    config: Pick<GatewayConfig, 'PATCHBAY_CONCURRENCY' | 'PATCHBAY_PROJECT_CONCURRENCY'>,
  ) {
    this.bulkhead = new Bulkhead({
      all: config.PATCHBAY_CONCURRENCY,
      ofOne: config.PATCHBAY_PROJECT_CONCURRENCY,
    });
  }

  /**
   * Takes one of the concurrent requests until the response is sent, or `release`.
   * @throws AppError `rate_limited` when the project has its share, `unavailable` when the process is full
   */
  acquire(projectId: string, response: ServerResponse): void {
    const slot = this.bulkhead.enter(projectId);
    if (slot === 'share') {
      refusals.inc({ limit: 'project_concurrency' });
      const mine = this.bulkhead.heldBy(projectId);
      throw tooManyAtOnce(`Too many requests of this project are under way: ${mine}.`);
    }
    if (slot === 'full') {
      refusals.inc({ limit: 'concurrency' });
      throw new AppError('unavailable', 'Too many requests are under way.', {
        suggestion: 'Try again in a moment.',
      });
    }
    this.held.set(response, slot);
    response.once('close', slot);
  }

  /** For a response that lasts for as long as the client likes: it is counted as a stream instead. */
  release(response: ServerResponse): void {
    this.held.get(response)?.();
  }
}
