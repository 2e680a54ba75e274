import { Module } from '@nestjs/common';
import { AuthConfigsController } from './auth-configs.controller.js';

@Module({
  controllers: [AuthConfigsController],
})
export class AuthConfigsModule {}
