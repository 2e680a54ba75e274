import { Injectable } from '@nestjs/common';
import { getSession, type Session } from '@patchbay/contracts';
import { Bus, currentContext, EventCache, NatsClient } from '@patchbay/service';
import { Limits } from '../limits/limits.service.js';
import { userKey } from '../limits/limits.table.js';

const CACHE = { max: 50_000, ttlMs: 30_000 };

/** Sessions as they are now, remembered for the hot path: a warm call asks nobody what its session is. */
@Injectable()
export class SessionSnapshots {
  private readonly sessions: EventCache<Session>;

  constructor(
    bus: Bus,
    nats: NatsClient,
    private readonly limits: Limits,
  ) {
    this.sessions = new EventCache(nats, {
      ...CACHE,
      load: (key) => {
        const [projectId = '', id = ''] = key.split(' ');
        return bus.request(getSession, { projectId, id });
      },
    });
  }

  /**
   * The session that a request is for, which counts as one of its user's.
   * @throws AppError `session_not_found` for another project's too; LimitReached
   */
  async get(projectId: string, id: string): Promise<Session> {
    const session = await this.sessions.get(`${projectId} ${id}`);
    const context = currentContext();
    // Asked for again within the same request, it is still one request.
    if (!context || context.userId === session.userId) return session;
    context.userId = session.userId;
    await this.limits.spend('user', userKey(projectId, session.userId));
    return session;
  }

  forget(projectId: string, id: string): void {
    this.sessions.drop(`${projectId} ${id}`);
  }
}
