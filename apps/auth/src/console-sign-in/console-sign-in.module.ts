import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/index.js';
import { AccountTries } from './account-tries.service.js';
import { Passwords } from './passwords.service.js';
import { ConsoleSignInController } from './console-sign-in.controller.js';
import { ConsoleSignInService } from './console-sign-in.service.js';

@Module({
  imports: [PeopleModule],
  controllers: [ConsoleSignInController],
  providers: [AccountTries, Passwords, ConsoleSignInService],
})
export class ConsoleSignInModule {}
