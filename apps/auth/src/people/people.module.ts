import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PeopleController } from './people.controller.js';
import { PeopleService } from './people.service.js';
import { Person } from './person.entity.js';
import { SettingOwner } from './setting-owner.js';
import { UserKey } from './user-key.entity.js';
import { UserKeysService } from './user-keys.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Person, UserKey])],
  controllers: [PeopleController],
  providers: [PeopleService, SettingOwner, UserKeysService],
  exports: [UserKeysService],
})
export class PeopleModule {}
