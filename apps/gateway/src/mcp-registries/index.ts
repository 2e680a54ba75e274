export { McpRegistriesModule } from './mcp-registries.module.js';
