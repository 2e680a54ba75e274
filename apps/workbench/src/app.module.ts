import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseModule } from '@patchbay/database';
import { openStorage } from '@patchbay/files';
import type { WorkbenchConfig } from './config.js';
import { database } from './database.js';
import { AskModelHelper } from './helpers/ask-model.helper.js';
import { GatewayClient } from './helpers/gateway.client.js';
import { HELPERS, type Helper } from './helpers/helper.js';
import { HelpersService } from './helpers/helpers.service.js';
import { ProxyHelper } from './helpers/proxy.helper.js';
import { PublishHelper } from './helpers/publish.helper.js';
import { RunToolHelper } from './helpers/run-tool.helper.js';
import { WebSearchHelper } from './helpers/web-search.helper.js';
import { KeysController } from './keys/keys.controller.js';
import { ReplicaDoor } from './replicas/replica.door.js';
import { ExecutionService } from './runs/execution.service.js';
import { RoutingService } from './runs/routing.service.js';
import { RunsController } from './runs/runs.controller.js';
import { RunsService } from './runs/runs.service.js';
import { openDriver } from './sandbox/open-driver.js';
import { StatusController } from './status/status.controller.js';
import { StatusService } from './status/status.service.js';
import { CONFIG, DRIVER, STORAGE } from './tokens.js';
import { Archives } from './workspaces/archives.service.js';
import { Checkpoints } from './workspaces/checkpoints.service.js';
import { DeletionsConsumer } from './workspaces/deletions.consumer.js';
import { Leases } from './workspaces/leases.service.js';
import { SandboxStarter } from './workspaces/sandbox.starter.js';
import { SessionsEventsController } from './workspaces/sessions.events.controller.js';
import { WarmPool } from './workspaces/warm-pool.js';
import { Workspace } from './workspaces/workspace.entity.js';
import { WorkspacesService } from './workspaces/workspaces.service.js';

const helpers = [RunToolHelper, ProxyHelper, PublishHelper, AskModelHelper, WebSearchHelper];

@Module({
  imports: [TypeOrmModule.forFeature([Workspace])],
  controllers: [KeysController, RunsController, SessionsEventsController, StatusController],
  providers: [
    ...helpers,
    { provide: HELPERS, useFactory: (...all: Helper[]) => all, inject: helpers },
    Archives,
    Checkpoints,
    DeletionsConsumer,
    ExecutionService,
    GatewayClient,
    HelpersService,
    Leases,
    ReplicaDoor,
    RoutingService,
    RunsService,
    SandboxStarter,
    StatusService,
    WarmPool,
    WorkspacesService,
  ],
})
export class AppModule {
  static async forRoot(config: WorkbenchConfig): Promise<DynamicModule> {
    return {
      module: AppModule,
      imports: [DatabaseModule.forRoot(config.DATABASE_URL, database)],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: DRIVER, useValue: await openDriver(config) },
        { provide: STORAGE, useValue: await openStorage(config) },
      ],
    };
  }
}
