export { McpRegistriesModule } from './mcp-registries.module.js';
export { McpRegistriesService } from './mcp-registries.service.js';
export { registrySettings } from './registry.settings.js';
