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
  renewalTimeOf,
  Schemes,
  type TokenPart,
  withPart,
} from '../schemes/index.js';
import { ToolkitRegistry } from '../toolkits/index.js';
import { ConnectorService } from './connector.service.js';
import { Renewal } from './renewal.entity.js';
import { TokenCourier } from './token.courier.js';

/** A credential that ends within this time is renewed before it is used. */
const RENEW_AHEAD_MS = 60_000;
/** After the provider could not answer, an account is left alone for this long. */
const COOL_DOWN_MS = 5_000;
/** Longer than a provider is given to answer: whoever waits for the row's lock gets the outcome. */
const LOCK_LIMIT_MS = 9_500;
/** Each holds a connection to the database while the provider answers; the others are for everybody else. */
const AT_ONCE = 4;
/** How long the sweep goes on trying an account; a call tries it in any case. */
const SWEPT_FOR_MS = 6 * 60 * 60_000;

export type Renewed = { row: Connection; credential: Credential };

const renewals = histogram({
  name: 'patchbay_token_renewal_duration_seconds',
  help: 'Renewals of credentials at their providers.',
  labelNames: ['outcome'],
});

/**
 * Renews credentials, one at a time for an account over all replicas: in this process by sharing the
 * promise, between processes by the row's lock. Whoever gets the lock second finds the new credential.
 */
@Injectable()
export class RenewalService {
  private readonly running = new Map<string, Promise<Renewed>>();
  private readonly turns = pLimit(AT_ONCE);
  private readonly coolDowns = new Map<string, { until: number; why: AppError }>();

  constructor(
    private readonly authConfigs: AuthConfigStore,
    private readonly connections: ConnectionStore,
    private readonly connector: ConnectorService,
    private readonly courier: TokenCourier,
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
   * @throws AppError `no_active_connection` when the account is over; `unavailable` when the provider cannot answer;
   * `credential_refused` when it does not accept what renews it, and the account may not be over
   */
  renew(id: string, stale: string, part: TokenPart = 'main'): Promise<Renewed> {
    const key = `${part} ${id}`;
    const shared = this.running.get(key);
    if (shared) return shared;
    const renewal = this.turns(() => timed(renewals, {}, () => this.renewAlone(id, stale, part))).finally(
      () => this.running.delete(key),
    );
    this.running.set(key, renewal);
    return renewal;
  }

  private async renewAlone(id: string, stale: string, part: TokenPart): Promise<Renewed> {
    const { until = 0, why } = this.coolDowns.get(id) ?? {};
    if (why && until > Date.now()) throw why;
    const outcome = await this.transactions.run(async (manager, emit) => {
      await manager.query(`SET LOCAL lock_timeout = ${LOCK_LIMIT_MS}`);
      const row = await manager.findOne(Connection, {
        where: { id },
        // Not `pessimistic_write`: the courier's row refers to this one, and would wait for us.
        lock: { mode: 'for_no_key_update' },
      });
      if (!row || row.status !== 'ACTIVE') throw accountOver(row);
      row.authConfig = await this.authConfigs.row(row.projectId, row.authConfigId);
      const whole = this.vault.open(row);
      if (!whole) throw accountOver(row);
      const credential = partOf(whole, part);
      if (fingerprintOf(credential) !== stale) return { row, credential };
      try {
        const renewed = withPart(whole, part, await this.askProvider(row, credential));
        const canRenew = this.connector.canRenew(row.authConfig, renewed);
        const sealed = this.vault.seal(row, renewed, { canRenew, boundTo: row.boundTo });
        await this.connections.move(manager, emit, row, { status: 'ACTIVE', reason: null, ...sealed });
        await manager.delete(Renewal, { connectionId: row.id });
        return { row, credential: partOf(renewed, part) };
      } catch (error) {
        if (!(error instanceof ProviderRefusal) || !error.isPermanent) throw error;
        // Under the lock nobody else can have renewed it: the grant is dead, and every repeat would be too.
        const reason = `${REASONS.permanentAuthError}: ${error.code}: ${error.message}`;
        await this.connections.move(manager, emit, row, { status: 'EXPIRED', reason });
        await manager.delete(Renewal, { connectionId: row.id });
        return { row, credential: undefined };
      }
    });
    if (!outcome.credential) throw accountOver(outcome.row);
    return { row: outcome.row, credential: outcome.credential };
  }

  private async askProvider(row: Connection, credential: Credential): Promise<Credential> {
    const { authConfig } = row;
    const spec = this.toolkits.specFor(row);
    const { renew } = this.schemes.get(authConfig.authScheme);
    try {
      const renewed = await renew?.(spec, credential, {
        toolkit: row.toolkit,
        app: this.authConfigs.appOf(authConfig),
        fetch: this.courier.fetchFor(row, fingerprintOf(credential)),
      });
      if (renewed) return renewed;
    } catch (error) {
      if (error instanceof ProviderTrouble || (error instanceof ProviderRefusal && !error.isPermanent)) {
        // Kept for a service that was killed: this one has read it, and the next time the provider is asked anew.
        await this.dataSource.manager.delete(Renewal, { connectionId: row.id });
        const why = notRenewed(this.toolkits.get(row).name, row, error);
        this.rest(row.id, why);
        this.logger.warn(
          { connectionId: row.id, reason: error.message },
          'a credential could not be renewed now',
        );
        throw why;
      }
      throw error;
    }
    // There is nothing to renew it with, and the provider or the clock says that it is over.
    throw new ProviderRefusal('invalid_grant', 'The sign-in has ended and cannot be renewed.');
  }

  /** Bounded by itself: an entry is of use for seconds, and swept when there are many. */
  private rest(id: string, why: AppError): void {
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
        // Those that could not be renewed for so long must not keep the others from their turn.
        oldest: new Date(Date.now() - SWEPT_FOR_MS),
      })
      .orderBy('connection.renew_at')
      .limit(limit)
      .getMany();
  }

  /** Whether a credential must be renewed before it is used. */
  isDue(credential: Credential, canRenew: boolean): boolean {
    const due = canRenew ? renewalTimeOf(credential, RENEW_AHEAD_MS) : null;
    return due !== null && due.getTime() <= Date.now();
  }
}

function accountOver(row: Pick<Connection, 'toolkit' | 'status' | 'statusReason'> | null): AppError {
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

/** Who can help: time, when the provider is away; else whoever set the app up, and no repeat. */
function notRenewed(
  name: string,
  { toolkit, authConfigId }: Pick<Connection, 'toolkit' | 'authConfigId'>,
  error: ProviderRefusal | ProviderTrouble,
): AppError {
  const { message, cause = error } = error;
  if (error instanceof ProviderTrouble && error.kind !== 'unusable') {
    return new AppError('unavailable', `${name} cannot renew the sign-in at the moment: ${message}`, {
      suggestion: 'Try again in a moment.',
      cause,
    });
  }
  if (error instanceof ProviderRefusal && isAboutClient(error.code)) {
    return new AppError(
      'credential_refused',
      `${name} does not accept the OAuth app that renews the sign-in (${error.code}): ${message}`,
      {
        suggestion: `Whoever manages the auth config ${authConfigId} of ${toolkit} checks its client id and secret. The account stays as it is, and goes on once that is right.`,
        cause,
      },
    );
  }
  const code = error instanceof ProviderRefusal ? ` (${error.code})` : '';
  return new AppError('credential_refused', `${name} did not renew the sign-in${code}: ${message}`, {
    suggestion: `It is asked again at the next call. If it stays so, the user connects ${toolkit} again: COMPOSIO_MANAGE_CONNECTIONS or session.authorize makes a link.`,
    cause,
  });
}
