export { Call } from './call.entity.js';
export { CallsModule } from './calls.module.js';
