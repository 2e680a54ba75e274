import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseModule } from '@patchbay/database';
import { openStorage } from '@patchbay/files';
import {
  checkEventStream,
  HealthRegistry,
  LOGGER,
  NatsClient,
  OutboundClient,
  warnOfUnnamedHosts,
  type Logger,
} from '@patchbay/service';
import { installedToolkits } from '@patchbay/toolkits';
import { AnswersService } from './calls/answers.service.js';
import { CallCredentials } from './calls/call-credentials.js';
import { CallPlaces } from './calls/call-places.js';
import { PermissionsService } from './calls/permissions.service.js';
import { ProxyService } from './calls/proxy.service.js';
import { RecordedCalls } from './calls/recorded-calls.js';
import { AbandonedCallsController, RunningCalls } from './calls/running-calls.js';
import { CallsController } from './calls/calls.controller.js';
import { CallsService } from './calls/calls.service.js';
import { ToolRunner } from './calls/tool.runner.js';
import { Catalogue } from './catalogue/catalogue.js';
import { CatalogueController } from './catalogue/catalogue.controller.js';
import { CatalogueService } from './catalogue/catalogue.service.js';
import { Catalogues } from './catalogue/catalogues.js';
import type { ToolsConfig } from './config.js';
import { database } from './database.js';
import { FileQuota } from './files/file.quota.js';
import { FileSweep } from './files/file.sweep.js';
import { FilesController } from './files/files.controller.js';
import { FilesService } from './files/files.service.js';
import { McpSignIn } from './mcp/mcp.sign-in.js';
import { McpUpstreams } from './mcp/mcp.upstreams.js';
import { DeletionsConsumer } from './project-toolkits/deletions.consumer.js';
import { ParsersService } from './parsing/parsers.service.js';
import { McpFollower } from './project-toolkits/mcp.follower.js';
import { McpReader } from './project-toolkits/mcp.source.js';
import { OpenApiReader } from './project-toolkits/openapi.source.js';
import { OwnCatalogues } from './project-toolkits/own.catalogues.js';
import { ProjectToolkitsController } from './project-toolkits/project-toolkits.controller.js';
import { ProjectToolkitsService } from './project-toolkits/project-toolkits.service.js';
import { SourceReader } from './project-toolkits/source.reader.js';
import { ToolkitDefinitions } from './project-toolkits/toolkit.definitions.js';
import { ReleasesService } from './releases/releases.service.js';
import { searchProviders } from './search/search.providers.js';
import { InputsController } from './inputs/inputs.controller.js';
import { InputsService } from './inputs/inputs.service.js';
import { CONFIG, FILE_STORAGE } from './tokens.js';

@Module({
  imports: [TypeOrmModule.forFeature(database.entities)],
  controllers: [
    AbandonedCallsController,
    CatalogueController,
    CallsController,
    ProjectToolkitsController,
    InputsController,
    FilesController,
  ],
  providers: [
    InputsService,
    Catalogues,
    DeletionsConsumer,
    OwnCatalogues,
    ParsersService,
    ReleasesService,
    OpenApiReader,
    McpFollower,
    McpReader,
    McpSignIn,
    McpUpstreams,
    SourceReader,
    ProjectToolkitsService,
    ToolkitDefinitions,
    CatalogueService,
    AnswersService,
    CallCredentials,
    CallPlaces,
    CallsService,
    PermissionsService,
    ProxyService,
    RecordedCalls,
    RunningCalls,
    ToolRunner,
    FileQuota,
    FilesService,
    FileSweep,
  ],
})
export class AppModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly health: HealthRegistry,
    private readonly http: OutboundClient,
    private readonly nats: NatsClient,
    private readonly releases: ReleasesService,
    @Inject(CONFIG) private readonly config: Pick<ToolsConfig, 'PATCHBAY_ALLOWED_PRIVATE_HOSTS'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  static async forRoot(config: ToolsConfig): Promise<DynamicModule> {
    return {
      module: AppModule,
      imports: [DatabaseModule.forRoot(config.DATABASE_URL, database)],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: FILE_STORAGE, useValue: await openStorage(config) },
        ...(await searchProviders(config)),
        { provide: Catalogue, useValue: new Catalogue(await installedToolkits(config)) },
        { provide: OutboundClient, useValue: new OutboundClient(config.PATCHBAY_ALLOWED_PRIVATE_HOSTS) },
      ],
    };
  }

  async onModuleInit(): Promise<void> {
    warnOfUnnamedHosts(this.config.PATCHBAY_ALLOWED_PRIVATE_HOSTS, this.logger);
    // A call that cannot be put on the record is not made, so without the stream nothing works.
    this.health.register('event stream', () => checkEventStream(this.nats));
    // Before anything of this release is listed to a session. Without the database it is made up for later.
    await this.releases.history().catch(() => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }
}
