import { Inject, Injectable } from '@nestjs/common';
import type { IncidentAct } from '@patchbay/contracts';
import { Transactions, type Emit } from '@patchbay/database';
import { LOGGER, newContext, runInContext, type Logger } from '@patchbay/service';
import { In, IsNull, LessThanOrEqual, type EntityManager } from 'typeorm';
import {
  AuthConfig,
  Connection,
  ConnectionStore,
  ConnectLink,
  isPending,
  ofAccount,
  REASONS,
} from '../accounts/index.js';
import { recordAct } from '../audit.js';
import { RevocationService } from '../credentials/index.js';
import { McpAccessService } from '../mcp-access/index.js';
import { ApiKey, ApiKeysService } from '../projects/index.js';
import { accountsLeft, inScope } from './incident.scope.js';
import { IncidentRevocation } from './incident-revocation.entity.js';
import { IncidentRow } from './incident.entity.js';

/** Rows of one transaction: each account is two events. */
const PAGE = 100;
/** Of one round of one incident: the next round takes the others on. */
const MOST_PAGES = 50;
/** At providers, at once. Each has its own time limit. */
const AT_ONCE = 10;
const MOST_TRIES = 3;
/** Until it is tried again, or taken over from a replica that is gone. */
const TRY_AGAIN = '1 minute';

const COUNTS = {
  revoked: 'revokedAtProvider',
  failed: 'failedAtProvider',
  gone: undefined,
} as const;

type Count = 'accountsRevoked' | 'signInsEnded' | 'accessEnded' | 'keysRevoked';
type Step = (
  manager: EntityManager,
  emit: Emit,
  incident: IncidentRow,
) => Promise<Partial<Record<Count, number>>>;

/**
 * What an incident does, in the order of what hurts most: keys and access, which open everything, then the accounts here, then
 * at their providers. Each step takes a page in a transaction, and can be broken off after any.
 */
@Injectable()
export class IncidentSteps {
  private isStopping = false;

