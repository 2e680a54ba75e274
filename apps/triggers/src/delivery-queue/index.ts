export { DeliveryQueueModule } from './delivery-queue.module.js';
export { Delivery } from './delivery.entity.js';
export { DeliveryQueue } from './delivery.queue.js';
