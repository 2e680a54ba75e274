export { ProjectToolkit, toolkitKey } from './project-toolkit.entity.js';
export { specOf, type ToolkitOf, ToolkitRegistry, toToolkit } from './toolkit.registry.js';
export { ToolkitLoader } from './toolkit.loader.js';
export { ToolkitsModule } from './toolkits.module.js';
