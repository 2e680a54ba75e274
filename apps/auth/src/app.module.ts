import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { DatabaseModule } from '@patchbay/database';
import { LOGGER, OutboundClient, warnOfUnnamedHosts, type Logger } from '@patchbay/service';
import { AuthConfigsModule } from './auth-configs/index.js';
import { CliSessionsModule } from './cli-sessions/index.js';
import type { AuthServiceConfig } from './config.js';
import { ConnectionsModule } from './connections/index.js';
import { CredentialsModule } from './credentials/index.js';
import { database } from './database.js';
import { ExpiryModule } from './expiry/index.js';
import { KeyringModule } from './keyring/index.js';
import { IncidentsModule } from './incidents/index.js';
import { LinksModule } from './links/index.js';
import { McpAccessModule } from './mcp-access/index.js';
import { PeopleModule } from './people/index.js';
import { ProjectToolkitsModule } from './project-toolkits/index.js';
import { ProjectsModule } from './projects/index.js';
import { ConsoleSignInModule } from './console-sign-in/index.js';
import { OidcSignInModule } from './oidc-sign-in/index.js';
import { CONFIG, SettingsModule } from './settings.module.js';

@Module({
  imports: [
    ProjectsModule,
    PeopleModule,
    CliSessionsModule,
    ConsoleSignInModule,
    OidcSignInModule,
    AuthConfigsModule,
    ProjectToolkitsModule,
    ConnectionsModule,
    CredentialsModule,
    LinksModule,
    McpAccessModule,
    ExpiryModule,
    KeyringModule,
    IncidentsModule,
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
      imports: [await SettingsModule.forRoot(config), DatabaseModule.forRoot(config.DATABASE_URL, database)],
    };
  }

  onModuleInit(): void {
    warnOfUnnamedHosts(this.config.PATCHBAY_ALLOWED_PRIVATE_HOSTS, this.logger);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }
}
