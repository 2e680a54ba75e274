import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../idempotency/index.js';
import { LimitsModule } from '../limits/index.js';
import { OffloadModule } from '../offload/index.js';
import { SessionsModule } from '../sessions/index.js';
import { CallCancellation } from './call-cancellation.service.js';
import { CallsController } from './calls.controller.js';
import { CallsService } from './calls.service.js';
import { DirectCallBuilder } from './direct-call.builder.js';
import { DirectCallsController } from './direct-calls.controller.js';
import { DirectMetaTools } from './direct-meta-tools.js';
import { ProxyController } from './proxy.controller.js';
import { SessionSender } from './session-sender.service.js';

@Module({
  imports: [IdempotencyModule, LimitsModule, OffloadModule, SessionsModule],
  providers: [
    CallCancellation,
    CallsController,
    CallsService,
    DirectCallBuilder,
    DirectCallsController,
    DirectMetaTools,
    ProxyController,
    SessionSender,
  ],
  exports: [CallsService],
})
export class CallsModule {}
