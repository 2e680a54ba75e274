import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { DatabaseModule } from '@patchbay/database';
import {
  checkEventStream,
  HealthRegistry,
  LOGGER,
  NatsClient,
  OutboundClient,
  warnOfUnnamedHosts,
  type Logger,
} from '@patchbay/service';
import { ArgumentGenerationModule } from './argument-generation/index.js';
import { CallsModule } from './calls/index.js';
import { CatalogueModule } from './catalogue/index.js';
import type { ToolsConfig } from './config.js';
import { database } from './database.js';
import { FilesModule } from './files/index.js';
import { McpRegistriesModule } from './mcp-registries/index.js';
import { ProjectToolkitsModule } from './project-toolkits/index.js';
import { SearchTuningModule } from './search-tuning/index.js';
import { CONFIG, SettingsModule } from './settings.module.js';
import { TriggersModule } from './triggers/index.js';

@Module({
  imports: [
    CatalogueModule,
    CallsModule,
    ArgumentGenerationModule,
    ProjectToolkitsModule,
    FilesModule,
    McpRegistriesModule,
    TriggersModule,
    SearchTuningModule,
  ],
})
export class AppModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly health: HealthRegistry,
    private readonly http: OutboundClient,
    private readonly nats: NatsClient,
    @Inject(CONFIG) private readonly config: Pick<ToolsConfig, 'PATCHBAY_ALLOWED_PRIVATE_HOSTS'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  static async forRoot(config: ToolsConfig): Promise<DynamicModule> {
    return {
      module: AppModule,
      imports: [await SettingsModule.forRoot(config), DatabaseModule.forRoot(config.DATABASE_URL, database)],
    };
  }

  onModuleInit(): void {
    warnOfUnnamedHosts(this.config.PATCHBAY_ALLOWED_PRIVATE_HOSTS, this.logger);
    // A call that cannot be put on the record is not made, so without the stream nothing works.
    this.health.register('event stream', () => checkEventStream(this.nats));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }
}
