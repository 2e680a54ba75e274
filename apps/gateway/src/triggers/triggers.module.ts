import { Module } from '@nestjs/common';
import { TriggerInstancesController } from './trigger-instances.controller.js';
import { TriggerTypesController } from './trigger-types.controller.js';
import { WebhookEndpointsController } from './webhook-endpoints.controller.js';
import { WebhookIngressController } from './webhook-ingress.controller.js';

@Module({
  controllers: [TriggerInstancesController, TriggerTypesController, WebhookEndpointsController],
  // A plain controller: see PlainController.
  providers: [WebhookIngressController],
})
export class TriggersModule {}
