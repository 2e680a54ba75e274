import { Injectable } from '@nestjs/common';
import {
  connectionChanged,
  type AuthConfig as AuthConfigView,
  type deleteAuthConfig,
  type InputOf,
  type setAuthConfigEnabled,
} from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import {
  AuthConfig,
  AuthConfigStore,
  changeOf,
  Connection,
  ConnectionStore,
  ofAccount,
  REASONS,
} from '../accounts/index.js';
import { recordAct } from '../audit.js';
import { RevocationService } from '../credentials/index.js';
import { covers } from '../schemes/index.js';
import { ToolkitRegistry } from '../toolkits/index.js';
import { AuthConfigsService, ofConfig } from './auth-configs.service.js';

/** The toolkit went elsewhere while they were disabled. */
const MOVED = { status: 'EXPIRED', reason: REASONS.addressChanged } as const;

/** What happens to the accounts of an auth config when the config is switched off, on, or deleted. */
@Injectable()
export class ConfigLifecycleService {
  constructor(
    private readonly authConfigs: AuthConfigsService,
    private readonly configs: AuthConfigStore,
    private readonly connections: ConnectionStore,
    private readonly revocation: RevocationService,
    private readonly toolkits: ToolkitRegistry,
    private readonly transactions: Transactions,
  ) {}

  async setEnabled({
    projectId,
    id,
    enabled,
  }: InputOf<typeof setAuthConfigEnabled>): Promise<AuthConfigView> {
    const config = await this.configs.row(projectId, id);
    await this.transactions.run(async (manager, emit) => {
      await manager.update(AuthConfig, { id }, { enabled, updatedAt: new Date() });
      const verb = enabled ? 'enabled' : 'disabled';
      await recordAct(emit, { action: `auth_config.${verb}`, ...ofConfig({ id, projectId }) });
      const affected = await manager.findBy(Connection, {
        authConfigId: id,
        status: enabled ? 'INACTIVE' : 'ACTIVE',
        // Accounts that were disabled one by one stay disabled.
        ...(enabled && { statusReason: REASONS.configDisabled }),
      });
      const change = enabled
        ? ({ status: 'ACTIVE', reason: null } as const)
        : ({ status: 'INACTIVE', reason: REASONS.configDisabled } as const);
      for (const row of affected) {
        const isMoved = enabled && !covers(row.boundTo, this.toolkits.origins(config, config.authScheme));
        await this.connections.move(manager, emit, row, isMoved ? MOVED : change);
        await recordAct(emit, {
          action: isMoved ? 'connected_account.updated' : `connected_account.${verb}`,
          ...ofAccount(row),
          reason: isMoved ? MOVED.reason : 'with its auth config',
        });
      }
    });
    return this.authConfigs.get(projectId, id);
  }

  /** @returns how many accounts went with it */
  async delete({
    projectId,
    id,
    revoke,
  }: InputOf<typeof deleteAuthConfig>): Promise<{ id: string; accounts: number }> {
    const config = await this.configs.row(projectId, id);
    const accounts = await this.transactions.run(async (manager, emit) => {
      const accounts = await manager.findBy(Connection, { authConfigId: id });
      for (const row of accounts) {
        row.authConfig = config;
        if (revoke && row.status === 'ACTIVE') await this.revocation.tryRevoke(row);
        await emit(connectionChanged, projectId, {
          ...changeOf(row),
          status: null,
          reason: 'auth config deleted',
        });
        await recordAct(emit, {
          action: 'connected_account.deleted',
          ...ofAccount(row),
          reason: 'with its auth config',
        });
      }
      await manager.delete(AuthConfig, { id });
      await recordAct(emit, { action: 'auth_config.deleted', ...ofConfig(config) });
      return accounts.length;
    });
    return { id, accounts };
  }
}
