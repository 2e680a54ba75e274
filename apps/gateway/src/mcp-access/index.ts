export { McpAccessModule } from './mcp-access.module.js';
export { McpAuthentication } from './mcp-authentication.service.js';
export { McpTokensService } from './mcp-tokens.service.js';
export { sendOAuthError } from './oauth.error.js';
