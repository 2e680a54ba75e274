import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/index.js';
import { HttpModule } from '../http/index.js';
import { IdempotencyModule } from '../idempotency/index.js';
import { LimitsModule } from '../limits/index.js';
import { LongLivedResponsesModule } from '../long-lived-responses/index.js';
import { SessionsModule } from '../sessions/index.js';
import { McpPermissions } from './elicitation/permissions.service.js';
import { StatelessElicitation } from './elicitation/stateless-elicitation.js';
import { StreamElicitation } from './elicitation/stream-elicitation.service.js';
import { LegacyMcp } from './legacy-mcp.js';
import { McpController } from './mcp.controller.js';
import { McpEndpoint } from './mcp.endpoint.js';
import { McpSignalsController } from './mcp.signals.controller.js';
import { McpMethods } from './methods/methods.service.js';
import { SessionToolsService } from './methods/session-tools.service.js';
import { StatelessMcp } from './stateless-mcp.js';
import { ChangeStreams } from './transport/change-streams.service.js';
import { ClientsService } from './transport/clients.service.js';
import { OriginCheck } from './transport/origin.check.js';

@Module({
  imports: [
    CallsModule,
    HttpModule,
    IdempotencyModule,
    LimitsModule,
    LongLivedResponsesModule,
    SessionsModule,
  ],
  controllers: [McpSignalsController],
  providers: [
    ChangeStreams,
    ClientsService,
    LegacyMcp,
    McpController,
    McpEndpoint,
    McpMethods,
    McpPermissions,
    OriginCheck,
    SessionToolsService,
    StatelessElicitation,
    StatelessMcp,
    StreamElicitation,
  ],
  exports: [McpEndpoint, OriginCheck],
})
export class McpModule {}
