import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { AppError } from '@patchbay/contracts';
import type { Repository } from 'typeorm';
import { Workspace } from './workspace.entity.js';

/** Renewed three times within it: a replica that is only slow keeps what it runs. */
export const LEASE_SECONDS = 30;

/** What a replica finds when a session's workspace becomes its own. */
export interface Claimed {
  /** `lost`: whoever ran it last was gone without putting it away. */
  before: 'nothing' | 'stored' | 'lost';
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
        hasArchive: false,
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
      const { hasArchive, lost, state } = row;
      await manager.update(
        Workspace,
        { sessionId: session.id },
        { state: 'live', owner: this.replica, leasedUntil: leaseEnd(), keySha256: null, lost: {} },
      );
      return { claimed: { before: state === 'stored' ? 'stored' : 'lost', hasArchive, lost } };
    });
  }

  async setKey(sessionId: string, sha256: string): Promise<void> {
    await this.workspaces.update({ sessionId, owner: this.replica }, { keySha256: sha256 });
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

  async store(sessionId: string, lost: Record<string, string>): Promise<void> {
    await this.workspaces.update(
      { sessionId, owner: this.replica },
      { state: 'stored', keySha256: null, hasArchive: true, lost },
    );
  }

  /** Its sandbox is gone without having been put away. */
  async abandon(sessionId: string): Promise<void> {
    await this.workspaces.update(
      { sessionId, owner: this.replica },
      { keySha256: null, leasedUntil: new Date(0) },
    );
  }

  async forget(where: { sessionId: string } | { projectId: string }): Promise<void> {
    await this.workspaces.delete(where);
  }

  /** @throws AppError `unauthenticated` */
  async holderOf(sha256: string): Promise<{ projectId: string; sessionId: string }> {
    const row = await this.workspaces.findOneBy({ keySha256: sha256, state: 'live' });
    if (row && row.leasedUntil > new Date()) return { projectId: row.projectId, sessionId: row.sessionId };
    throw new AppError('unauthenticated', 'The sandbox that this key belongs to is gone.');
  }
}

function leaseEnd(): Date {
  return new Date(Date.now() + LEASE_SECONDS * 1000);
}
