import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AuthConfigsModule } from './auth-configs/index.js';
import { AuthenticationModule } from './authentication/index.js';
import { CallsModule } from './calls/index.js';
import { CatalogueModule } from './catalogue/index.js';
import { CliModule } from './cli/index.js';
import type { GatewayConfig } from './config.js';
import { ConnectModule } from './connect/index.js';
import { ConnectedAccountsModule } from './connected-accounts/index.js';
import { ConsoleModule } from './console/index.js';
import { DeadLettersModule } from './dead-letters/index.js';
import { IncidentsModule } from './incidents/index.js';
import { ErrorsModule } from './errors/index.js';
import { FilesModule } from './files/index.js';
import { HealthModule } from './health/index.js';
import { LogsModule } from './logs/index.js';
import { McpAccessModule } from './mcp-access/index.js';
import { McpRegistriesModule } from './mcp-registries/index.js';
import { McpServersModule } from './mcp-servers/index.js';
import { McpModule } from './mcp/index.js';
import { MountsModule } from './mounts/index.js';
import { PeopleModule } from './people/index.js';
import { PlaygroundModule } from './playground/index.js';
import { ProjectToolkitsModule } from './project-toolkits/index.js';
import { OpenApiModule } from './openapi/index.js';
import { ProjectsModule } from './projects/index.js';
import { RealtimeModule } from './realtime/index.js';
import { ReferenceModule } from './reference/index.js';
import { SessionsModule } from './sessions/index.js';
import { SettingsModule } from './settings.module.js';
import { TriggerEventsModule } from './trigger-events/index.js';
import { WebhooksModule } from './webhooks/index.js';
import { ToolSearchModule } from './tool-search/index.js';
import { TriggersModule } from './triggers/index.js';

@Module({
  imports: [
    AuthConfigsModule,
    AuthenticationModule,
    CallsModule,
    CatalogueModule,
    CliModule,
    ConnectModule,
    ConnectedAccountsModule,
    ConsoleModule,
    DeadLettersModule,
    IncidentsModule,
    DiscoveryModule,
    ErrorsModule,
    FilesModule,
    HealthModule,
    LogsModule,
    McpModule,
    McpAccessModule,
    McpRegistriesModule,
    McpServersModule,
    MountsModule,
    OpenApiModule,
    PeopleModule,
    PlaygroundModule,
    ProjectToolkitsModule,
    ProjectsModule,
    RealtimeModule,
    ReferenceModule,
    SessionsModule,
    TriggerEventsModule,
    WebhooksModule,
    ToolSearchModule,
    TriggersModule,
  ],
})
export class AppModule {
  static async forRoot(config: GatewayConfig): Promise<DynamicModule> {
    return { module: AppModule, imports: [await SettingsModule.forRoot(config)] };
  }
}
