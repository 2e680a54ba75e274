export { SavedConfig } from './saved-config.entity.js';
export { SavedConfigsModule } from './saved-configs.module.js';
export { SavedConfigsService } from './saved-configs.service.js';
