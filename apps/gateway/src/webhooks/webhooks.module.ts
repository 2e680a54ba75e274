import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../idempotency/index.js';
import { WebhookDeliveriesController } from './webhook-deliveries.controller.js';
import { WebhookSubscriptionsController } from './webhook-subscriptions.controller.js';

@Module({
  imports: [IdempotencyModule],
  controllers: [WebhookDeliveriesController, WebhookSubscriptionsController],
})
export class WebhooksModule {}
