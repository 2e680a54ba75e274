import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  FieldValues,
  newId,
  type AuthConfig as AuthConfigView,
  type AuthScheme,
  type createAuthConfig,
  type InputOf,
  type listAuthConfigs,
  type Page,
  type updateAuthConfig,
} from '@patchbay/contracts';
import { pageByTime, Transactions } from '@patchbay/database';
import { fieldsGiven } from '@patchbay/service';
import { configFieldsOf, type InstalledToolkit } from '@patchbay/toolkits';
import type { Repository } from 'typeorm';
import { AuthConfig, AuthConfigStore, Connection, readScopes } from '../accounts/index.js';
import { recordAct } from '../audit.js';
import { KeyringService } from '../keyring/index.js';
import { ClientDocuments } from '../oauth/index.js';
import { specOf, ToolkitRegistry } from '../toolkits/index.js';
import { Vault } from '../vault/index.js';
import { applySettings } from './config-settings.js';
import { firstScheme, managedScheme, noAuthConfig, schemeWithoutApp } from './default-scheme.js';

@Injectable()
export class AuthConfigsService {
  constructor(
    @InjectRepository(AuthConfig) private readonly configs: Repository<AuthConfig>,
    @InjectRepository(Connection) private readonly connections: Repository<Connection>,
    private readonly documents: ClientDocuments,
    private readonly keyring: KeyringService,
    private readonly store: AuthConfigStore,
    private readonly toolkits: ToolkitRegistry,
    private readonly transactions: Transactions,
    private readonly vault: Vault,
  ) {}

  async create(input: InputOf<typeof createAuthConfig>): Promise<AuthConfigView> {
    const toolkit = this.toolkits.get(input);
    const scheme = input.isManaged
      ? managedScheme(toolkit)
      : (input.authScheme ?? firstScheme(toolkit, this.documents));
    if (scheme !== 'NO_AUTH') specOf(toolkit, scheme);
    const credentials = (await this.given(input)) ?? {};
    this.checkCredentials(toolkit, scheme, input.isManaged, credentials);
    const now = new Date();
    const row = this.configs.create({
      id: newId('authConfig'),
      projectId: input.projectId,
      toolkit: toolkit.slug,
      authScheme: scheme,
      isManaged: input.isManaged,
      name: input.name ?? `${toolkit.name} (${input.isManaged ? 'managed' : scheme})`,
      enabled: true,
      sealedCredentials: null,
      boundTo: null,
      settings: { scopes: null, userScopes: null, allowedTools: null, toolsForConnecting: null },
      isEnabledForSessions: true,
      createdAt: now,
      updatedAt: now,
    });
    this.applyCredentials(row, credentials);
    applySettings(row, input);
    await this.keep('auth_config.created', row, input);
    return this.toView(row, 0);
  }

  async list(input: InputOf<typeof listAuthConfigs>): Promise<Page<AuthConfigView>> {
    const query = this.configs
      .createQueryBuilder('config')
      .where('config.project_id = :projectId', { projectId: input.projectId });
    if (!input.includeDisabled) query.andWhere('config.enabled');
    if (input.toolkits) query.andWhere('config.toolkit = ANY(:toolkits)', { toolkits: input.toolkits });
    if (input.isManaged !== undefined)
      query.andWhere('config.is_managed = :managed', { managed: input.isManaged });
    if (input.search) {
      query.andWhere('strpos(lower(config.name || config.id || config.toolkit), lower(:search)) > 0', {
        search: input.search,
      });
    }
    const page = await pageByTime(query, 'config', input);
    const counts = await this.countConnections(page.items.map(({ id }) => id));
    return { ...page, items: page.items.map((row) => this.toView(row, counts.get(row.id) ?? 0)) };
  }

  async get(projectId: string, id: string): Promise<AuthConfigView> {
    const row = await this.store.row(projectId, id);
    return this.toView(row, (await this.countConnections([id])).get(id) ?? 0);
  }

  async update(input: InputOf<typeof updateAuthConfig>): Promise<AuthConfigView> {
    const row = await this.store.row(input.projectId, input.id);
    if (row.isManaged !== input.isManaged) {
      throw new AppError(
        'invalid_request',
        `The auth config is ${row.isManaged ? 'a managed' : 'a custom'} one.`,
        {
          issues: [`type: must be ${row.isManaged ? 'default' : 'custom'}`],
        },
      );
    }
    // A secret that was given for another address is not sent to the toolkit's present one: it has to be given again.
    const kept = this.store.isBound(row) ? this.store.credentialsOf(row) : {};
    const merged = { ...kept, ...(await this.given(input)) };
    this.checkCredentials(this.toolkits.get(row), row.authScheme, row.isManaged, merged);
    this.applyCredentials(row, merged);
    applySettings(row, input);
    row.updatedAt = new Date();
    await this.keep('auth_config.updated', row, input);
    return this.get(row.projectId, row.id);
  }

  private keep(
    action: 'auth_config.created' | 'auth_config.updated',
    row: AuthConfig,
    input: object,
  ): Promise<void> {
    return this.transactions.run(async (manager, emit) => {
      await manager.save(AuthConfig, row);
      await recordAct(emit, { action, ...ofConfig(row), changed: fieldsGiven(input) });
    });
  }

