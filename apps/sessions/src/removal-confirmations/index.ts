export { RemovalConfirmation } from './removal-confirmation.entity.js';
export { RemovalConfirmationsModule } from './removal-confirmations.module.js';
export { MANAGE_CONNECTIONS, removalKey, RemovalConfirmations } from './removal-confirmations.service.js';
