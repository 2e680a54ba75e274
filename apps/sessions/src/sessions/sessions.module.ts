import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Deletions } from '@patchbay/database';
import { ConfigValidationModule } from '../config-validation/index.js';
import { CustomToolsModule } from '../custom-tools/index.js';
import { SavedConfigsModule } from '../saved-configs/index.js';
import { AllowedCall } from './allowed-call.entity.js';
import { AllowedCallsService } from './allowed-calls.service.js';
import { ExposedToolsService } from './exposed-tools.service.js';
import { RememberedSessions } from './remembered-sessions.service.js';
import { SessionHistoryService } from './session-history.service.js';
import { Session } from './session.entity.js';
import { SessionVersion } from './session-version.entity.js';
import { SessionListService } from './session-list.service.js';
import { SessionsEventsController } from './sessions.events.controller.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [
    ConfigValidationModule,
    CustomToolsModule,
    SavedConfigsModule,
    TypeOrmModule.forFeature([AllowedCall, Session, SessionVersion]),
  ],
  controllers: [SessionsController, SessionsEventsController],
  providers: [
    AllowedCallsService,
    ExposedToolsService,
    RememberedSessions,
    SessionHistoryService,
    SessionListService,
    SessionsService,
  ],
  exports: [ExposedToolsService, RememberedSessions, SessionsService],
})
export class SessionsModule {
  constructor(deletions: Deletions, sessions: SessionsService) {
    deletions.register({ project: (projectId) => sessions.deleteAllOf(projectId) });
  }
}
