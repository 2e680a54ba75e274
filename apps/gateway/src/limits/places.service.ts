import type { ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { Bulkhead, refusals } from '@patchbay/service';
import { CONFIG } from '../tokens.js';
import type { GatewayConfig } from '../config.js';
import { tooManyAtOnce } from './limit-reached.js';

/** The bulkhead between projects: how many requests of one are under way in this process. */
@Injectable()
export class Places {
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
   * Holds a place until the answer is out, or `leave`.
   * @throws AppError `rate_limited` when the project has its share, `unavailable` when there is no place at all
   */
  enter(projectId: string, response: ServerResponse): void {
    const place = this.bulkhead.enter(projectId);
    if (place === 'share') {
      refusals.inc({ limit: 'project_concurrency' });
      const mine = this.bulkhead.heldBy(projectId);
      throw tooManyAtOnce(`Too many requests of this project are under way: ${mine}.`);
    }
    if (place === 'full') {
      refusals.inc({ limit: 'concurrency' });
      throw new AppError('unavailable', 'Too many requests are under way.', {
        suggestion: 'Try again in a moment.',
      });
    }
    this.held.set(response, place);
    response.once('close', place);
  }

  /** For an answer that goes on for as long as the client likes: it is counted as a stream instead. */
  leave(response: ServerResponse): void {
    this.held.get(response)?.();
  }
}
