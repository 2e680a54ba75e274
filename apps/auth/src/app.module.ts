import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseModule } from '@patchbay/database';
import { LOGGER, OutboundClient, warnOfUnnamedHosts, type Logger } from '@patchbay/service';
import { installedToolkits } from '@patchbay/toolkits';
import { AuthConfigsController } from './auth-configs/auth-configs.controller.js';
import { AuthConfigsService } from './auth-configs/auth-configs.service.js';
import { ToolkitRegistry } from './auth-configs/toolkit.registry.js';
import type { AuthServiceConfig } from './config.js';
import { BindingsService } from './connections/bindings.service.js';
import { ConfigLifecycleService } from './connections/config-lifecycle.service.js';
import { ConnectionChangesService } from './connections/connection-changes.service.js';
import { ConnectionsController } from './connections/connections.controller.js';
import { ConnectionsService } from './connections/connections.service.js';
import { ConnectorService } from './credentials/connector.service.js';
import { CredentialsController } from './credentials/credentials.controller.js';
import { CredentialsService } from './credentials/credentials.service.js';
import { RenewalService } from './credentials/renewal.service.js';
import { RenewalSweep } from './credentials/renewal.sweep.js';
import { RevocationService } from './credentials/revocation.service.js';
import { TokenCourier } from './credentials/token.courier.js';
import { database } from './database.js';
import { ExpiryService } from './expiry/expiry.service.js';
import { ExpirySweep } from './expiry/expiry.sweep.js';
import { LinkQuota } from './links/link.quota.js';
import { LinkSettlement } from './links/link.settlement.js';
import { LinksController } from './links/links.controller.js';
import { LinksService } from './links/links.service.js';
import { DeletionsConsumer } from './mcp-access/deletions.consumer.js';
import { McpAccessController } from './mcp-access/mcp-access.controller.js';
import { McpAccessService } from './mcp-access/mcp-access.service.js';
import { McpClientsService } from './mcp-access/mcp-clients.service.js';
import { OAuth1Flow } from './oauth/oauth1.flow.js';
import { OAuth2Flow } from './oauth/oauth2.flow.js';
import { SignInService } from './oauth/sign-in.service.js';
import { ProjectToolkitsController } from './project-toolkits/project-toolkits.controller.js';
import { ProjectToolkitsService } from './project-toolkits/project-toolkits.service.js';
import { ApiKeysController } from './projects/api-keys.controller.js';
import { ApiKeysService } from './projects/api-keys.service.js';
import { ProjectsController } from './projects/projects.controller.js';
import { ProjectsService } from './projects/projects.service.js';
import { SettingKeys } from './projects/setting-keys.js';
import { Schemes } from './schemes/schemes.js';
import { TokenEndpoint } from './schemes/token.endpoint.js';
import { CONFIG, TOOLKITS } from './tokens.js';
import { CredentialVault } from './vault/credential.vault.js';
import { Vault } from './vault/vault.service.js';

@Module({
  imports: [TypeOrmModule.forFeature(database.entities)],
  controllers: [
    ApiKeysController,
    AuthConfigsController,
    ConnectionsController,
    CredentialsController,
    LinksController,
    McpAccessController,
    ProjectsController,
    ProjectToolkitsController,
  ],
  providers: [
    ApiKeysService,
    AuthConfigsService,
    BindingsService,
    ConfigLifecycleService,
    ConnectionChangesService,
    ConnectionsService,
    ConnectorService,
    CredentialsService,
    CredentialVault,
    DeletionsConsumer,
    ExpiryService,
    ExpirySweep,
    LinkQuota,
    LinkSettlement,
    LinksService,
    McpAccessService,
    McpClientsService,
    OAuth1Flow,
    OAuth2Flow,
    ProjectsService,
    ProjectToolkitsService,
    RenewalService,
    RenewalSweep,
    RevocationService,
    Schemes,
    SettingKeys,
    SignInService,
    TokenCourier,
    TokenEndpoint,
    ToolkitRegistry,
    Vault,
  ],
})
export class AppModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly http: OutboundClient,
    @Inject(CONFIG) private readonly config: Pick<AuthServiceConfig, 'PATCHBAY_ALLOWED_PRIVATE_HOSTS'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  static async forRoot(config: AuthServiceConfig): Promise<DynamicModule> {
    return {
      module: AppModule,
      imports: [DatabaseModule.forRoot(config.DATABASE_URL, database)],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: TOOLKITS, useValue: await installedToolkits(config) },
        { provide: OutboundClient, useValue: new OutboundClient(config.PATCHBAY_ALLOWED_PRIVATE_HOSTS) },
      ],
    };
  }

  onModuleInit(): void {
    warnOfUnnamedHosts(this.config.PATCHBAY_ALLOWED_PRIVATE_HOSTS, this.logger);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }
}
