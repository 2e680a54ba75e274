import { Inject, Injectable } from '@nestjs/common';
import { connectionChanged } from '@patchbay/contracts';
import { Transactions, type Emit } from '@patchbay/database';
import type { EntityManager } from 'typeorm';
import { changeOf, Connection, ConnectionStore, INITIATION_LIMIT_MS, REASONS } from '../accounts/index.js';
import type { AuthServiceConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';

/** Rows of one transaction, and transactions of one kind and round; the rest waits for the next round. */
const BATCH = 500;
const MOST_BATCHES = 20;
/** A sign-in that came back in time may still be at the provider's token endpoint. */
const GRACE_MS = 60_000;
const HOUR_MS = 3_600_000;

type Step = (manager: EntityManager, emit: Emit) => Promise<number>;

/** Expires and deletes rows in batches, each kind in one replica at a time. */
@Injectable()
export class ExpiryService {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly transactions: Transactions,
    @Inject(CONFIG)
    private readonly config: Pick<
      AuthServiceConfig,
      'PATCHBAY_LINK_RETENTION_HOURS' | 'PATCHBAY_UNFINISHED_ACCOUNT_DAYS'
    >,
  ) {}

  /** One round over everything. */
  async sweep(): Promise<void> {
    const { PATCHBAY_LINK_RETENTION_HOURS: hours } = this.config;
    await this.inBatches('unfinished', (manager, emit) => this.expireUnfinished(manager, emit));
    await this.inBatches('never finished', (manager, emit) => this.deleteUnfinished(manager, emit));
    await this.deleteExpired('sign_ins', 'state_sha256', 0);
    await this.deleteExpired('unverified_sign_ins', 'session_sha256', 0);
    await this.deleteExpired('transfer_keys', 'kid', 0);
    await this.deleteExpired('connect_links', 'token_sha256', hours * HOUR_MS);
    await this.deleteExpired('cli_sessions', 'id_sha256', 0);
    await this.deleteExpired('console_sessions', 'id', 0);
    await this.deleteExpired('sign_in_links', 'token_sha256', 0);
    await this.deleteExpired('sign_in_tries', 'email_sha256', 0);
    await this.deleteExpired('oidc_sign_ins', 'state_sha256', 0);
    await this.deleteExpired('mcp_access_codes', 'code_sha256', 0);
    await this.deleteExpired('mcp_tokens', 'token_sha256', 0);
    await this.deleteExpired('mcp_grants', 'id', 0);
  }

  /** @param keptMs how long rows are kept after they have expired */
  private deleteExpired(table: string, key: string, keptMs: number): Promise<void> {
    return this.inBatches(table, async (manager) => {
      const [, count] = (await manager.query(
        `DELETE FROM ${table} WHERE ${key} IN (
          SELECT ${key} FROM ${table} WHERE expires_at < $1 ORDER BY expires_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
        [new Date(Date.now() - keptMs)],
      )) as [unknown, number];
      return count;
    });
  }

  /** A replica skips a kind that another one is sweeping. */
  private async inBatches(kind: string, step: Step): Promise<void> {
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      const count = await this.transactions.run(async (manager, emit) => {
        const [{ mine }] = (await manager.query('SELECT pg_try_advisory_xact_lock(hashtext($1)) AS mine', [
          `patchbay auth expiry: ${kind}`,
        ])) as [{ mine: boolean }];
        return mine ? step(manager, emit) : 0;
      });
      if (count < BATCH) return;
    }
  }

  /** They are read as EXPIRED already; this publishes the event and ends their links. */
  private async expireUnfinished(manager: EntityManager, emit: Emit): Promise<number> {
    const rows = await manager
      .createQueryBuilder(Connection, 'connection')
      .where(
        `connection.connected_at IS NULL AND connection.status IN ('INITIALIZING', 'INITIATED')
          AND connection.created_at < :before`,
        { before: new Date(Date.now() - INITIATION_LIMIT_MS - GRACE_MS) },
      )
      .orderBy('connection.created_at')
      .limit(BATCH)
      .setLock('for_no_key_update')
      .setOnLocked('skip_locked')
      .getMany();
    for (const row of rows) {
      const change = { status: 'EXPIRED', reason: REASONS.initiationTimeout } as const;
      await this.connections.move(manager, emit, row, change);
    }
    await manager.query(
      'UPDATE connect_links SET expires_at = now() WHERE connection_id = ANY($1) AND expires_at > now()',
      [rows.map(({ id }) => id)],
    );
    return rows.length;
  }

  /** Accounts whose sign-in was never finished, unless a link to one of them is still valid. */
  private async deleteUnfinished(manager: EntityManager, emit: Emit): Promise<number> {
    const days = this.config.PATCHBAY_UNFINISHED_ACCOUNT_DAYS;
    const rows = await manager
      .createQueryBuilder(Connection, 'connection')
      .where(
        `connection.connected_at IS NULL AND connection.status IN ('EXPIRED', 'FAILED')
          AND connection.sealed_credential IS NULL AND connection.created_at < :before
          AND NOT EXISTS (SELECT 1 FROM connect_links link
            WHERE link.connection_id = connection.id AND link.used_at IS NULL AND link.expires_at > now())`,
        { before: new Date(Date.now() - days * 24 * HOUR_MS) },
      )
      .orderBy('connection.created_at')
      .limit(BATCH)
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getMany();
    for (const row of rows) {
      const change = { ...changeOf(row), status: null, reason: 'never connected' };
      await emit(connectionChanged, row.projectId, change);
    }
    if (rows.length > 0)
      await manager.delete(
        Connection,
        rows.map(({ id }) => id),
      );
    return rows.length;
  }
}
