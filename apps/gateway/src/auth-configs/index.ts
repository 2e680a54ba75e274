export { AuthConfigsModule } from './auth-configs.module.js';
