export { McpInstance } from './mcp-instance.entity.js';
export { McpServer } from './mcp-server.entity.js';
export { McpServersModule } from './mcp-servers.module.js';
