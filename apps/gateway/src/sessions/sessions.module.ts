import { Module } from '@nestjs/common';
import { HttpModule } from '../http/index.js';
import { IdempotencyModule } from '../idempotency/index.js';
import { LimitsModule } from '../limits/index.js';
import { SavedConfigsController } from './saved-configs.controller.js';
import { SessionRequests } from './session-requests.service.js';
import { SessionSnapshots } from './session-snapshots.service.js';
import { SessionToolkitsController } from './session-toolkits.controller.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsEventsController } from './sessions.events.controller.js';

@Module({
  imports: [HttpModule, IdempotencyModule, LimitsModule],
  controllers: [
    SavedConfigsController,
    SessionsController,
    SessionsEventsController,
    SessionToolkitsController,
  ],
  providers: [SessionRequests, SessionSnapshots],
  exports: [SessionRequests, SessionSnapshots],
})
export class SessionsModule {}
