import { Module } from '@nestjs/common';
import { RECORD_SIZES, redactLinkTokens, toolCallFinished, toolCallStarted } from '@patchbay/contracts';
import { CallRecorder } from '@patchbay/service';
import { CatalogueModule } from '../catalogue/index.js';
import { CredentialsModule } from '../credentials/index.js';
import { FilesModule } from '../files/index.js';
import { McpModule } from '../mcp/index.js';
import { ParsersModule } from '../parsing/index.js';
import { AnswersService } from './answers.service.js';
import { CallCancellation, CallCancellationController } from './call-cancellation.js';
import { CallPipeline } from './call.pipeline.js';
import { CallSlots } from './call-slots.js';
import { CallsController } from './calls.controller.js';
import { CallsService } from './calls.service.js';
import { KnownSessions } from './known-sessions.js';
import { PermissionsService } from './permissions.service.js';
import { ProxyService } from './proxy.service.js';
import { ToolRunner } from './tool.runner.js';

@Module({
  imports: [CatalogueModule, CredentialsModule, FilesModule, McpModule, ParsersModule],
  controllers: [CallCancellationController, CallsController],
  providers: [
    AnswersService,
    CallCancellation,
    CallPipeline,
    CallRecorder.provide({
      started: toolCallStarted,
      finished: toolCallFinished,
      redact: redactLinkTokens,
      sizes: RECORD_SIZES,
    }),
    CallSlots,
    CallsService,
    KnownSessions,
    PermissionsService,
    ProxyService,
    ToolRunner,
  ],
  exports: [CallPipeline],
})
export class CallsModule {}
