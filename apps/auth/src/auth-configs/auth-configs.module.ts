import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthConfig } from './auth-config.entity.js';
import { AuthConfigsService } from './auth-configs.service.js';
import { ToolkitRegistry } from './toolkit.registry.js';

@Module({
  imports: [TypeOrmModule.forFeature([AuthConfig])],
  providers: [AuthConfigsService, ToolkitRegistry],
  exports: [AuthConfigsService, ToolkitRegistry],
})
export class AuthConfigsModule {}
