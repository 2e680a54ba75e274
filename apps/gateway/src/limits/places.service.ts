import type { ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { CONFIG } from '../tokens.js';
import type { GatewayConfig } from '../config.js';
import { tooManyAtOnce } from './limit-reached.js';
import { refusals } from './limits.service.js';

/** From this part of all places on they are shared evenly. */
const SCARCE = 0.75;

/**
 * The bulkhead between projects: how many requests of one are under way in this process. While there is room a
 * project may have as many as the setting says; when places get scarce, no more than its even share of them.
 */
@Injectable()
export class Places {
  private readonly byProject = new Map<string, number>();
  private readonly left = new WeakSet<ServerResponse>();
  private taken = 0;

  constructor(
    @Inject(CONFIG)
    private readonly config: Pick<GatewayConfig, 'PATCHBAY_CONCURRENCY' | 'PATCHBAY_PROJECT_CONCURRENCY'>,
  ) {}

  /**
   * Holds a place until the answer is out, or `leave`.
   * @throws AppError `rate_limited` when the project has its share, `unavailable` when there is no place at all
   */
  enter(projectId: string, response: ServerResponse): void {
    const mine = this.byProject.get(projectId) ?? 0;
    if (mine >= this.shareOf(mine)) {
      refusals.inc({ limit: 'project_concurrency' });
      throw tooManyAtOnce(`Too many requests of this project are under way: ${mine}.`);
    }
    if (this.config.PATCHBAY_CONCURRENCY > 0 && this.taken >= this.config.PATCHBAY_CONCURRENCY) {
      refusals.inc({ limit: 'concurrency' });
      throw new AppError('unavailable', 'Too many requests are under way.', {
        suggestion: 'Try again in a moment.',
      });
    }
    this.taken += 1;
    this.byProject.set(projectId, mine + 1);
    response.once('close', () => this.leave(projectId, response));
  }

  /** For an answer that goes on for as long as the client likes: it is counted as a stream instead. */
  leave(projectId: string, response: ServerResponse): void {
    if (this.left.has(response)) return;
    this.left.add(response);
    this.taken -= 1;
    const mine = (this.byProject.get(projectId) ?? 0) - 1;
    if (mine > 0) this.byProject.set(projectId, mine);
    else this.byProject.delete(projectId);
  }

  private shareOf(mine: number): number {
    const { PATCHBAY_CONCURRENCY: all, PATCHBAY_PROJECT_CONCURRENCY: ofOne } = this.config;
    const most = ofOne || Infinity;
    if (!all || this.taken < all * SCARCE) return most;
    const projects = this.byProject.size + (mine === 0 ? 1 : 0);
    // As if one more came: that one must find room.
    return Math.min(most, Math.max(1, Math.floor(all / (projects + 1))));
  }
}
