import { type Act, here, keep, type Scene } from './act.js';
import { storeEvent } from './trigger.events.js';

const EVENTS = ['composio.trigger.message'];
/** Nobody listens there. */
const HOOK = 'http://127.0.0.1:9/hook';

const subscription = ({ ids }: Scene, rest = '') => `/webhook_subscriptions/${ids['webhook']}${rest}`;

/** Where events are posted to, and one that is posted again. */
export const WEBHOOK_ACTS: Act[] = [
  {
    subject: 'triggers.subscriptions.create',
    route: 'POST webhook_subscriptions',
    actions: ['webhook_subscription.created'],
    actor: 'project',
    make: (scene) =>
      keep(
        scene,
        'webhook',
        here(scene, '/webhook_subscriptions', { body: { webhook_url: HOOK, enabled_events: EVENTS } }),
      ),
  },
  {
    subject: 'triggers.subscriptions.update',
    route: 'PATCH webhook_subscriptions/:id',
    actions: ['webhook_subscription.updated'],
    actor: 'project',
    make: (scene) => here(scene, subscription(scene), { method: 'PATCH', body: { version: 'V1' } }),
  },
  {
    subject: 'triggers.subscriptions.rotateSecret',
    route: 'POST webhook_subscriptions/:id/rotate_secret',
    actions: ['webhook_subscription.secret_rotated'],
    actor: 'project',
    make: (scene) => here(scene, subscription(scene, '/rotate_secret'), { method: 'POST' }),
  },
  {
    subject: 'triggers.deliveries.resend',
    route: 'POST webhook_deliveries/:id/resend',
    actions: ['webhook_delivery.resent'],
    actor: 'project',
    make: async (scene) =>
      here(scene, `/webhook_deliveries/${await storeEvent(scene.projectId)}/resend`, { method: 'POST' }),
  },
  {
    subject: 'triggers.subscriptions.delete',
    route: 'DELETE webhook_subscriptions/:id',
    actions: ['webhook_subscription.deleted'],
    actor: 'project',
    make: (scene) => here(scene, subscription(scene), { method: 'DELETE' }),
  },
];
