import { Module } from '@nestjs/common';
import { DeliveryQueue } from './delivery.queue.js';

@Module({
  providers: [DeliveryQueue],
  exports: [DeliveryQueue],
})
export class DeliveryQueueModule {}
