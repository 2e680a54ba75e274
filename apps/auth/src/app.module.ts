import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DatabaseModule } from '@patchbay/database';
import { OutboundClient } from '@patchbay/service';
import { installedToolkits } from '@patchbay/toolkits';
import type { AuthServiceConfig } from './config.js';
import { ConnectionsModule } from './connections/connections.module.js';
import { CredentialsModule } from './credentials/credentials.module.js';
import { database } from './database.js';
import { LinksModule } from './links/links.module.js';
import { ProjectsModule } from './projects/projects.module.js';
import { CONFIG, TOOLKITS } from './tokens.js';

@Global()
@Module({ imports: [ProjectsModule, ConnectionsModule, LinksModule, CredentialsModule] })
export class AppModule implements OnApplicationShutdown {
  constructor(private readonly http: OutboundClient) {}

  static forRoot(config: AuthServiceConfig): DynamicModule {
    const provided = [
      { provide: CONFIG, useValue: config },
      { provide: TOOLKITS, useValue: installedToolkits(config.PATCHBAY_TOOLKIT_OVERRIDES) },
      { provide: OutboundClient, useValue: new OutboundClient(config.PATCHBAY_ALLOWED_PRIVATE_HOSTS) },
    ];
    return {
      module: AppModule,
      imports: [DatabaseModule.forRoot(config.DATABASE_URL, database)],
      providers: provided,
      exports: provided,
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }
}
