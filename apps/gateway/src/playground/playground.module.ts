import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/index.js';
import { LimitsModule } from '../limits/index.js';
import { LongLivedResponsesModule } from '../long-lived-responses/index.js';
import { SessionsModule } from '../sessions/index.js';
import { ModelClient } from './model.client.js';
import { PlaygroundController } from './playground.controller.js';
import { PlaygroundService } from './playground.service.js';

@Module({
  imports: [CallsModule, LimitsModule, LongLivedResponsesModule, SessionsModule],
  controllers: [PlaygroundController],
  providers: [ModelClient, PlaygroundService],
})
export class PlaygroundModule {}
