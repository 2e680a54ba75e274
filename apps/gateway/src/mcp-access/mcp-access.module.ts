import { Module } from '@nestjs/common';
import { HttpModule } from '../http/index.js';
import { LimitsModule } from '../limits/index.js';
import { SessionsModule } from '../sessions/index.js';
import { ConsentService } from './consent.service.js';
import { McpAccessController } from './mcp-access.controller.js';
import { McpAuthentication } from './mcp-authentication.service.js';
import { McpTokensService } from './mcp-tokens.service.js';
import { OAuthAuthorizeController } from './oauth-authorize.controller.js';
import { OAuthMetadataController } from './oauth-metadata.controller.js';
import { OAuthTokenController } from './oauth-token.controller.js';

@Module({
  imports: [HttpModule, LimitsModule, SessionsModule],
  controllers: [McpAccessController, OAuthAuthorizeController, OAuthMetadataController, OAuthTokenController],
  providers: [ConsentService, McpAuthentication, McpTokensService],
  exports: [McpAuthentication, McpTokensService],
})
export class McpAccessModule {}
