export { AccessCode } from './access-code.entity.js';
export { GrantToken } from './grant-token.entity.js';
export { Grant } from './grant.entity.js';
export { McpAccessService } from './mcp-access.service.js';
export { McpAccessModule } from './mcp-access.module.js';
