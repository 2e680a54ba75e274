import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { histogram, timed, LOGGER, type Logger } from '@patchbay/service';
import pLimit from 'p-limit';
import { DataSource } from 'typeorm';
import { AuthConfigStore, Connection, ConnectionStore, CredentialVault, REASONS } from '../accounts/index.js';
import {
  type Credential,
  fingerprintOf,
  isAboutClient,
  partOf,
  ProviderRefusal,
  ProviderTrouble,
  refreshTimeOf,
  Schemes,
  type TokenPart,
  withPart,
} from '../schemes/index.js';
import { ToolkitRegistry } from '../toolkits/index.js';
import { ConnectorService } from './connector.service.js';
import { Refresh } from './refresh.entity.js';
import { RefreshClient } from './refresh.client.js';

/** A credential that ends within this time is refreshed before it is used. */
const REFRESH_AHEAD_MS = 60_000;
/** After a failure, an account is not tried again for this long. */
const COOL_DOWN_MS = 5_000;
/** Longer than a provider is given to answer, so that who waits for the row's lock gets the outcome. */
const LOCK_LIMIT_MS = 9_500;
/** Each holds a database connection while the provider answers; the rest of the pool is for other requests. */
const AT_ONCE = 4;
/** How long the sweep retries an account; a call tries it in any case. */
const SWEPT_FOR_MS = 6 * 60 * 60_000;

export type Refreshed = { row: Connection; credential: Credential };

const durations = histogram({
  name: 'patchbay_token_renewal_duration_seconds',
  help: 'Refreshes of credentials at their providers.',
  labelNames: ['outcome'],
});

/**
 * Refreshes credentials, one at a time for an account over all replicas: in this process by sharing the
 * promise, between processes by the row's lock. The second to get the lock finds the new credential.
 */
@Injectable()
export class RefreshService {
  private readonly running = new Map<string, Promise<Refreshed>>();
  private readonly turns = pLimit(AT_ONCE);
  private readonly coolDowns = new Map<string, { until: number; why: AppError }>();

