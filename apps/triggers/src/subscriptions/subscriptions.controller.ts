import { Controller } from '@nestjs/common';
import {
  createWebhookSubscription,
  deleteWebhookSubscription,
  getWebhookSubscription,
  listWebhookSubscriptions,
  rotateWebhookSecret,
  updateWebhookSubscription,
  type InputOf,
  type OutputOf,
  type WebhookSubscription,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { SubscriptionsService } from './subscriptions.service.js';

@Controller()
export class SubscriptionsController {
  constructor(private readonly subscriptions: SubscriptionsService) {}

  @Handle(createWebhookSubscription)
  create(input: InputOf<typeof createWebhookSubscription>): Promise<WebhookSubscription> {
    return this.subscriptions.create(input);
  }

  @Handle(listWebhookSubscriptions)
  list(input: InputOf<typeof listWebhookSubscriptions>): Promise<OutputOf<typeof listWebhookSubscriptions>> {
    return this.subscriptions.list(input);
  }

  @Handle(getWebhookSubscription)
  get(input: InputOf<typeof getWebhookSubscription>): Promise<WebhookSubscription> {
    return this.subscriptions.get(input);
  }

  @Handle(updateWebhookSubscription)
  update(input: InputOf<typeof updateWebhookSubscription>): Promise<WebhookSubscription> {
    return this.subscriptions.update(input);
  }

  @Handle(deleteWebhookSubscription)
  delete(
    input: InputOf<typeof deleteWebhookSubscription>,
  ): Promise<OutputOf<typeof deleteWebhookSubscription>> {
    return this.subscriptions.delete(input);
  }

  @Handle(rotateWebhookSecret)
  rotateSecret(input: InputOf<typeof rotateWebhookSecret>): Promise<OutputOf<typeof rotateWebhookSecret>> {
    return this.subscriptions.rotateSecret(input);
  }
}