  constructor(
    private readonly access: McpAccessService,
    private readonly connections: ConnectionStore,
    private readonly keys: ApiKeysService,
    private readonly revocation: RevocationService,
    private readonly transactions: Transactions,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  stop(): void {
    this.isStopping = true;
  }

  /** One round. Its acts are those of who began it. */
  async carryOn(incident: IncidentRow): Promise<void> {
    const { actor, acts } = incident;
    // Pages go on where the one before ended: those that are done are many, and would be read again and again.
    const passed = { id: '' };
    await runInContext(newContext({ actor, deadline: Infinity }), async () => {
      const steps: [IncidentAct, Step][] = [
        ['keys', (manager, emit) => this.endKeys(manager, emit, incident)],
        ['access', (manager, emit) => this.endAccess(manager, emit, incident)],
        ['accounts', (manager, emit) => this.endAccounts(manager, emit, incident, passed)],
      ];
      let isWhole = true;
      for (const [act, step] of steps) {
        if (acts.includes(act)) isWhole = (await this.inPages(incident, step)) && isWhole;
      }
      if ((await this.atProviders(incident)) && isWhole) await this.finish(incident);
    });
  }

  /** @returns whether nothing is left to do, as far as this replica is the one that does it */
  private async inPages(incident: IncidentRow, step: Step): Promise<boolean> {
    for (let page = 0; page < MOST_PAGES && !this.isStopping; page += 1) {
      const done = await this.transactions.run(async (manager, emit) => {
        if (!(await isMine(manager, incident))) return undefined;
        const counts = await step(manager, emit, incident);
        for (const [count, by] of Object.entries(counts)) {
          if (by > 0) await manager.increment(IncidentRow, { id: incident.id }, count, by);
        }
        return Object.values(counts).reduce((sum, by) => sum + by, 0);
      });
      if (done === undefined) return false;
      if (done === 0) return true;
    }
    return false;
  }

  private async endKeys(manager: EntityManager, emit: Emit, { projectId, createdAt }: IncidentRow) {
    const query = manager
      .createQueryBuilder(ApiKey, 'key')
      .where('key.revoked_at IS NULL AND key.project_id IS NOT NULL AND key.created_at <= :createdAt', {
        createdAt,
      })
      .limit(PAGE);
    if (projectId) query.andWhere('key.project_id = :projectId', { projectId });
    const rows = await query.getMany();
    await this.keys.revokeRows(manager, emit, rows);
    return { keysRevoked: rows.length };
  }

  private async endAccess(manager: EntityManager, emit: Emit, incident: IncidentRow) {
    const { id, accessEndedAt } = incident;
    const accessEnded = accessEndedAt ? 0 : await this.access.endSome(manager, emit, incident, PAGE);
    if (!accessEndedAt && accessEnded === 0)
      await manager.update(IncidentRow, { id }, { accessEndedAt: new Date() });
    return { accessEnded };
  }

  private async endAccounts(
    manager: EntityManager,
    emit: Emit,
    incident: IncidentRow,
    passed: { id: string },
  ) {
    const rows = await inScope(manager.createQueryBuilder(Connection, 'connection'), incident)
      .andWhere('connection.id > :passed', { passed: passed.id })
      .orderBy('connection.id')
      .limit(PAGE)
      .setLock('for_no_key_update')
      // Being refreshed, for as long as its provider takes: a page without it is not the last one.
      .setOnLocked('skip_locked')
      .getMany();
    passed.id = rows.at(-1)?.id ?? passed.id;
    const configs = await manager.findBy(AuthConfig, { id: In(rows.map((row) => row.authConfigId)) });
    const configOf = new Map(configs.map((config) => [config.id, config]));
    let [accountsRevoked, signInsEnded] = [0, 0];
    for (const row of rows) {
      row.authConfig = configOf.get(row.authConfigId)!;
      if (isPending(row.status) && !row.sealedCredential) {
        await this.connections.move(manager, emit, row, {
          status: 'EXPIRED',
          reason: REASONS.revokedInIncident,
        });
        signInsEnded += 1;
      } else {
        const isForProvider = this.revocation.canRevoke(row);
        await this.connections.move(manager, emit, row, {
          status: 'REVOKED',
          reason: REASONS.revokedInIncident,
          refreshAt: null,
          // It stays for the provider to be told of: nobody is given that of a revoked account.
          ...(!isForProvider && { sealedCredential: null }),
        });
        const left = { connectionId: row.id, incidentId: incident.id, tries: 0 };
        if (isForProvider) await manager.upsert(IncidentRevocation, left, ['connectionId']);
        accountsRevoked += 1;
      }
      await recordAct(emit, {
        action: 'connected_account.revoked',
        ...ofAccount(row),
        reason: `incident ${incident.id}`,
      });
    }
    if (rows.length > 0) await manager.delete(ConnectLink, { connectionId: In(rows.map(({ id }) => id)) });
    return { accountsRevoked, signInsEnded };
  }

  /** @returns whether none is left */
  private async atProviders(incident: IncidentRow): Promise<boolean> {
    for (;;) {
      const due = this.isStopping ? [] : await this.claim(incident);
      if (due.length === 0) break;
      await Promise.all(due.map((one) => this.atProvider(one)));
    }
    return this.transactions.run(
      async (manager) => (await manager.countBy(IncidentRevocation, { incidentId: incident.id })) === 0,
    );
  }

  private claim({ id }: IncidentRow): Promise<IncidentRevocation[]> {
    return this.transactions.run(async (manager) => {
      const rows = await manager.find(IncidentRevocation, {
        where: { incidentId: id, nextAt: LessThanOrEqual(new Date()) },
        order: { nextAt: 'ASC' },
        take: AT_ONCE,
        lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
      });
      await manager.query(
        `UPDATE incident_revocations SET tries = tries + 1, next_at = now() + interval '${TRY_AGAIN}' WHERE connection_id = ANY($1)`,
        [rows.map(({ connectionId }) => connectionId)],
      );
      return rows;
    });
  }

  /** Best effort: a provider that does not do it is asked again. */
  private async atProvider({ connectionId, incidentId, tries }: IncidentRevocation): Promise<void> {
    const row = await this.connections.find(connectionId);
    // Connected again in the meantime: what it has now was given after the incident.
    const isOld = row?.status === 'REVOKED';
    const outcome = isOld ? await this.revoke(row) : 'gone';
    if (outcome === 'failed' && tries + 1 < MOST_TRIES) return;
    await this.transactions.run(async (manager) => {
      const { affected } = await manager.delete(IncidentRevocation, { connectionId });
      // Another replica has counted it.
      if (!affected) return;
      const count = COUNTS[outcome];
      if (count) await manager.increment(IncidentRow, { id: incidentId }, count, 1);
      if (!isOld || !row.sealedCredential) return;
      const same = { id: row.id, status: 'REVOKED' as const, sealedCredential: row.sealedCredential };
      await manager.update(Connection, same, { sealedCredential: null });
    });
  }

  private async revoke(row: Connection): Promise<'revoked' | 'failed'> {
    try {
      await this.revocation.revoke(row);
      return 'revoked';
    } catch (error) {
      this.logger.warn(
        { reason: (error as Error).message, connectionId: row.id },
        'revoked here, and not at its provider',
      );
      return 'failed';
    }
  }

  private async finish(incident: IncidentRow): Promise<void> {
    await this.transactions.run(async (manager) => {
      if ((await accountsLeft(manager, incident)) > 0) return;
      const unfinished = { id: incident.id, finishedAt: IsNull() };
      await manager.update(IncidentRow, unfinished, { finishedAt: new Date() });
    });
  }
}

/** One replica at a time takes pages of an incident. */
async function isMine(manager: EntityManager, { id }: IncidentRow): Promise<boolean> {
  const [{ mine }] = (await manager.query('SELECT pg_try_advisory_xact_lock(hashtext($1)) AS mine', [
    `patchbay auth incident ${id}`,
  ])) as [{ mine: boolean }];
  return mine;
}
