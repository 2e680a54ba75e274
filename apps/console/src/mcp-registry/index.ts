export { McpRegistryPage } from './registry.page.js';
