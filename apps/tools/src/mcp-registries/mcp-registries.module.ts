import { Module } from '@nestjs/common';
import { ListedPrograms } from './listed.programs.js';
import { McpRegistriesController } from './mcp-registries.controller.js';
import { McpRegistriesService } from './mcp-registries.service.js';
import { WrittenPrograms } from './written.programs.js';

@Module({
  controllers: [McpRegistriesController],
  providers: [ListedPrograms, McpRegistriesService, WrittenPrograms],
  exports: [McpRegistriesService, WrittenPrograms],
})
export class McpRegistriesModule {}
