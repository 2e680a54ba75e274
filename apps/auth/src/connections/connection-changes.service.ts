import { Injectable } from '@nestjs/common';
import {
  AccessList,
  AppError,
  connectionChanged,
  type Connection as ConnectionView,
  type ConnectionDetail,
  type createConnection,
  type deleteConnection,
  type FieldValues,
  type InputOf,
  type OutputOf,
  type revokeConnection,
  type setConnectionEnabled,
  type updateConnection,
} from '@patchbay/contracts';
import { Transactions, violatedIndex } from '@patchbay/database';
import { fieldsGiven } from '@patchbay/service';
import { connectionFieldsOf } from '@patchbay/toolkits';
import type { EntityManager } from 'typeorm';
import {
  accessListNeedsShared,
  aliasTaken,
  AuthConfigStore,
  changeOf,
  Connection,
  ConnectionStore,
  CredentialVault,
  ofAccount,
  REASONS,
  toConnection,
} from '../accounts/index.js';
import { recordAct } from '../audit.js';
import { ConnectorService, readImportedTokens, RevocationService } from '../credentials/index.js';
import { ProjectsService } from '../projects/index.js';
import { addressesOf, covers } from '../schemes/index.js';
import { ToolkitRegistry } from '../toolkits/index.js';
import { ConnectionsService } from './connections.service.js';

/** Schemes whose credential was entered by hand and can be entered again. */
const ENTERED = new Set([
  'API_KEY',
  'BEARER_TOKEN',
  'BASIC',
  'BASIC_WITH_JWT',
  'GOOGLE_SERVICE_ACCOUNT',
  'SERVICE_ACCOUNT',
]);

/** What developers do to their users' accounts. */
@Injectable()
export class ConnectionChangesService {
  constructor(
    private readonly authConfigs: AuthConfigStore,
    private readonly connections: ConnectionsService,
    private readonly store: ConnectionStore,
    private readonly connector: ConnectorService,
    private readonly projects: ProjectsService,
    private readonly revocation: RevocationService,
    private readonly toolkits: ToolkitRegistry,
    private readonly transactions: Transactions,
    private readonly vault: CredentialVault,
  ) {}

  async create(input: InputOf<typeof createConnection>): Promise<ConnectionDetail> {
    const config = await this.authConfigs.row(input.projectId, input.authConfigId);
    if (!config.enabled) throw new AppError('invalid_request', `The auth config ${config.id} is disabled.`);
    const boundTo = this.toolkits.origins(config, config.authScheme);
    const credential =
      readImportedTokens(input.values) ?? (await this.connector.fromForm(config, input.values));
    const displayName = input.validate ? await this.connector.check(config, credential) : null;
    try {
      const row = await this.transactions.run(async (manager, emit) => {
        const begun = await this.store.begin(manager, emit, config, input);
        const canRefresh = this.connector.canRefresh(config, credential);
        const sealed = this.vault.seal(begun, credential, { canRefresh, boundTo });
        await this.store.move(manager, emit, begun, {
          status: 'ACTIVE',
          reason: null,
          displayName,
          ...sealed,
        });
        const act = { action: 'connected_account.created', ...ofAccount(begun) } as const;
        await recordAct(emit, { ...act, changed: fieldsGiven(input) });
        return begun;
      });
      return await this.connections.get(row.projectId, row.id);
    } catch (error) {
      if (violatedIndex(error) !== 'connected_accounts_alias') throw error;
      throw aliasTaken(input.alias, error);
    }
  }

  async update(input: InputOf<typeof updateConnection>): Promise<ConnectionView> {
    const row = await this.store.row(input.projectId, input.id);
    const changes: Partial<Connection> = {
      updatedAt: new Date(),
      ...(input.alias !== undefined && { alias: input.alias || null }),
      ...(input.values && (await this.reenter(row, input.values, input.authScheme))),
    };
    try {
      await this.transactions.run(async (manager, emit) => {
        Object.assign(changes, await this.sharing(manager, input));
        await manager.update(Connection, { id: row.id }, changes);
        const { status = row.status, statusReason: reason = row.statusReason } = changes;
        await emit(connectionChanged, row.projectId, { ...changeOf(row), status, reason });
        const act = { action: 'connected_account.updated', ...ofAccount(row) } as const;
        await recordAct(emit, { ...act, changed: fieldsGiven(input) });
      });
    } catch (error) {
      if (violatedIndex(error) !== 'connected_accounts_alias') throw error;
      throw aliasTaken(input.alias, error);
    }
    return toConnection(Object.assign(row, changes));
  }

