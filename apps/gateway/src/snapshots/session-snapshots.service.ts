import { Injectable } from '@nestjs/common';
import { getSession, type Session } from '@patchbay/contracts';
import { Bus, currentContext, EventCache, NatsClient } from '@patchbay/service';

const CACHE = { max: 50_000, ttlMs: 30_000 };

/** Sessions as they are now, remembered for the hot path: a warm call asks nobody what its session is. */
@Injectable()
export class SessionSnapshots {
  private readonly sessions: EventCache<Session>;

  constructor(bus: Bus, nats: NatsClient) {
    this.sessions = new EventCache(nats, {
      ...CACHE,
      load: (key) => {
        const [projectId = '', id = ''] = key.split(' ');
        return bus.request(getSession, { projectId, id });
      },
    });
  }

  /** @throws AppError `session_not_found` for another project's too */
  async get(projectId: string, id: string): Promise<Session> {
    const session = await this.sessions.get(`${projectId} ${id}`);
    const context = currentContext();
    if (context) context.userId = session.userId;
    return session;
  }

  forget(projectId: string, id: string): void {
    this.sessions.drop(`${projectId} ${id}`);
  }
}
