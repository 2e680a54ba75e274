import { Module } from '@nestjs/common';
import { McpModule } from '../mcp/index.js';
import { SessionsModule } from '../sessions/index.js';
import { McpInstancesController } from './mcp-instances.controller.js';
import { McpServerEndpointController } from './mcp-server-endpoint.controller.js';
import { McpServersController } from './mcp-servers.controller.js';

@Module({
  imports: [McpModule, SessionsModule],
  controllers: [McpInstancesController, McpServersController],
  providers: [McpServerEndpointController],
})
export class McpServersModule {}