  async setEnabled(input: InputOf<typeof setConnectionEnabled>): Promise<ConnectionView> {
    const row = await this.store.row(input.projectId, input.id);
    const from = input.enabled ? 'INACTIVE' : 'ACTIVE';
    const to = input.enabled ? 'ACTIVE' : 'INACTIVE';
    if (row.status === to) return toConnection(row);
    if (row.status !== from) {
      throw new AppError(
        'invalid_request',
        `The account is ${row.status}; only an ${from} one can become ${to}.`,
      );
    }
    if (input.enabled && !row.authConfig.enabled) {
      throw new AppError('invalid_request', 'The auth config of this account is disabled: enable it first.');
    }
    if (input.enabled) this.toolkits.specFor(row);
    const reason = input.enabled ? null : (input.reason ?? REASONS.updatedByUser);
    const action = `connected_account.${input.enabled ? 'enabled' : 'disabled'}` as const;
    await this.transactions.run(async (manager, emit) => {
      await this.store.move(manager, emit, row, { status: to, reason });
      await recordAct(emit, { action, ...ofAccount(row) });
    });
    return toConnection(row);
  }

  async revoke(input: InputOf<typeof revokeConnection>): Promise<OutputOf<typeof revokeConnection>> {
    const row = await this.store.row(input.projectId, input.id);
    if (row.status === 'REVOKED') return { connection: toConnection(row), revoked: [] };
    if (row.status !== 'ACTIVE') throw new AppError('conflict', `The account is ${row.status}, not ACTIVE.`);
    const revoked = await this.revocation.revoke(row);
    const change = {
      status: 'REVOKED',
      reason: REASONS.revokedByUser,
      sealedCredential: null,
      refreshAt: null,
    } as const;
    await this.transactions.run(async (manager, emit) => {
      await this.store.move(manager, emit, row, change);
      await recordAct(emit, { action: 'connected_account.revoked', ...ofAccount(row), changed: revoked });
    });
    return { connection: toConnection(row), revoked };
  }

  async delete(input: InputOf<typeof deleteConnection>): Promise<{ id: string }> {
    const row = await this.store.row(input.projectId, input.id);
    const { alwaysRevokeOnDelete } = await this.projects.settings(row.projectId);
    if ((input.revoke || alwaysRevokeOnDelete) && row.status === 'ACTIVE')
      await this.revocation.tryRevoke(row);
    await this.transactions.run(async (manager, emit) => {
      await manager.delete(Connection, { id: row.id });
      await emit(connectionChanged, row.projectId, { ...changeOf(row), status: null, reason: 'deleted' });
      await recordAct(emit, { action: 'connected_account.deleted', ...ofAccount(row) });
    });
    return { id: row.id };
  }

  /** Who may use it from now on. Read under a lock: of two changes at once neither undoes what the other forbids. */
  private async sharing(
    manager: EntityManager,
    { projectId, id, accountType, accessList }: InputOf<typeof updateConnection>,
  ): Promise<Partial<Connection>> {
    if (!accountType && !accessList) return {};
    const row = await this.store.locked(manager, projectId, id);
    const type = accountType ?? row.accountType;
    if (accessList && type !== 'SHARED') throw accessListNeedsShared();
    return {
      accountType: type,
      accessList: type === 'SHARED' ? { ...row.accessList, ...accessList } : AccessList.parse({}),
    };
  }

  private async reenter(
    row: Connection,
    values: Record<string, string | null>,
    scheme: string | undefined,
  ): Promise<Partial<Connection>> {
    const { authScheme } = row.authConfig;
    if (!ENTERED.has(authScheme) || (scheme && scheme !== authScheme)) {
      throw new AppError(
        'invalid_request',
        `The credential of a ${authScheme} account cannot be changed so.`,
        {
          issues: [
            `connection.state.authScheme: must be ${authScheme}, of a credential that is entered by hand`,
          ],
        },
      );
    }
    const boundTo = this.toolkits.origins(row, authScheme);
    const merged = { ...this.keptValues(row, values), ...values };
    const kept = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
    const credential = await this.connector.fromForm(row.authConfig, kept);
    const canRefresh = this.connector.canRefresh(row.authConfig, credential);
    const isBack = row.status === 'EXPIRED' && row.statusReason === REASONS.addressChanged;
    return {
      ...this.vault.seal(row, credential, { canRefresh, boundTo }),
      ...(isBack && { status: 'ACTIVE' as const, statusReason: null, connectedAt: new Date() }),
    };
  }

  /** What stays of an account that is entered again: no secret where its address becomes another one. */
  private keptValues(row: Connection, values: Record<string, string | null>): FieldValues {
    const before = this.vault.open(row)?.values ?? {};
    const { authScheme } = row.authConfig;
    const spec = this.toolkits.spec(row, authScheme);
    const addresses = addressesOf(this.toolkits.get(row), spec);
    const isNamed = (name: string) => addresses.some((address) => address.includes(`{${name}}`));
    const isMoved =
      !covers(row.boundTo, this.toolkits.origins(row, authScheme)) ||
      Object.entries(values).some(([name, value]) => isNamed(name) && value !== before[name]);
    if (!isMoved) return before;
    const open = connectionFieldsOf(spec).filter(({ secret }) => !secret);
    return Object.fromEntries(open.flatMap(({ name }) => (before[name] ? [[name, before[name]]] : [])));
  }
}
