import { Injectable } from '@nestjs/common';
import { getSession, type Session } from '@patchbay/contracts';
import { Bus, EventCache, NatsClient } from '@patchbay/service';

const CACHE = { max: 50_000, ttlMs: 30_000 };

/** A cache of sessions for the hot path: a warm call asks no other service for its session. */
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
  get(projectId: string, id: string): Promise<Session> {
    return this.sessions.get(`${projectId} ${id}`);
  }

  forget(projectId: string, id: string): void {
    this.sessions.drop(`${projectId} ${id}`);
  }
}
