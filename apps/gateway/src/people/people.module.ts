import { Module } from '@nestjs/common';
import { MeController } from './me.controller.js';
import { OrganisationsController } from './organisations.controller.js';
import { PeopleController } from './people.controller.js';
import { SessionInfoController } from './session-info.controller.js';

@Module({
  controllers: [MeController, OrganisationsController, PeopleController, SessionInfoController],
})
export class PeopleModule {}
