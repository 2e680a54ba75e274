import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { openStorage } from '@patchbay/files';
import { IdempotencyStore } from './idempotency/idempotency.store.js';
import { AccessGuard } from './access/access.guard.js';
import { AuthConfigsController } from './auth-configs/auth-configs.controller.js';
import { AuthEventsController } from './access/auth.events.controller.js';
import { LongAnswers } from './access/long-answers.service.js';
import { RefusedActs } from './access/refused-acts.service.js';
import { SandboxKeys } from './access/sandbox-keys.service.js';
import { PrincipalsService } from './access/principals.service.js';
import { CallsController } from './calls/calls.controller.js';
import { CallsService } from './calls/calls.service.js';
import { ToolkitsController } from './catalogue/toolkits.controller.js';
import { ToolsController } from './catalogue/tools.controller.js';
import type { GatewayConfig } from './config.js';
import { BrowserCookies } from './connect/browser.js';
import { ConnectController } from './connect/connect.controller.js';
import { ConnectService } from './connect/connect.service.js';
import { OAuthCallbackController } from './connect/oauth-callback.controller.js';
import { ConnectedAccountsController } from './connected-accounts/connected-accounts.controller.js';
import { HttpErrorFilter } from './errors/http-error.filter.js';
import { DirectCallsController } from './direct-calls/direct-calls.controller.js';
import { DirectCallsService } from './direct-calls/direct-calls.service.js';
import { DirectMetaTools } from './direct-calls/direct-meta-tools.js';
import { ProxyController } from './direct-calls/proxy.controller.js';
import { Abandonment } from './calls/abandonment.service.js';
import { FileBytesController } from './files/file-bytes.controller.js';
import { FilesController } from './files/files.controller.js';
import { HealthController } from './health/health.controller.js';
import { LogsController } from './logs/logs.controller.js';
import { ActionExecutionsController } from './logs/action-executions.controller.js';
import { AuditLogsController } from './logs/audit-logs.controller.js';
import { AuditLogs } from './logs/audit-logs.service.js';
import { ExportController } from './logs/export.controller.js';
import { Exports } from './logs/exports.service.js';
import { MissedCalls } from './logs/missed-calls.service.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { DeadLettersService } from './dead-letters/dead-letters.service.js';
import { OrganisationAuditController } from './logs/organisation-audit.controller.js';
import { RejectedEventsController } from './logs/rejected-events.controller.js';
import { TimelineController } from './logs/timeline.controller.js';
import { TailController } from './logs/tail.controller.js';
import { TailsService } from './logs/tails.service.js';
import { UsageController } from './logs/usage.controller.js';
import { McpController } from './mcp/mcp.controller.js';
import { AskedBefore } from './mcp/asked-before.js';
import { ChangeStreams } from './mcp/change-streams.service.js';
import { ClientsService } from './mcp/clients.service.js';
import { HandshakeEra } from './mcp/handshake.era.js';
import { McpEndpoint } from './mcp/mcp.endpoint.js';
import { McpSignalsController } from './mcp/mcp.signals.controller.js';
import { McpMethods } from './mcp/methods.service.js';
import { McpAccessController } from './mcp-access/mcp-access.controller.js';
import { McpAdmission } from './mcp-access/mcp-admission.service.js';
import { McpTokensService } from './mcp-access/mcp-tokens.service.js';
import { ConsentService } from './mcp-access/consent.service.js';
import { OAuthAuthorizeController } from './mcp-access/oauth-authorize.controller.js';
import { OAuthMetadataController } from './mcp-access/oauth-metadata.controller.js';
import { OAuthTokenController } from './mcp-access/oauth-token.controller.js';
import { McpInstancesController } from './mcp-servers/mcp-instances.controller.js';
import { McpServerEndpointController } from './mcp-servers/mcp-server-endpoint.controller.js';
import { McpServersController } from './mcp-servers/mcp-servers.controller.js';
import { ModernEra } from './mcp/modern.era.js';
import { McpPermissions } from './mcp/permissions.service.js';
import { OriginPolicy } from './http/origin.policy.js';
import { OriginCheck } from './mcp/origin.check.js';
import { QuestionsService } from './mcp/questions.service.js';
import { SessionToolsService } from './mcp/session-tools.service.js';
import { MountsController } from './mounts/mounts.controller.js';
import { MountsService } from './mounts/mounts.service.js';
import { OffloadService } from './offload/offload.service.js';
import { LeakedKeysController } from './projects/leaked-keys.controller.js';
import { OwnProjectController } from './projects/own-project.controller.js';
import { ProjectToolkitsController } from './project-toolkits/project-toolkits.controller.js';
import { ProjectsController } from './projects/projects.controller.js';
import { IdempotencyService } from './idempotency/idempotency.service.js';
import { IdempotencyQuotas } from './idempotency/idempotency-quotas.service.js';
import { SessionSnapshots } from './snapshots/session-snapshots.service.js';
import { SessionToolkitsController } from './sessions/session-toolkits.controller.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsEventsController } from './snapshots/sessions.events.controller.js';
import { Attempts } from './limits/attempts.service.js';
import { ClientAddress } from './limits/client-address.js';
import { LimitSharing } from './limits/limit-sharing.service.js';
import { Limits } from './limits/limits.service.js';
import { LimitsSignalsController } from './limits/limits.signals.controller.js';
import { Places } from './limits/places.service.js';
import { CONFIG, FILE_STORAGE } from './tokens.js';

@Module({
  controllers: [
    AuditLogsController,
    AuthConfigsController,
    AuthEventsController,
    CallsController,
    ToolkitsController,
    ToolsController,
    ConnectController,
    DirectCallsController,
    ConnectedAccountsController,
    FileBytesController,
    FilesController,
    ActionExecutionsController,
    ExportController,
    HealthController,
    LeakedKeysController,
    LimitsSignalsController,
    LogsController,
    McpAccessController,
    McpController,
    McpInstancesController,
    McpServerEndpointController,
    McpServersController,
    McpSignalsController,
    MountsController,
    OAuthAuthorizeController,
    OAuthCallbackController,
    OAuthMetadataController,
    OAuthTokenController,
    OrganisationAuditController,
    OwnProjectController,
    ProjectsController,
    ProjectToolkitsController,
    ProxyController,
    DeadLettersController,
    RejectedEventsController,
    SessionsController,
    SessionsEventsController,
    SessionToolkitsController,
    TimelineController,
    TailController,
    UsageController,
  ],
  providers: [
    DeadLettersService,
    Abandonment,
    BrowserCookies,
    Attempts,
    ClientAddress,
    Limits,
    LimitSharing,
    Places,
    IdempotencyQuotas,
    AuditLogs,
    Exports,
    LongAnswers,
    RefusedActs,
    CallsService,
    ConnectService,
    ConsentService,
    DirectCallsService,
    DirectMetaTools,
    AskedBefore,
    ChangeStreams,
    McpPermissions,
    QuestionsService,
    ClientsService,
    HandshakeEra,
    McpAdmission,
    McpEndpoint,
    McpMethods,
    McpTokensService,
    ModernEra,
    OriginPolicy,
    OriginCheck,
    MountsService,
    OffloadService,
    PrincipalsService,
    IdempotencyService,
    IdempotencyStore,
    SandboxKeys,
    SessionSnapshots,
    SessionToolsService,
    MissedCalls,
    TailsService,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_FILTER, useClass: HttpErrorFilter },
  ],
})
export class AppModule {
  static async forRoot(config: GatewayConfig): Promise<DynamicModule> {
    return {
      module: AppModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: FILE_STORAGE, useValue: await openStorage(config) },
      ],
    };
  }
}
