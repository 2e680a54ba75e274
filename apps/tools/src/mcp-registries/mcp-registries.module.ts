import { Module } from '@nestjs/common';
import { McpRegistriesController } from './mcp-registries.controller.js';
import { McpRegistriesService } from './mcp-registries.service.js';

@Module({
  controllers: [McpRegistriesController],
  providers: [McpRegistriesService],
  exports: [McpRegistriesService],
})
export class McpRegistriesModule {}
