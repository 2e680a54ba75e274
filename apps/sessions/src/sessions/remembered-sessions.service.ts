import { Injectable } from '@nestjs/common';
import type { Session } from '@patchbay/contracts';
import { EventCache, NatsClient } from '@patchbay/service';
import { SessionsService } from './sessions.service.js';

const CACHE = { max: 10_000, ttlMs: 30_000 };

/** Sessions in memory, for their meta tools: a warm call reads no table for its session. */
@Injectable()
export class RememberedSessions {
  private readonly sessions: EventCache<Session>;

  constructor(sessions: SessionsService, nats: NatsClient) {
    this.sessions = new EventCache(nats, {
      ...CACHE,
      load: (key) => {
        const [projectId = '', id = ''] = key.split(' ');
        return sessions.get({ projectId, id });
      },
    });
  }

  /** @throws AppError `session_not_found` for another project's too */
  get({ projectId, id }: { projectId: string; id: string }): Promise<Session> {
    return this.sessions.get(`${projectId} ${id}`);
  }

  forget(projectId: string, id: string): void {
    this.sessions.drop(`${projectId} ${id}`);
  }
}
