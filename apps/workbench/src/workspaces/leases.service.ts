import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { AppError } from '@patchbay/contracts';
import { IsNull, Not, type Repository } from 'typeorm';
import type { Saved } from './home.archive.js';
import { Workspace } from './workspace.entity.js';

/** Renewed three times within it, so that a replica that is only slow keeps its sandboxes. */
export const LEASE_SECONDS = 30;

/** A session's sandbox; its id is null until it has started. */
export interface SandboxRef {
  sessionId: string;
  sandboxId: string | null;
}

/** What a replica finds when it takes over a session's workspace. */
export interface Claimed {
  /**
   * `stored`: it was suspended. Otherwise its replica died before that: `checkpointed` when nothing was run since the
   * last checkpoint, else `lost`.
   */
  previous: 'none' | 'stored' | 'checkpointed' | 'lost';
  hasArchive: boolean;
  lost: Record<string, string>;
}

/** Which replica runs a session's sandbox: never two at once, whatever fails. */
@Injectable()
export class Leases {
  /** This replica, as a process: another one after each start. */
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
        return { claimed: { previous: 'none', hasArchive: false, lost: {} } };
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
      const previous = state === 'stored' ? 'stored' : isArchiveCurrent ? 'checkpointed' : 'lost';
      return { claimed: { previous, hasArchive, lost } };
    });
  }

  /** The archives of the project's other sandboxes, in bytes. */
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

  /** Its archive is current, while it goes on running. */
  async recordCheckpoint(ref: SandboxRef, { lost, size }: Saved): Promise<void> {
    await this.workspaces.update(this.rowOf(ref), {
      hasArchive: true,
      archiveBytes: size,
      isArchiveCurrent: true,
      lost,
    });
  }

  /** A run begins in it, after which its archive is no longer current. */
  async markArchiveStale(ref: SandboxRef): Promise<void> {
    await this.workspaces.update(this.rowOf(ref), { isArchiveCurrent: false });
  }

  /** @returns those of the given sessions whose lease this replica has lost */
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

  async store(ref: SandboxRef, { lost, size }: Saved): Promise<void> {
    await this.workspaces.update(this.rowOf(ref), {
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
   * Its sandbox is gone without having been suspended. The session may have its next one by now, whose key and lease
   * are left alone.
   */
  async abandon(ref: SandboxRef, lost?: Record<string, string>): Promise<void> {
    await this.workspaces.update(this.rowOf(ref), {
      keySha256: null,
      sandboxId: null,
      leasedUntil: new Date(0),
      ...(lost && { lost }),
    });
  }

  private rowOf({ sessionId, sandboxId }: SandboxRef) {
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
