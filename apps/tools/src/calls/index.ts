export { CallsModule } from './calls.module.js';
export { callDeadline } from './calls.service.js';
