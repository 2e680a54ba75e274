import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  consoleSessionsEnded,
  newId,
  type ConsoleSession as ConsoleSessionView,
  type endConsoleSessions,
  type InputOf,
  type KeyHolder,
  type OpenedConsoleSession,
  type SignInWay,
} from '@patchbay/contracts';
import { Transactions, type Emit } from '@patchbay/database';
import { currentContext, ORGANISATION } from '@patchbay/service';
import { hashToken, newSecretToken } from '@patchbay/vault';
import { In, MoreThan, type EntityManager, type FindOptionsWhere, type Repository } from 'typeorm';
import { recordAct } from '../audit.js';
import type { AuthServiceConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { asPerson } from './as-person.js';
import { ConsoleSession } from './console-session.entity.js';
import { PersonPassword } from './password.entity.js';
import { holderOf } from './holder.js';
import { requirePerson } from './person.view.js';

/** Browsers of one person; the one that was used longest ago makes room for another. */
const MOST_SESSIONS = 20;

export interface OpeningBrowser {
  userAgent: string | null;
  /** The hash of the session that it had. */
  replaces?: string | undefined;
}

/** Who is signed in to the console, and until when. */
@Injectable()
export class ConsoleSessionsService {
  constructor(
    @InjectRepository(ConsoleSession) private readonly sessions: Repository<ConsoleSession>,
    private readonly transactions: Transactions,
    @Inject(CONFIG)
    private readonly config: Pick<
      AuthServiceConfig,
      'PATCHBAY_CONSOLE_IDLE_MINUTES' | 'PATCHBAY_CONSOLE_SESSION_HOURS'
    >,
  ) {}

  /** Counts as use: moves the session's end on. */
  async verify(sha256: string): Promise<KeyHolder> {
    const { manager } = this.sessions;
    const found = await manager.findOneBy(ConsoleSession, { sha256, expiresAt: MoreThan(new Date()) });
    if (!found)
      throw new AppError('unauthenticated', 'This session of the console has ended.', {
        suggestion: 'Sign in again.',
      });
    const seen = { lastSeenAt: new Date(), expiresAt: this.endOf(found.createdAt) };
    // Another replica may have ended it since: then nothing is written, and the next request finds out.
    await manager.update(ConsoleSession, { id: found.id }, seen);
    return this.holder(manager, Object.assign(found, seen));
  }

  /** The only way in which a session begins. The browser is given a new token each time. */
  async open(
    manager: EntityManager,
    emit: Emit,
    { personId, signedInBy, browser }: { personId: string; signedInBy: SignInWay; browser: OpeningBrowser },
  ): Promise<OpenedConsoleSession> {
    const person = await requirePerson(manager, personId);
    const token = newSecretToken('pcs_');
    const now = new Date();
    const row: ConsoleSession = {
      id: newId('consoleSession'),
      personId,
      sha256: hashToken(token),
      signedInBy,
      address: currentContext()?.address ?? null,
      userAgent: browser.userAgent,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: this.endOf(now),
    };
    await asPerson(person, row.id, async () => {
      if (browser.replaces) await endSessions(manager, emit, { sha256: browser.replaces });
      const others = await manager.find(ConsoleSession, {
        where: { personId },
        order: { lastSeenAt: 'DESC' },
      });
      const tooMany = others.slice(MOST_SESSIONS - 1).map(({ id }) => id);
      if (tooMany.length > 0) await endSessions(manager, emit, { id: In(tooMany) });
      await manager.insert(ConsoleSession, row);
      await recordAct(emit, { action: 'console_session.started', ...ofSession(row), reason: signedInBy });
    });
    const endsAt = new Date(this.longestEndOf(now)).toISOString();
    return { token, holder: await this.holder(manager, row), endsAt };
  }

  async list(personId: string): Promise<ConsoleSessionView[]> {
    const where = { personId, expiresAt: MoreThan(new Date()) };
    const rows = await this.sessions.find({ where, order: { lastSeenAt: 'DESC' } });
    return rows.map((row) => ({
      id: row.id,
      signedInBy: row.signedInBy,
      address: row.address,
      userAgent: row.userAgent,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    }));
  }

  end({ personId, sessionId: id }: InputOf<typeof endConsoleSessions>): Promise<{ ended: number }> {
    return this.transactions.run(async (manager, emit) => {
      const ended = await endSessions(manager, emit, { personId, ...(id && { id }) });
      if (id && ended === 0) throw new AppError('not_found', `There is no session ${id}.`);
      return { ended };
    });
  }

  private endOf(createdAt: Date): Date {
    const idleEnd = Date.now() + this.config.PATCHBAY_CONSOLE_IDLE_MINUTES * 60_000;
    return new Date(Math.min(idleEnd, this.longestEndOf(createdAt)));
  }

  private longestEndOf(createdAt: Date): number {
    return createdAt.getTime() + this.config.PATCHBAY_CONSOLE_SESSION_HOURS * 3_600_000;
  }

  private async holder(manager: EntityManager, row: ConsoleSession): Promise<KeyHolder> {
    const { id: keyId, personId, signedInBy, createdAt, expiresAt } = row;
    const hasPassword = await manager.existsBy(PersonPassword, { personId });
    const session = { signedInBy, createdAt: createdAt.toISOString(), hasPassword };
    return { ...(await holderOf(manager, { keyId, personId, expiresAt })), session };
  }
}

/**
 * Ends sessions at once, on every replica of the gateway.
 * @returns how many there were
 */
export async function endSessions(
  manager: EntityManager,
  emit: Emit,
  which: FindOptionsWhere<ConsoleSession>,
): Promise<number> {
  const rows = await manager.findBy(ConsoleSession, which);
  if (rows.length === 0) return 0;
  await manager.delete(ConsoleSession, { id: In(rows.map(({ id }) => id)) });
  for (const row of rows) await recordAct(emit, { action: 'console_session.ended', ...ofSession(row) });
  await emit(consoleSessionsEnded, ORGANISATION, {
    sessions: rows.map(({ id: sessionId, sha256 }) => ({ sessionId, sha256 })),
  });
  return rows.length;
}

function ofSession({ id, personId }: Pick<ConsoleSession, 'id' | 'personId'>) {
  return { projectId: null, target: { type: 'console_session', id, userId: personId } } as const;
}
