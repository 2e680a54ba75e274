import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { AppError, FieldValues } from '@patchbay/contracts';
import type { CimdOAuthSpec } from '@patchbay/toolkits';
import type { Repository } from 'typeorm';
import { ClientDocuments } from '../oauth/index.js';
import { covers, type OAuthClientApp } from '../schemes/index.js';
import { ToolkitRegistry } from '../toolkits/index.js';
import { Vault } from '../vault/index.js';
import { AuthConfig } from './auth-config.entity.js';

/** Auth configs as accounts use them: the row, and the credentials of its OAuth app. */
@Injectable()
export class AuthConfigStore {
  constructor(
    @InjectRepository(AuthConfig) private readonly configs: Repository<AuthConfig>,
    private readonly documents: ClientDocuments,
    private readonly toolkits: ToolkitRegistry,
    private readonly vault: Vault,
  ) {}

  async row(projectId: string, id: string): Promise<AuthConfig> {
    const row = await this.configs.findOneBy({ projectId, id });
    if (!row) throw new AppError('not_found', `There is no auth config ${id}.`);
    return row;
  }

  /**
   * The OAuth app that a config signs in with, or what stands for it; undefined for schemes that have none.
   * @throws as `requireBound` does
   */
  appOf(config: AuthConfig): OAuthClientApp | undefined {
    if (config.isManaged) return this.toolkits.get(config).managedApp;
    if (config.authScheme === 'CIMD_OAUTH') {
      return this.documents.appFor(this.toolkits.spec(config, config.authScheme) as CimdOAuthSpec);
    }
    this.requireBound(config);
    const credentials = this.credentialsOf(config);
    const clientId = credentials['client_id'] ?? credentials['consumer_key'];
    const clientSecret = credentials['client_secret'] ?? credentials['consumer_secret'];
    return clientId ? { clientId, ...(clientSecret && { clientSecret }) } : undefined;
  }

  credentialsOf(config: AuthConfig): FieldValues {
    if (!config.sealedCredentials) return {};
    return FieldValues.parse(
      this.vault.open('auth_configs.sealed_credentials', config, config.sealedCredentials),
    );
  }

  /**
   * What `appOf` refuses, for uses of an account that need no app: nothing is opened for it.
   * @throws AppError `no_auth_config` when the credentials of the config may not go to where its toolkit is now
   */
  requireBound(config: AuthConfig): void {
    if (config.isManaged || this.isBound(config)) return;
    throw new AppError(
      'no_auth_config',
      `${config.name} was set up for another address than its toolkit has now.`,
      { suggestion: 'Give its credentials again for this address, or make another auth config.' },
    );
  }

  /** Whether the config's credentials may go to the addresses that its toolkit has now. */
  isBound(config: AuthConfig): boolean {
    const isFree = config.authScheme === 'NO_AUTH' || !config.sealedCredentials;
    return isFree || covers(config.boundTo, this.toolkits.origins(config, config.authScheme));
  }
}
