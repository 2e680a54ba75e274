import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Deletions } from '@patchbay/database';
import { VaultModule } from '../vault/index.js';
import { SubscriptionsController } from './subscriptions.controller.js';
import { SubscriptionsService } from './subscriptions.service.js';
import { WebhookSubscription } from './webhook-subscription.entity.js';

@Module({
  imports: [VaultModule, TypeOrmModule.forFeature([WebhookSubscription])],
  controllers: [SubscriptionsController],
  providers: [SubscriptionsService],
  exports: [SubscriptionsService],
})
export class SubscriptionsModule {
  constructor(deletions: Deletions, subscriptions: SubscriptionsService) {
    deletions.register({ project: (projectId) => subscriptions.deleteAllOf(projectId) });
  }
}
