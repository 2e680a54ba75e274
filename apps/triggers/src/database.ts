import type { ServiceDatabase } from '@patchbay/database';
import { DeliveryAttempt } from './deliveries/index.js';
import { Delivery } from './delivery-queue/index.js';
import { WebhookSubscription } from './subscriptions/index.js';
import { WebhookEndpoint } from './endpoints/index.js';
import { TriggerEvent } from './events/index.js';
import { TriggerHook, TriggerInstance } from './registrations/index.js';
import { migrations, schema } from './migrations/index.js';

export const database: ServiceDatabase = {
  schema,
  entities: [
    TriggerEvent,
    WebhookSubscription,
    Delivery,
    DeliveryAttempt,
    TriggerHook,
    TriggerInstance,
    WebhookEndpoint,
  ],
  migrations,
};
