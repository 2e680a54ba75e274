import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  newId,
  sessionCreated,
  sessionDeleted,
  sessionUpdated,
  type attachSession,
  type createSession,
  type deleteSession,
  type getSession,
  type InputOf,
  type OutputOf,
  type Session as SessionView,
  type SessionChanges,
  type SessionConfig,
  type updateSession,
} from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import type { Repository } from 'typeorm';
import { fieldsGiven, type Act } from '@patchbay/service';
import { recordAct } from '../audit.js';
import { ConfigValidator } from '../config-validation/index.js';
import { CustomToolsService } from '../custom-tools/index.js';
import { SavedConfigsService } from '../saved-configs/index.js';
import { AllowedCall } from './allowed-call.entity.js';
import { applyChanges } from './apply-changes.js';
import { assistivePrompt } from './assistive-prompt.js';
import { ExposedToolsService } from './exposed-tools.service.js';
import { SessionVersion } from './session-version.entity.js';
import { Session } from './session.entity.js';
import { sessionNotFound } from './session-not-found.js';

/** How often a change is retried after a concurrent one, and validated again each time. */
const UPDATE_ATTEMPTS = 10;

@Injectable()
export class SessionsService {
  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    @InjectRepository(AllowedCall) private readonly allowedCalls: Repository<AllowedCall>,
    private readonly customTools: CustomToolsService,
    private readonly exposed: ExposedToolsService,
    private readonly savedConfigs: SavedConfigsService,
    private readonly transactions: Transactions,
    private readonly validator: ConfigValidator,
  ) {}

  async create({
    projectId,
    userId,
    config: given,
    userTimezone,
    customTools,
  }: InputOf<typeof createSession>): Promise<OutputOf<typeof createSession>> {
    const config = applyChanges(given, await this.savedScope(projectId, given.savedConfigId));
    const [named] = await Promise.all([
      customTools && this.customTools.name(projectId, customTools),
      this.validator.validate({ projectId, userId }, config),
    ]);
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
    const session = await this.toSession(row);
    return {
      ...session,
      assistivePrompt: assistivePrompt(session.exposedTools, userTimezone),
      ...(named && { customTools: named }),
    };
  }

  /** Custom tools run in the caller's process: a session gives them their slugs and stores nothing. */
  async attach({
    customTools,
    ...key
  }: InputOf<typeof attachSession>): Promise<OutputOf<typeof attachSession>> {
    const [session, named] = await Promise.all([
      this.get(key),
      this.customTools.name(key.projectId, customTools),
    ]);
    return { ...session, customTools: named };
  }

  async get({ projectId, id }: Pick<InputOf<typeof getSession>, 'projectId' | 'id'>): Promise<SessionView> {
    const row = await this.sessions.findOneBy({ projectId, id });
    if (!row) throw sessionNotFound(id);
    return this.toSession(row);
  }

  async update({
    projectId,
    id,
    changes,
    expectedVersion,
  }: InputOf<typeof updateSession>): Promise<SessionView> {
    for (let attempt = 0; attempt < UPDATE_ATTEMPTS; attempt += 1) {
      const seen = await this.sessions.findOneBy({ projectId, id });
      if (!seen) throw sessionNotFound(id);
      requireVersion(seen, expectedVersion);
      const saved = await this.savedScope(projectId, changes.savedConfigId);
      const config = applyChanges(seen.config, { ...changes, ...saved });
      const owner = { projectId, userId: seen.userId, toolsAt: seen.createdAt.toISOString() };
      await this.validator.validate(owner, config);
      const row = await this.replace(seen, config, fieldsGiven(changes));
      if (row) return this.toSession(row);
      // A concurrent change was first, so what was validated is not what would be stored: retried from its result.
    }
    throw new AppError('conflict', 'Other requests kept changing the session at the same time.', {
      suggestion: 'Read it again and repeat the change.',
    });
  }

  /** Archives the configuration that was read and stores the new one; nothing if it was changed in between. */
  private replace(seen: Session, config: SessionConfig, changed: string[]): Promise<Session | undefined> {
    const { projectId, id } = seen;
    return this.transactions.run(async (manager, emit) => {
      const current = await manager.findOne(Session, {
        where: { projectId, id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!current) throw sessionNotFound(id);
      if (current.configVersion !== seen.configVersion) return undefined;
      const now = new Date();
      await manager.insert(SessionVersion, {
        sessionId: id,
        version: current.configVersion,
        config: current.config,
        supersededAt: now,
      });
      Object.assign(current, { config, configVersion: current.configVersion + 1, updatedAt: now });
      await manager.save(current);
      // What a person allowed was allowed under the permissions before.
      if (!isDeepStrictEqual(seen.config.permissions, config.permissions)) {
        await manager.delete(AllowedCall, { sessionId: id });
      }
      await recordAct(emit, { action: 'session.updated', ...ofSession(current), changed });
      await emit(sessionUpdated, projectId, eventOf(current));
      return current;
    });
  }

  /** @param act the audit act that deletes it, when it is another than the session's deletion */
  async delete({ projectId, id }: InputOf<typeof deleteSession>, act?: Act): Promise<{ id: string }> {
    await this.transactions.run(async (manager, emit) => {
      const row = await manager.findOne(Session, {
        where: { projectId, id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) throw sessionNotFound(id);
      await manager.delete(Session, { id });
      if (act) await recordAct(emit, act);
      await recordAct(emit, { action: 'session.deleted', ...ofSession(row) });
      await emit(sessionDeleted, projectId, eventOf(row));
    });
    return { id };
  }

  /** For a deleted project: its keys are deleted too, so no cache needs an event for each session. */
  async deleteAllOf(projectId: string): Promise<void> {
    await this.sessions.delete({ projectId });
  }

  /** The scope of the saved configuration that is taken, if one is: whole, so without toolkits every one is let in. */
  private async savedScope(projectId: string, id: string | undefined): Promise<SessionChanges> {
    if (id === undefined) return {};
    return { toolkits: null, ...(await this.savedConfigs.scopeOf(projectId, id)) };
  }

  private async toSession(row: Session): Promise<SessionView> {
    const { id, projectId, userId, config, configVersion } = row;
    const createdAt = row.createdAt.toISOString();
    const allowed = config.permissions ? await this.allowedCalls.findBy({ sessionId: id }) : [];
    const exposedTools = await this.exposed.slugs({ projectId, config, createdAt });
    const workbenchMissing = await this.exposed.workbenchMissing(config);
    return {
      id,
      projectId,
      userId,
      config,
      configVersion,
      exposedTools,
      allowedCalls: allowed.map(({ key }) => key),
      createdAt,
      ...(workbenchMissing && { workbenchMissing }),
    };
  }
}

/** What an act on a session is about. */
function ofSession({ id, projectId, userId }: Session) {
  return { projectId, target: { type: 'session', id, userId } } as const;
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
