export { McpRegistriesModule } from './mcp-registries.module.js';
export { McpRegistriesService } from './mcp-registries.service.js';
export type { ChosenProgram } from './program.choice.js';
export { registrySettings } from './registry.settings.js';
export { WrittenPrograms } from './written.programs.js';