  /** The config a new connection uses (docs/api/connected-accounts.md#which-account-a-call-uses): one that serves sessions already, else a new one. */
  async forNewConnection(projectId: string, slug: string): Promise<AuthConfig> {
    const toolkit = this.toolkits.get({ projectId, toolkit: slug });
    if (!toolkit.auth) {
      throw new AppError(
        'toolkit_needs_no_account',
        `${toolkit.name} needs no account: its tools work without one.`,
      );
    }
    const kept = await this.configs.findOne({
      where: { projectId, toolkit: slug, enabled: true, isEnabledForSessions: true },
      order: { createdAt: 'DESC' },
    });
    if (kept) return kept;
    const scheme = toolkit.managedApp ? undefined : schemeWithoutApp(toolkit, this.documents);
    if (!toolkit.managedApp && !scheme) throw noAuthConfig(toolkit);
    const isManaged = toolkit.managedApp !== undefined;
    const { id } = await this.create({ projectId, toolkit: slug, isManaged, authScheme: scheme });
    return this.store.row(projectId, id);
  }

  /** What came in the open and what came sealed. */
  private async given({
    credentials,
    sealedCredentials,
  }: Pick<InputOf<typeof createAuthConfig>, 'credentials' | 'sealedCredentials'>): Promise<
    FieldValues | undefined
  > {
    if (!sealedCredentials) return credentials;
    const twice = Object.keys(sealedCredentials).filter((name) => credentials?.[name] !== undefined);
    if (twice.length > 0) {
      const issues = twice.map((name) => `sealed_credentials.${name}: is among the credentials, too`);
      throw new AppError('invalid_request', `Invalid input: ${issues.join('; ')}`, { issues });
    }
    return { ...credentials, ...(await this.keyring.open(sealedCredentials)) };
  }

  /** An empty value clears; of scopes it asks for none. */
  private applyCredentials(row: AuthConfig, credentials: FieldValues): void {
    const { scopes, user_scopes: userScopes, ...rest } = credentials;
    if (scopes !== undefined) row.settings.scopes = readScopes(scopes);
    if (userScopes !== undefined) row.settings.userScopes = readScopes(userScopes);
    const kept = removeEmpty(rest);
    row.sealedCredentials =
      Object.keys(kept).length > 0 ? this.vault.seal('auth_configs.sealed_credentials', row, kept) : null;
    row.boundTo = row.authScheme === 'NO_AUTH' ? null : this.toolkits.origins(row, row.authScheme);
  }

  private checkCredentials(
    toolkit: InstalledToolkit,
    scheme: AuthScheme,
    isManaged: boolean,
    credentials: FieldValues,
  ): void {
    if (isManaged || scheme === 'NO_AUTH') return;
    const fields = configFieldsOf(specOf(toolkit, scheme));
    const issues = fields
      .filter(({ name, required }) => required && !credentials[name])
      .map(({ name }) => `credentials.${name}: is required`);
    if (issues.length > 0) {
      throw new AppError('invalid_request', `Missing credentials: ${issues.join('; ')}`, { issues });
    }
    if (scheme === 'CIMD_OAUTH' && credentials['oauth_redirect_uri']) {
      throw new AppError('invalid_request', 'The document that describes Patchbay names its own callback.', {
        issues: ['credentials.oauth_redirect_uri: cannot be given with CIMD_OAUTH'],
      });
    }
  }

  private async countConnections(ids: string[]): Promise<Map<string, number>> {
    if (ids.length === 0) return new Map();
    const rows: { id: string; count: string }[] = await this.connections
      .createQueryBuilder('connection')
      .select('connection.auth_config_id', 'id')
      .addSelect('count(*)', 'count')
      .where('connection.auth_config_id = ANY(:ids)', { ids })
      .groupBy('connection.auth_config_id')
      .getRawMany();
    return new Map(rows.map(({ id, count }) => [id, Number(count)]));
  }

  private toView(row: AuthConfig, connectionCount: number): AuthConfigView {
    const credentials = this.store.credentialsOf(row);
    const isShown = (name: string) =>
      name === 'client_id' || name === 'consumer_key' || name === 'oauth_redirect_uri';
    const names = Object.keys(credentials);
    return {
      id: row.id,
      toolkit: row.toolkit,
      name: row.name,
      authScheme: row.authScheme,
      isManaged: row.isManaged,
      enabled: row.enabled,
      credentials: Object.fromEntries(Object.entries(credentials).filter(([name]) => isShown(name))),
      secretCredentials: names.filter((name) => !isShown(name)),
      ...row.settings,
      isEnabledForSessions: row.isEnabledForSessions,
      connectionCount,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  }
}

/** What an act on a config is about. */
export function ofConfig({ id, projectId }: Pick<AuthConfig, 'id' | 'projectId'>) {
  return { projectId, target: { type: 'auth_config', id } } as const;
}

function removeEmpty(values: FieldValues): FieldValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
