import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Deletions } from '@patchbay/database';
import { ConfigValidationModule } from '../config-validation/index.js';
import { SessionsModule } from '../sessions/index.js';
import { McpInstance } from './mcp-instance.entity.js';
import { McpInstancesService } from './mcp-instances.service.js';
import { McpServer } from './mcp-server.entity.js';
import { McpServersController } from './mcp-servers.controller.js';
import { McpServersService } from './mcp-servers.service.js';
import { ServerConfigService } from './server-config.service.js';

@Module({
  imports: [ConfigValidationModule, SessionsModule, TypeOrmModule.forFeature([McpInstance, McpServer])],
  controllers: [McpServersController],
  providers: [McpInstancesService, McpServersService, ServerConfigService],
})
export class McpServersModule {
  constructor(deletions: Deletions, servers: McpServersService) {
    deletions.register({ project: (projectId) => servers.deleteAllOf(projectId) });
  }
}
