import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/index.js';
import { DeletedSessionsController } from './deleted-sessions.controller.js';
import { LongLivedResponses } from './long-lived-responses.service.js';

@Module({
  imports: [SessionsModule],
  controllers: [DeletedSessionsController],
  providers: [LongLivedResponses],
  exports: [LongLivedResponses],
})
export class LongLivedResponsesModule {}
