import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Deletions } from '@patchbay/database';
import { VaultModule } from '../vault/index.js';
import { AccessCode } from './access-code.entity.js';
import { GrantToken } from './grant-token.entity.js';
import { Grant } from './grant.entity.js';
import { McpAccessController } from './mcp-access.controller.js';
import { McpAccessService } from './mcp-access.service.js';
import { McpClientsService } from './mcp-clients.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AccessCode, Grant, GrantToken]), VaultModule],
  controllers: [McpAccessController],
  providers: [McpAccessService, McpClientsService],
  exports: [McpAccessService],
})
export class McpAccessModule {
  constructor(deletions: Deletions, access: McpAccessService) {
    deletions.register({
      session: (projectId, sessionId) => access.revokeAll({ projectId, sessionId }),
      project: (projectId) => access.revokeAll({ projectId }),
    });
  }
}
