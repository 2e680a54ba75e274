export { AuthConfigsPage } from './auth-configs.page.js';
