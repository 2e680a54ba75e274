export { ToolSearchModule } from './tool-search.module.js';
