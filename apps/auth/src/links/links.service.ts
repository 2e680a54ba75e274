import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  FieldValues,
  type createLink,
  type createReconnectLink,
  type followLink,
  type InputOf,
  type Link,
  type LinkView,
  type OutputOf,
} from '@patchbay/contracts';
import { Transactions, violatedIndex } from '@patchbay/database';
import { connectionFieldsOf, isRedirectScheme } from '@patchbay/toolkits';
import { hashToken, newSecretToken } from '@patchbay/vault';
import type { EntityManager, Repository } from 'typeorm';
import {
  aliasTaken,
  allScopesFor,
  type AuthConfig,
  AuthConfigStore,
  type Connection,
  ConnectionStore,
  ConnectLink,
  INITIATION_LIMIT_MS,
  ofAccount,
  toConnection,
} from '../accounts/index.js';
import { recordAct } from '../audit.js';
import { AuthConfigsService } from '../auth-configs/index.js';
import { ConnectorService } from '../credentials/index.js';
import { ClientDocuments } from '../oauth/index.js';
import { ProjectsService } from '../projects/index.js';
import { CONFIG } from '../settings.module.js';
import { ToolkitRegistry } from '../toolkits/index.js';
import { Vault } from '../vault/index.js';
import { requireCallbackAllowed } from './callback-origin.js';
import { LinkQuota } from './link.quota.js';
import { LinkCompletion } from './link.completion.js';
import { SignInService } from './sign-in.service.js';

type LinkSettings = Partial<
  Pick<InputOf<typeof createLink>, 'values' | 'callbackUrl' | 'accountLimit' | 'linkBaseUrl' | 'sessionId'>
>;

@Injectable()
export class LinksService {
  private readonly publicUrl: string;

  constructor(
    @InjectRepository(ConnectLink) private readonly links: Repository<ConnectLink>,
    private readonly authConfigs: AuthConfigsService,
    private readonly configs: AuthConfigStore,
    private readonly connections: ConnectionStore,
    private readonly connector: ConnectorService,
    private readonly documents: ClientDocuments,
    private readonly projects: ProjectsService,
    private readonly completion: LinkCompletion,
    private readonly signIns: SignInService,
    private readonly toolkits: ToolkitRegistry,
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly quota: LinkQuota,
    @Inject(CONFIG) config: { PUBLIC_URL: string },
  ) {
    this.publicUrl = config.PUBLIC_URL;
  }

  async create(input: InputOf<typeof createLink>): Promise<Link> {
    const { projectId, callbackUrl, alias } = input;
    requireCallbackAllowed(await this.projects.settings(projectId), callbackUrl);
    const config = await this.configFor(input);
    this.documents.requireReadable(config.authScheme, config.toolkit);
    try {
      return await this.transactions.run(async (manager, emit) => {
        await this.quota.require(manager, input);
        const connection = await this.connections.begin(manager, emit, config, input);
        await recordAct(emit, { action: 'connect_link.created', ...ofAccount(connection) });
        return this.insert(manager, connection, input);
      });
    } catch (error) {
      if (violatedIndex(error) !== 'connected_accounts_alias') throw error;
      throw aliasTaken(alias, error);
    }
  }

  async createForReconnect({
    projectId,
    id,
    callbackUrl,
  }: InputOf<typeof createReconnectLink>): Promise<Link> {
    requireCallbackAllowed(await this.projects.settings(projectId), callbackUrl);
    const connection = await this.connections.row(projectId, id);
    if (connection.status === 'INACTIVE' || !connection.authConfig.enabled) {
      throw new AppError('invalid_request', 'The account or its auth config is disabled: enable it first.');
    }
    this.documents.requireReadable(connection.authConfig.authScheme, connection.toolkit);
    return this.transactions.run(async (manager, emit) => {
      await this.quota.require(manager, connection);
      await recordAct(emit, { action: 'connect_link.created_to_reconnect', ...ofAccount(connection) });
      return this.insert(manager, connection, { callbackUrl });
    });
  }

  /** The accounts of these links expire, as all whose sign-in is never finished. */
  async endOfSession(projectId: string, sessionId: string): Promise<void> {
    await this.links.delete({ projectId, sessionId });
  }

