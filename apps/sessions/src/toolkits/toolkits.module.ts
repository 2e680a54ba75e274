import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/index.js';
import { AccountsEventsController } from './accounts.events.controller.js';
import { OwnedAccountsService } from './owned-accounts.service.js';
import { SessionAccountsService } from './session-accounts.service.js';
import { SessionToolkitsController } from './session-toolkits.controller.js';
import { SessionToolkitsService } from './session-toolkits.service.js';

@Module({
  imports: [SessionsModule],
  controllers: [AccountsEventsController, SessionToolkitsController],
  providers: [OwnedAccountsService, SessionAccountsService, SessionToolkitsService],
  exports: [OwnedAccountsService, SessionAccountsService, SessionToolkitsService],
})
export class ToolkitsModule {}
