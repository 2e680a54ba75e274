export { DeliveriesModule } from './deliveries.module.js';
export { DeliveryAttempt } from './delivery-attempt.entity.js';
