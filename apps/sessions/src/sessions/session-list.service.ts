import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { SessionConfig, type InputOf, type listSessions, type OutputOf } from '@patchbay/contracts';
import { pageByTime } from '@patchbay/database';
import type { Repository } from 'typeorm';
import { Session } from './session.entity.js';

/** The sessions of a project. */
@Injectable()
export class SessionListService {
  constructor(@InjectRepository(Session) private readonly sessions: Repository<Session>) {}

  async list(input: InputOf<typeof listSessions>): Promise<OutputOf<typeof listSessions>> {
    const { projectId, userId, search, from, to } = input;
    const query = this.sessions
      .createQueryBuilder('session')
      .where('session.project_id = :projectId', { projectId });
    if (userId !== undefined) query.andWhere('session.user_id = :userId', { userId });
    if (search !== undefined) {
      const begins = `${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
      query.andWhere('(session.id = :search OR session.user_id LIKE :begins)', { search, begins });
    }
    if (from !== undefined) query.andWhere('session.created_at >= :from', { from: new Date(from) });
    if (to !== undefined) query.andWhere('session.created_at < :to', { to: new Date(to) });
    const page = await pageByTime(query, 'session', input);
    return {
      ...page,
      items: page.items.map((row) => {
        const { toolkits, workbench } = SessionConfig.parse(row.config);
        return {
          id: row.id,
          userId: row.userId,
          configVersion: row.configVersion,
          ...(toolkits && { toolkits }),
          hasWorkbench: workbench.enabled,
          createdAt: row.createdAt.toISOString(),
          updatedAt: row.updatedAt.toISOString(),
        };
      }),
    };
  }
}
