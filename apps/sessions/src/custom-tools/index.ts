export { CustomToolsService } from './custom-tools.service.js';
export { CustomToolsModule } from './custom-tools.module.js';
export { findCustomTools } from './find-custom-tools.js';
export { allTools, nameCustomTools } from './name-custom-tools.js';
