import { Injectable } from '@nestjs/common';
import type { Session } from '@patchbay/contracts';
import { currentContext } from '@patchbay/service';
import { RateLimits, userKey } from '../limits/index.js';
import { SessionSnapshots } from './session-snapshots.service.js';

/** What every request for a session passes first. */
@Injectable()
export class SessionRequests {
  constructor(
    private readonly snapshots: SessionSnapshots,
    private readonly limits: RateLimits,
  ) {}

  /**
   * Assigns the current request to the session's user: writes the user into the request's context, and counts the
   * request against the user's limit, once however often it is assigned.
   * @throws AppError `session_not_found` for another project's too; LimitReached
   */
  async assignToUser(projectId: string, sessionId: string): Promise<Session> {
    const session = await this.snapshots.get(projectId, sessionId);
    const context = currentContext();
    if (!context || context.userId === session.userId) return session;
    context.userId = session.userId;
    await this.limits.consume('user', userKey(projectId, session.userId));
    return session;
  }
}