  constructor(
    private readonly authConfigs: AuthConfigStore,
    private readonly connections: ConnectionStore,
    private readonly connector: ConnectorService,
    private readonly client: RefreshClient,
    private readonly dataSource: DataSource,
    private readonly schemes: Schemes,
    private readonly toolkits: ToolkitRegistry,
    private readonly transactions: Transactions,
    private readonly vault: CredentialVault,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * @param stale fingerprint of the token that is to be replaced; another one is good already
   * @param part which of the account's tokens that is, and is answered
   * @throws AppError `no_active_connection` when the account is no longer ACTIVE; `unavailable` when the provider cannot answer;
   * `credential_refused` when it refuses, and the account may still be good
   */
  refresh(id: string, stale: string, part: TokenPart = 'main'): Promise<Refreshed> {
    const key = `${part} ${id}`;
    const shared = this.running.get(key);
    if (shared) return shared;
    const started = this.turns(() => timed(durations, {}, () => this.refreshLocked(id, stale, part))).finally(
      () => this.running.delete(key),
    );
    this.running.set(key, started);
    return started;
  }

  private async refreshLocked(id: string, stale: string, part: TokenPart): Promise<Refreshed> {
    const { until = 0, why } = this.coolDowns.get(id) ?? {};
    if (why && until > Date.now()) throw why;
    const outcome = await this.transactions.run(async (manager, emit) => {
      await manager.query(`SET LOCAL lock_timeout = ${LOCK_LIMIT_MS}`);
      const row = await manager.findOne(Connection, {
        where: { id },
        // Not `pessimistic_write`: the refresh process inserts a row that refers to this one, and would wait for us.
        lock: { mode: 'for_no_key_update' },
      });
      if (!row || row.status !== 'ACTIVE') throw accountNotActive(row);
      row.authConfig = await this.authConfigs.row(row.projectId, row.authConfigId);
      const whole = this.vault.open(row);
      if (!whole) throw accountNotActive(row);
      const credential = partOf(whole, part);
      if (fingerprintOf(credential) !== stale) return { row, credential };
      try {
        const refreshed = withPart(whole, part, await this.askProvider(row, credential));
        const canRefresh = this.connector.canRefresh(row.authConfig, refreshed);
        const sealed = this.vault.seal(row, refreshed, { canRefresh, boundTo: row.boundTo });
        await this.connections.move(manager, emit, row, { status: 'ACTIVE', reason: null, ...sealed });
        await manager.delete(Refresh, { connectionId: row.id });
        return { row, credential: partOf(refreshed, part) };
      } catch (error) {
        if (!(error instanceof ProviderRefusal) || !error.isPermanent) throw error;
        // Under the lock no other replica can have refreshed it: the grant is dead, and a retry would fail too.
        const reason = `${REASONS.permanentAuthError}: ${error.code}: ${error.message}`;
        await this.connections.move(manager, emit, row, { status: 'EXPIRED', reason });
        await manager.delete(Refresh, { connectionId: row.id });
        return { row, credential: undefined };
      }
    });
    if (!outcome.credential) throw accountNotActive(outcome.row);
    return { row: outcome.row, credential: outcome.credential };
  }

  private async askProvider(row: Connection, credential: Credential): Promise<Credential> {
    const { authConfig } = row;
    const spec = this.toolkits.specFor(row);
    const { refresh } = this.schemes.get(authConfig.authScheme);
    try {
      const refreshed = await refresh?.(spec, credential, {
        toolkit: row.toolkit,
        app: this.authConfigs.appOf(authConfig),
        fetch: this.client.fetchFor(row, fingerprintOf(credential)),
      });
      if (refreshed) return refreshed;
    } catch (error) {
      if (error instanceof ProviderTrouble || (error instanceof ProviderRefusal && !error.isPermanent)) {
        // The stored answer was for a killed service; this one has read it, and the next refresh asks the provider again.
        await this.dataSource.manager.delete(Refresh, { connectionId: row.id });
        const why = notRefreshed(this.toolkits.get(row).name, row, error);
        this.coolDown(row.id, why);
        this.logger.warn(
          { connectionId: row.id, reason: error.message },
          'a credential could not be refreshed now',
        );
        throw why;
      }
      throw error;
    }
    // There is no refresh token, and the access token has expired, by its time or by the provider's answer.
    throw new ProviderRefusal('invalid_grant', 'The sign-in has ended and cannot be refreshed.');
  }

  /** Bounded: entries expire within seconds, and expired ones are removed when there are many. */
  private coolDown(id: string, why: AppError): void {
    const now = Date.now();
    if (this.coolDowns.size > 10_000) {
      for (const [key, { until }] of this.coolDowns) if (until < now) this.coolDowns.delete(key);
    }
    this.coolDowns.set(id, { until: now + COOL_DOWN_MS, why });
  }

  /** Accounts whose credential ends soon, for the sweep. */
  async dueNow(limit: number): Promise<Connection[]> {
    return this.dataSource
      .createQueryBuilder(Connection, 'connection')
      .where(`connection.status = 'ACTIVE' AND connection.renew_at BETWEEN :oldest AND now()`, {
        // Those that have failed for so long must not hold up the others.
        oldest: new Date(Date.now() - SWEPT_FOR_MS),
      })
      .orderBy('connection.renew_at')
      .limit(limit)
      .getMany();
  }

  /** Whether a credential must be refreshed before it is used. */
  isDue(credential: Credential, canRefresh: boolean): boolean {
    const due = canRefresh ? refreshTimeOf(credential, REFRESH_AHEAD_MS) : null;
    return due !== null && due.getTime() <= Date.now();
  }
}

function accountNotActive(row: Pick<Connection, 'toolkit' | 'status' | 'statusReason'> | null): AppError {
  const why = row?.statusReason ? ` (${row.statusReason})` : '';
  return new AppError(
    'no_active_connection',
    `The account of ${row?.toolkit ?? 'the toolkit'} is ${row?.status ?? 'gone'}${why}.`,
    {
      suggestion:
        'The user connects it again: COMPOSIO_MANAGE_CONNECTIONS or session.authorize makes a link.',
    },
  );
}

/** The suggestion is a retry while the provider is down; else the OAuth app has to be corrected. */
function notRefreshed(
  name: string,
  { toolkit, authConfigId, authConfig }: Pick<Connection, 'toolkit' | 'authConfigId' | 'authConfig'>,
  error: ProviderRefusal | ProviderTrouble,
): AppError {
  const { message, cause = error } = error;
  if (error instanceof ProviderTrouble && error.kind !== 'unusable') {
    return new AppError('unavailable', `${name} cannot refresh the sign-in at the moment: ${message}`, {
      suggestion: 'Try again in a moment.',
      cause,
    });
  }
  if (error instanceof ProviderRefusal && isAboutClient(error.code)) {
    return new AppError(
      'credential_refused',
      `${name} does not accept the OAuth app that refreshes the sign-in (${error.code}): ${message}`,
      {
        suggestion:
          authConfig.authScheme === 'CIMD_OAUTH'
            ? 'It reads who Patchbay is at an address under PUBLIC_URL: the operator has to see to it that it is reached from there. The account stays as it is, and works again then.'
            : `An administrator of the project has to check the client id and secret of the auth config ${authConfigId} of ${toolkit}. The account stays as it is, and works again once they are right.`,
        cause,
      },
    );
  }
  const code = error instanceof ProviderRefusal ? ` (${error.code})` : '';
  return new AppError('credential_refused', `${name} did not refresh the sign-in${code}: ${message}`, {
    suggestion: `It is asked again at the next call. If it stays so, the user connects ${toolkit} again: COMPOSIO_MANAGE_CONNECTIONS or session.authorize makes a link.`,
    cause,
  });
}
