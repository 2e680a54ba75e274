import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { HttpModule } from '../http/index.js';
import { LimitsModule } from '../limits/index.js';
import { LongLivedResponsesModule } from '../long-lived-responses/index.js';
import { McpAccessModule } from '../mcp-access/index.js';
import { Admission } from './admission.service.js';
import { AuthEventsController } from './auth.events.controller.js';
import { AuthenticationGuard } from './authentication.guard.js';
import { ConsoleCookie } from './console-cookie.js';
import { ConsoleSessionsService } from './console-sessions.service.js';
import { LastingCredentials } from './lasting-credentials.service.js';
import { PrincipalsService } from './principals.service.js';
import { ProjectScopes } from './project-scopes.service.js';
import { RefusalAudit } from './refusal-audit.service.js';
import { SandboxKeys } from './sandbox-keys.service.js';
import { UserKeysService } from './user-keys.service.js';

@Module({
  imports: [HttpModule, LimitsModule, LongLivedResponsesModule, McpAccessModule],
  controllers: [AuthEventsController],
  providers: [
    Admission,
    ConsoleCookie,
    ConsoleSessionsService,
    LastingCredentials,
    PrincipalsService,
    ProjectScopes,
    RefusalAudit,
    SandboxKeys,
    UserKeysService,
    { provide: APP_GUARD, useClass: AuthenticationGuard },
  ],
  exports: [Admission, ConsoleCookie, LastingCredentials],
})
export class AuthenticationModule {}
