export { ConfigValidationModule } from './config-validation.module.js';
export { ConfigValidator, MAX_PRELOADED } from './config.validator.js';
