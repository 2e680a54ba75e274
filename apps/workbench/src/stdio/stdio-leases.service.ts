import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LEASE_SECONDS, Leases } from '../workspaces/index.js';
import type { Repository } from 'typeorm';
import { StdioLease } from './stdio-lease.entity.js';

/** Leases of replicas that are gone are removed after so long: nobody may ever ask for the same again. */
const KEPT_SECONDS = 3_600;

/** Which replica runs an owner's process: never two at once, whatever fails. */
@Injectable()
export class StdioLeases {
  constructor(
    @InjectRepository(StdioLease) private readonly rows: Repository<StdioLease>,
    private readonly leases: Leases,
  ) {}

  get replica(): string {
    return this.leases.replica;
  }

  /** Takes the owner's process. @returns which other replica has it; undefined when it is this one's now */
  async claim(ownerKey: string): Promise<string | undefined> {
    const made: unknown[] = await this.rows.query(
      `INSERT INTO stdio_leases (owner_key, replica, leased_until)
       VALUES ($1, $2, now() + make_interval(secs => $3))
       ON CONFLICT (owner_key) DO UPDATE SET replica = EXCLUDED.replica, leased_until = EXCLUDED.leased_until
       WHERE stdio_leases.replica = EXCLUDED.replica OR stdio_leases.leased_until < now()
       RETURNING owner_key`,
      [ownerKey, this.replica, LEASE_SECONDS],
    );
    if (made.length > 0) return undefined;
    const row = await this.rows.findOneBy({ ownerKey });
    // Released just now: whose it was is asked again, and says that it has it no more.
    return row ? row.replica : this.claim(ownerKey);
  }

  /** @returns those of the given owners whose lease this replica has lost */
  async renew(ownerKeys: readonly string[]): Promise<string[]> {
    if (ownerKeys.length === 0) return [];
    // TypeORM answers an UPDATE with its rows and their number.
    const [rows]: [{ owner_key: string }[], number] = await this.rows.query(
      `UPDATE stdio_leases SET leased_until = now() + make_interval(secs => $3)
       WHERE replica = $1 AND owner_key = ANY($2) RETURNING owner_key`,
      [this.replica, ownerKeys, LEASE_SECONDS],
    );
    const kept = new Set(rows.map(({ owner_key: key }) => key));
    return ownerKeys.filter((key) => !kept.has(key));
  }

  async release(ownerKey: string): Promise<void> {
    await this.rows.delete({ ownerKey, replica: this.replica });
  }

  async removeExpired(): Promise<void> {
    await this.rows.query('DELETE FROM stdio_leases WHERE leased_until < now() - make_interval(secs => $1)', [
      KEPT_SECONDS,
    ]);
  }
}
