import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConsoleSession } from './console-session.entity.js';
import { ConsoleSessionsController } from './console-sessions.controller.js';
import { ConsoleSessionsService } from './console-sessions.service.js';
import { PeopleController } from './people.controller.js';
import { PeopleService } from './people.service.js';
import { Person } from './person.entity.js';
import { SettingOwner } from './setting-owner.js';
import { UserKey } from './user-key.entity.js';
import { UserKeysService } from './user-keys.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([ConsoleSession, Person, UserKey])],
  controllers: [ConsoleSessionsController, PeopleController],
  providers: [ConsoleSessionsService, PeopleService, SettingOwner, UserKeysService],
  exports: [ConsoleSessionsService, PeopleService, UserKeysService],
})
export class PeopleModule {}
