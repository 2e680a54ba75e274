export { SubscriptionsModule } from './subscriptions.module.js';
export { WEBHOOKS } from './webhook-purpose.js';
export { WebhookSubscription } from './webhook-subscription.entity.js';
