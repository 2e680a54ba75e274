export { Receivers } from './receivers.js';
export { ReceiversModule } from './receivers.module.js';
