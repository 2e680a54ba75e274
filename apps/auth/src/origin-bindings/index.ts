export { OriginBindingsModule } from './origin-bindings.module.js';
export { OriginBindingsService } from './origin-bindings.service.js';
