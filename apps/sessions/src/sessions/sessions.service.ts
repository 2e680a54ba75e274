import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  newId,
  sessionCreated,
  sessionDeleted,
  sessionUpdated,
  type createSession,
  type deleteSession,
  type getSession,
  type InputOf,
  type Session as SessionView,
  type updateSession,
} from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import type { Repository } from 'typeorm';
import { applyChanges } from './apply-changes.js';
import { ConfigValidator } from './config.validator.js';
import { ExposedToolsService } from './exposed-tools.service.js';
import { SessionVersion } from './session-version.entity.js';
import { Session } from './session.entity.js';

@Injectable()
export class SessionsService {
  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    private readonly exposed: ExposedToolsService,
    private readonly transactions: Transactions,
    private readonly validator: ConfigValidator,
  ) {}

  async create({ projectId, userId, config }: InputOf<typeof createSession>): Promise<SessionView> {
    await this.validator.validate(projectId, userId, config);
    const now = new Date();
    const row: Session = {
      id: newId('session'),
      projectId,
      userId,
      config,
      configVersion: 1,
      createdAt: now,
      updatedAt: now,
    };
    await this.transactions.run(async (manager, emit) => {
      await manager.insert(Session, row);
      await emit(sessionCreated, projectId, eventOf(row));
    });
    return this.toSession(row);
  }

  async get({ projectId, id }: Pick<InputOf<typeof getSession>, 'projectId' | 'id'>): Promise<SessionView> {
    const row = await this.sessions.findOneBy({ projectId, id });
    if (!row) throw sessionNotFound(id);
    return this.toSession(row);
  }

  async update(input: InputOf<typeof updateSession>): Promise<SessionView> {
    const { projectId, id, changes, expectedVersion } = input;
    const seen = await this.sessions.findOneBy({ projectId, id });
    if (!seen) throw sessionNotFound(id);
    const config = applyChanges(seen.config, changes);
    await this.validator.validate(projectId, seen.userId, config);
    const row = await this.transactions.run(async (manager, emit) => {
      const current = await manager.findOne(Session, {
        where: { projectId, id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!current) throw sessionNotFound(id);
      requireVersion(current, expectedVersion);
      const { config: superseded, configVersion: version } = current;
      await manager.insert(SessionVersion, {
        sessionId: id,
        version,
        config: superseded,
        supersededAt: new Date(),
      });
      // Applied to what is locked: another change may have come between the check and here.
      current.config = applyChanges(superseded, changes);
      current.configVersion = version + 1;
      current.updatedAt = new Date();
      await manager.save(current);
      await emit(sessionUpdated, projectId, eventOf(current));
      return current;
    });
    return this.toSession(row);
  }

  async delete({ projectId, id }: InputOf<typeof deleteSession>): Promise<{ id: string }> {
    await this.transactions.run(async (manager, emit) => {
      const row = await manager.findOne(Session, {
        where: { projectId, id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) throw sessionNotFound(id);
      await manager.delete(Session, { id });
      await emit(sessionDeleted, projectId, eventOf(row));
    });
    return { id };
  }

  /** The project is gone and its keys with it: nobody can reach these sessions any more. */
  async deleteAllOf(projectId: string): Promise<void> {
    await this.sessions.delete({ projectId });
  }

  private async toSession(row: Session): Promise<SessionView> {
    return {
      id: row.id,
      projectId: row.projectId,
      userId: row.userId,
      config: row.config,
      configVersion: row.configVersion,
      exposedTools: await this.exposed.slugs(row.projectId, row.config),
      createdAt: row.createdAt.toISOString(),
    };
  }
}

function eventOf({ id, userId, configVersion }: Session) {
  return { sessionId: id, userId, configVersion };
}

function requireVersion({ configVersion }: Session, expected: number | undefined): void {
  if (expected === undefined || expected === configVersion) return;
  throw new AppError('conflict', `The session is at version ${configVersion}, not ${expected}.`, {
    suggestion: 'Read it again and repeat the change.',
  });
}

function sessionNotFound(id: string): AppError {
  return new AppError('session_not_found', `There is no session ${id}.`, {
    suggestion: 'Create one with POST /api/v3.1/tool_router/session.',
  });
}
