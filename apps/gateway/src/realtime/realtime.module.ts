import { Module } from '@nestjs/common';
import { AuthenticationModule } from '../authentication/index.js';
import { HttpModule } from '../http/index.js';
import { LimitsModule } from '../limits/index.js';
import { LongLivedResponsesModule } from '../long-lived-responses/index.js';
import { TriggerEventsModule } from '../trigger-events/index.js';
import { RealtimeKeys } from './realtime-keys.service.js';
import { RealtimeController } from './realtime.controller.js';
import { RealtimeService } from './realtime.service.js';

@Module({
  imports: [AuthenticationModule, HttpModule, LimitsModule, LongLivedResponsesModule, TriggerEventsModule],
  controllers: [RealtimeController],
  providers: [RealtimeKeys, RealtimeService],
})
export class RealtimeModule {}
