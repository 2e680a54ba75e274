import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { AppError } from '@patchbay/contracts';
import { IsNull, Not, type Repository } from 'typeorm';
import type { Saved } from './home.archive.js';
import { Workspace } from './workspace.entity.js';

/** Renewed three times within it: a replica that is only slow keeps what it runs. */
export const LEASE_SECONDS = 30;

/** The sandbox that a session has, or had; null while its start has not come to one. */
export interface Held {
  sessionId: string;
  sandboxId: string | null;
}

/** What a replica finds when a session's workspace becomes its own. */
export interface Claimed {
  /**
   * `stored`: it was put away whole. Otherwise whoever ran it last was gone without that: `kept` when nothing was
   * run since its last checkpoint, else `lost`.
   */
  before: 'nothing' | 'stored' | 'kept' | 'lost';
  hasArchive: boolean;
  lost: Record<string, string>;
}

/** Which replica runs a session's sandbox: one at a time, whatever dies. */
@Injectable()
export class Leases {
  /** This replica, in this life. */
  readonly replica = randomUUID();

  constructor(@InjectRepository(Workspace) private readonly workspaces: Repository<Workspace>) {}

  /** Takes the workspace, or tells which other replica has it. */
  claim(session: { projectId: string; id: string }): Promise<{ claimed: Claimed } | { ownedBy: string }> {
    return this.workspaces.manager.transaction(async (manager) => {
      const fresh = {
        sessionId: session.id,
        projectId: session.projectId,
        state: 'live',
        owner: this.replica,
        leasedUntil: leaseEnd(),
        keySha256: null,
        sandboxId: null,
        hasArchive: false,
        archiveBytes: 0,
        isArchiveCurrent: false,
        lost: {},
      } as const;
      const made = await manager
        .createQueryBuilder()
        .insert()
        .into(Workspace)
        .values(fresh)
        .orIgnore()
        .returning('session_id')
        .execute();
      if ((made.raw as unknown[]).length > 0) {
        return { claimed: { before: 'nothing', hasArchive: false, lost: {} } };
      }
      const row = await manager.findOneOrFail(Workspace, {
        where: { sessionId: session.id },
        lock: { mode: 'pessimistic_write' },
      });
      const isFree = row.state === 'stored' || row.owner === this.replica || row.leasedUntil < new Date();
      if (!isFree) return { ownedBy: row.owner };
      const { hasArchive, isArchiveCurrent, lost, state } = row;
      await manager.update(
        Workspace,
        { sessionId: session.id },
        { state: 'live', owner: this.replica, leasedUntil: leaseEnd(), keySha256: null, sandboxId: null },
      );
      const before = state === 'stored' ? 'stored' : isArchiveCurrent ? 'kept' : 'lost';
      return { claimed: { before, hasArchive, lost } };
    });
  }

  /** What is kept of the project's other sandboxes. */
  async archiveBytesOfOthers(session: { projectId: string; id: string }): Promise<number> {
    const sum = await this.workspaces.sum('archiveBytes', {
      projectId: session.projectId,
      sessionId: Not(session.id),
    });
    return Number(sum ?? 0);
  }

  async setKey(sessionId: string, key: { sha256: string; sandboxId: string }): Promise<void> {
    const { sha256: keySha256, sandboxId } = key;
    await this.workspaces.update({ sessionId, owner: this.replica }, { keySha256, sandboxId });
  }

  /** Its archive is as new as it is, while it goes on. */
  async noteCheckpoint(held: Held, { lost, size }: Saved): Promise<void> {
    await this.workspaces.update(this.as(held), {
      hasArchive: true,
      archiveBytes: size,
      isArchiveCurrent: true,
      lost,
    });
  }

  /** Something is run in it: from now on its archive is older than it is. */
  async noteRun(held: Held): Promise<void> {
    await this.workspaces.update(this.as(held), { isArchiveCurrent: false });
  }

  /** @returns the sessions that are no longer ours, of those given */
  async renew(sessionIds: readonly string[]): Promise<string[]> {
    if (sessionIds.length === 0) return [];
    // TypeORM answers an UPDATE with its rows and their number.
    const [rows]: [{ session_id: string }[], number] = await this.workspaces.query(
      `UPDATE workspaces SET leased_until = now() + make_interval(secs => $3)
       WHERE owner = $1 AND session_id = ANY($2) RETURNING session_id`,
      [this.replica, sessionIds, LEASE_SECONDS],
    );
    const kept = new Set(rows.map(({ session_id: id }) => id));
    return sessionIds.filter((id) => !kept.has(id));
  }

  async store(held: Held, { lost, size }: Saved): Promise<void> {
    await this.workspaces.update(this.as(held), {
      state: 'stored',
      keySha256: null,
      sandboxId: null,
      hasArchive: true,
      archiveBytes: size,
      isArchiveCurrent: true,
      lost,
    });
  }

  /**
   * Its sandbox is gone without having been put away. The session may have the next one by now: that one's key and
   * lease are its own.
   */
  async abandon(held: Held, lost?: Record<string, string>): Promise<void> {
    await this.workspaces.update(this.as(held), {
      keySha256: null,
      sandboxId: null,
      leasedUntil: new Date(0),
      ...(lost && { lost }),
    });
  }

  private as({ sessionId, sandboxId }: Held) {
    return { sessionId, owner: this.replica, sandboxId: sandboxId ?? IsNull() };
  }

  async forget(where: { sessionId: string } | { projectId: string }): Promise<void> {
    await this.workspaces.delete(where);
  }

  /** @throws AppError `unauthenticated` */
  async holderOf(sha256: string): Promise<{ projectId: string; sessionId: string; sandboxId: string }> {
    const row = await this.workspaces.findOneBy({ keySha256: sha256, state: 'live' });
    if (row?.sandboxId && row.leasedUntil > new Date()) {
      return { projectId: row.projectId, sessionId: row.sessionId, sandboxId: row.sandboxId };
    }
    throw new AppError('unauthenticated', 'The sandbox that this key belongs to is gone.', {
      suggestion: 'Run the code again: the next call of the session starts a new sandbox.',
    });
  }
}

function leaseEnd(): Date {
  return new Date(Date.now() + LEASE_SECONDS * 1000);
}
