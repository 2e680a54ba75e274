import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import { ConnectLink } from '../accounts/index.js';
import type { AuthServiceConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';

/** How many links of a user may be open at the same time: each is a page, an account that has begun, and rows. */
@Injectable()
export class LinkQuota {
  private readonly most: number;

  constructor(@Inject(CONFIG) config: Pick<AuthServiceConfig, 'PATCHBAY_MAX_OPEN_LINKS'>) {
    this.most = config.PATCHBAY_MAX_OPEN_LINKS;
  }

  /**
   * One after the other for a user, so that many at once do not all see the same room.
   * @throws AppError `rate_limited`, with the time until the first of them ends
   */
  async require(
    manager: EntityManager,
    { projectId, userId }: { projectId: string; userId: string },
  ): Promise<void> {
    const lock = JSON.stringify(['open links', projectId, userId]);
    await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [lock]);
    const [open, count] = await manager.findAndCount(ConnectLink, {
      where: { projectId, userId, usedAt: IsNull(), expiresAt: MoreThan(new Date()) },
      select: { tokenSha256: true, expiresAt: true },
      order: { expiresAt: 'ASC' },
      take: 1,
    });
    if (count < this.most) return;
    const waitMs = (open[0]?.expiresAt.getTime() ?? 0) - Date.now();
    throw new AppError(
      'rate_limited',
      `The user has ${count} open links, the most that are allowed at once.`,
      {
        suggestion: 'Use one of them: each is good for ten minutes.',
        retryAfter: Math.max(1, Math.ceil(waitMs / 1000)),
      },
    );
  }
}
