export { AuthConfigsModule } from './auth-configs.module.js';
export { AuthConfigsService } from './auth-configs.service.js';
export { ConfigLifecycleService } from './config-lifecycle.service.js';
