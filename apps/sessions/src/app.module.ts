import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { metaCallFinished, metaCallStarted, RECORD_SIZES, redactLinkTokens } from '@patchbay/contracts';
import { DatabaseModule } from '@patchbay/database';
import { CallRecorder } from '@patchbay/service';
import type { SessionsConfig } from './config.js';
import { CustomToolsService } from './custom-tools/custom-tools.service.js';
import { database } from './database.js';
import { MemoriesService } from './memories/memories.service.js';
import { AccountRemovals } from './meta-tools/account-removals.js';
import { ConnectionStatuses } from './meta-tools/connection-statuses.js';
import { GetToolSchemas } from './meta-tools/get-tool-schemas.js';
import { ManageConnections } from './meta-tools/manage-connections.js';
import { McpInstancesService } from './mcp-servers/mcp-instances.service.js';
import { McpServersController } from './mcp-servers/mcp-servers.controller.js';
import { McpServersService } from './mcp-servers/mcp-servers.service.js';
import { ServerConfigService } from './mcp-servers/server-config.service.js';
import { MetaToolsController } from './meta-tools/meta-tools.controller.js';
import { MetaToolsService } from './meta-tools/meta-tools.service.js';
import { MultiExecute } from './meta-tools/multi-execute.js';
import { RemoteBash } from './meta-tools/remote-bash.js';
import { RemoteWorkbench } from './meta-tools/remote-workbench.js';
import { SearchTools } from './meta-tools/search-tools.js';
import { WaitForConnections } from './meta-tools/wait-for-connections.js';
import { PermissionsController } from './permissions/permissions.controller.js';
import { PermissionsService } from './permissions/permissions.service.js';
import { RemovalsService } from './permissions/removals.service.js';
import { ConfigValidator } from './sessions/config.validator.js';
import { DeletionsConsumer } from './sessions/deletions.consumer.js';
import { ExposedToolsService } from './sessions/exposed-tools.service.js';
import { SessionHistoryService } from './sessions/session-history.service.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsService } from './sessions/sessions.service.js';
import { OwnedAccountsService } from './toolkits/owned-accounts.service.js';
import { SessionAccountsService } from './toolkits/session-accounts.service.js';
import { SessionToolkitsController } from './toolkits/session-toolkits.controller.js';
import { SessionToolkitsService } from './toolkits/session-toolkits.service.js';

@Module({
  imports: [TypeOrmModule.forFeature(database.entities)],
  controllers: [
    McpServersController,
    PermissionsController,
    SessionsController,
    SessionToolkitsController,
    MetaToolsController,
  ],
  providers: [
    CallRecorder.provide({
      started: metaCallStarted,
      finished: metaCallFinished,
      redact: redactLinkTokens,
      sizes: RECORD_SIZES,
    }),
    AccountRemovals,
    OwnedAccountsService,
    McpInstancesService,
    McpServersService,
    ServerConfigService,
    ConfigValidator,
    ConnectionStatuses,
    CustomToolsService,
    DeletionsConsumer,
    ExposedToolsService,
    SessionHistoryService,
    SessionAccountsService,
    SessionsService,
    SessionToolkitsService,
    MemoriesService,
    PermissionsService,
    RemovalsService,
    MetaToolsService,
    SearchTools,
    GetToolSchemas,
    MultiExecute,
    ManageConnections,
    WaitForConnections,
    RemoteWorkbench,
    RemoteBash,
  ],
})
export class AppModule {
  static forRoot(config: SessionsConfig): DynamicModule {
    return { module: AppModule, imports: [DatabaseModule.forRoot(config.DATABASE_URL, database)] };
  }
}
