import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LinksModule } from '../links/index.js';
import { VaultModule } from '../vault/index.js';
import { AccessCode } from './access-code.entity.js';
import { DeletionsConsumer } from './deletions.consumer.js';
import { GrantToken } from './grant-token.entity.js';
import { Grant } from './grant.entity.js';
import { McpAccessController } from './mcp-access.controller.js';
import { McpAccessService } from './mcp-access.service.js';
import { McpClientsService } from './mcp-clients.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AccessCode, Grant, GrantToken]), LinksModule, VaultModule],
  controllers: [McpAccessController],
  providers: [DeletionsConsumer, McpAccessService, McpClientsService],
})
export class McpAccessModule {}