  async get(token: string): Promise<LinkView> {
    const link = await this.usable(token);
    const { connection } = link;
    await this.transactions.run((manager, emit) => this.connections.markInitiated(manager, emit, connection));
    const { authConfig } = connection;
    const spec = this.toolkits.spec(connection, authConfig.authScheme);
    const { showLinkPage, bindSignInToBrowser } = await this.projects.settings(connection.projectId);
    const given = this.valuesOf(link);
    const quality = this.toolkits.quality(connection);
    const fields = connectionFieldsOf(spec).filter(({ name }) => !given[name]);
    return {
      toolkit: this.toolkits.view(connection),
      ...(await this.projects.view(connection.projectId)),
      signInOrigin: 'authorizationUrl' in spec ? originOf(spec.authorizationUrl) : null,
      scopes: 'scopes' in spec ? allScopesFor(this.toolkits.get(connection), authConfig.settings, spec) : [],
      fields,
      helpUrl: spec.helpUrl ?? null,
      showPage: showLinkPage || fields.length > 0 || !isRedirectScheme(authConfig.authScheme),
      bindsBrowser: bindSignInToBrowser && isRedirectScheme(authConfig.authScheme),
      ...(quality && { quality }),
      expiresAt: link.expiresAt.toISOString(),
    };
  }

  async follow({
    token,
    values: entered,
    browser,
  }: InputOf<typeof followLink>): Promise<OutputOf<typeof followLink>> {
    const link = await this.usable(token);
    const { authConfig, projectId } = link.connection;
    // What was given when the link was made stands: the person was not asked for it.
    const values = { ...entered, ...this.valuesOf(link) };
    if (isRedirectScheme(authConfig.authScheme)) {
      if (!browser && (await this.projects.settings(projectId)).bindSignInToBrowser) {
        throw new AppError('invalid_request', 'Your browser did not keep the cookie of this sign-in.', {
          suggestion: 'Allow cookies for this site, and open the link again.',
        });
      }
      const complete = this.connector.readFields(authConfig, values);
      return { redirectUrl: await this.signIns.begin(link, complete, browser) };
    }
    const boundTo = this.toolkits.origins(authConfig, authConfig.authScheme);
    const credential = await this.connector.fromForm(authConfig, values);
    const displayName = await this.connector.check(authConfig, credential);
    return { outcome: await this.completion.succeed(link, credential, { displayName, boundTo }) };
  }

  private async configFor({
    projectId,
    toolkit,
    authConfigId,
  }: InputOf<typeof createLink>): Promise<AuthConfig> {
    if (!authConfigId) {
      if (!toolkit) throw new AppError('invalid_request', 'Either a toolkit or an auth config is needed.');
      return this.authConfigs.forNewConnection(projectId, toolkit);
    }
    const config = await this.configs.row(projectId, authConfigId);
    if (toolkit && config.toolkit !== toolkit) {
      throw new AppError('not_found', `There is no auth config ${authConfigId} for ${toolkit}.`);
    }
    if (!config.enabled)
      throw new AppError('invalid_request', `The auth config ${authConfigId} is disabled.`);
    if (config.authScheme === 'NO_AUTH') {
      throw new AppError('toolkit_needs_no_account', `${config.toolkit} needs no account.`);
    }
    return config;
  }

  private async insert(
    manager: EntityManager,
    connection: Connection,
    { values = {}, callbackUrl, accountLimit, linkBaseUrl, sessionId }: LinkSettings,
  ): Promise<Link> {
    const token = newSecretToken('lk_');
    const expiresAt = new Date(Date.now() + INITIATION_LIMIT_MS);
    await manager.insert(ConnectLink, {
      tokenSha256: hashToken(token),
      connectionId: connection.id,
      projectId: connection.projectId,
      userId: connection.userId,
      sessionId: sessionId ?? null,
      sealedValues: this.vault.seal('connect_links.sealed_values', connection, values),
      callbackUrl: callbackUrl ?? null,
      accountLimit: accountLimit ?? null,
      usedAt: null,
      expiresAt,
    });
    return {
      token,
      url: `${(linkBaseUrl ?? this.publicUrl).replace(/\/+$/, '')}/link/${token}`,
      connection: toConnection(connection),
      expiresAt: expiresAt.toISOString(),
    };
  }

  private valuesOf(link: ConnectLink): FieldValues {
    return FieldValues.parse(
      this.vault.open('connect_links.sealed_values', link.connection, link.sealedValues),
    );
  }

  private async usable(token: string): Promise<ConnectLink> {
    const link = await this.links.findOne({
      where: { tokenSha256: hashToken(token) },
      relations: { connection: { authConfig: true } },
    });
    if (!link) throw new AppError('link_not_usable', 'This link is not valid.');
    if (link.usedAt) throw new AppError('link_not_usable', 'This link was used already.');
    if (!link.connection.authConfig.enabled) {
      throw new AppError('link_not_usable', 'Accounts of this kind cannot be connected at the moment.');
    }
    if (!this.completion.isUsable(link)) throw new AppError('link_not_usable', 'This link has expired.');
    return link;
  }
}

/** Of an address that may still have placeholders in its host. */
function originOf(address: string): string {
  return /^https?:\/\/[^/]+/.exec(address)?.[0] ?? address;
}
