import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Deletions } from '@patchbay/database';
import { CustomToolsModule } from '../custom-tools/index.js';
import { AllowedCall } from './allowed-call.entity.js';
import { AllowedCallsService } from './allowed-calls.service.js';
import { ConfigValidator } from './config.validator.js';
import { ExposedToolsService } from './exposed-tools.service.js';
import { SessionHistoryService } from './session-history.service.js';
import { Session } from './session.entity.js';
import { SessionVersion } from './session-version.entity.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AllowedCall, Session, SessionVersion]), CustomToolsModule],
  controllers: [SessionsController],
  providers: [
    AllowedCallsService,
    ConfigValidator,
    ExposedToolsService,
    SessionHistoryService,
    SessionsService,
  ],
  exports: [ConfigValidator, ExposedToolsService, SessionsService],
})
export class SessionsModule {
  constructor(deletions: Deletions, sessions: SessionsService) {
    deletions.register({ project: (projectId) => sessions.deleteAllOf(projectId) });
  }
}
