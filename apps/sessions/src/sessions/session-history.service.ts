import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  decodeCursor,
  encodeCursor,
  SessionConfig,
  type InputOf,
  type listSessionVersions,
  type OutputOf,
} from '@patchbay/contracts';
import { LessThan, type Repository } from 'typeorm';
import { z } from 'zod';
import { SessionVersion } from './session-version.entity.js';
import { Session } from './session.entity.js';
import { sessionNotFound } from './session-not-found.js';

/** Names the version that a page ended with, so that changes made meanwhile neither repeat nor hide one. */
const Position = z.strictObject({ before: z.int().positive(), page: z.int().min(2) });

/** The configurations that a session has had. */
@Injectable()
export class SessionHistoryService {
  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    @InjectRepository(SessionVersion) private readonly archive: Repository<SessionVersion>,
  ) {}

  /** Newest first: the present configuration, then those that it replaced. */
  async list({
    projectId,
    id,
    limit,
    cursor,
  }: InputOf<typeof listSessionVersions>): Promise<OutputOf<typeof listSessionVersions>> {
    const session = await this.sessions.findOneBy({ projectId, id });
    if (!session) throw sessionNotFound(id);
    const position = cursor ? decodeCursor(Position, cursor) : undefined;
    const present = { version: session.configVersion, config: session.config, at: session.updatedAt };
    const archived = await this.archive.find({
      where: { sessionId: id, version: LessThan(position?.before ?? session.configVersion) },
      order: { version: 'DESC' },
      take: limit + 1,
    });
    const rows = [
      ...(position ? [] : [present]),
      ...archived.map(({ version, config, supersededAt }) => ({ version, config, at: supersededAt })),
    ];
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const page = position?.page ?? 1;
    return {
      userId: session.userId,
      items: shown.map(({ version, config, at }) => ({
        version,
        config: SessionConfig.parse(config),
        at: at.toISOString(),
        isCurrent: version === session.configVersion,
      })),
      nextCursor:
        last && rows.length > shown.length ? encodeCursor({ before: last.version, page: page + 1 }) : null,
      total: await this.archive.countBy({ sessionId: id }).then((count) => count + 1),
      page,
    };
  }
}
