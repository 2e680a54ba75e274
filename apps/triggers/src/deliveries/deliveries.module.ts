import { Module } from '@nestjs/common';
import type { TriggersConfig } from '../config.js';
import { DeliveryQueueModule } from '../delivery-queue/index.js';
import { CONFIG } from '../settings.module.js';
import { VaultModule } from '../vault/index.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesMetrics } from './deliveries.metrics.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveriesSweep } from './deliveries.sweep.js';
import { Dispatcher } from './dispatcher.js';
import { OutcomesWriter } from './outcomes.writer.js';
import { QueueLeases } from './queue.leases.js';
import { RetrySchedule } from './retry-schedule.js';
import { WebhookClient } from './webhook.client.js';

@Module({
  imports: [DeliveryQueueModule, VaultModule],
  controllers: [DeliveriesController],
  providers: [
    DeliveriesMetrics,
    DeliveriesService,
    DeliveriesSweep,
    Dispatcher,
    OutcomesWriter,
    QueueLeases,
    WebhookClient,
    {
      provide: RetrySchedule,
      inject: [CONFIG],
      useFactory: (config: Pick<TriggersConfig, 'PATCHBAY_WEBHOOK_RETRY_SECONDS'>) =>
        new RetrySchedule(config.PATCHBAY_WEBHOOK_RETRY_SECONDS),
    },
  ],
})
export class DeliveriesModule {}
