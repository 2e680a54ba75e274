export { CallsModule } from './calls.module.js';
export { providerDeadline } from './call.js';
