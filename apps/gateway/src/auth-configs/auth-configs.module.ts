import { Module } from '@nestjs/common';
import { AuthConfigsController } from './auth-configs.controller.js';
import { KeyringController } from './keyring.controller.js';

@Module({
  controllers: [AuthConfigsController, KeyringController],
})
export class AuthConfigsModule {}
