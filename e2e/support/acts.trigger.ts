import { unique } from './environment.js';
import { type Act, config, here, keep, keyed } from './act.js';

const setup = { data: { signing_secret: 'a-long-signing-secret' } };

/** Trigger instances, and where the apps of a project post to. */
export const TRIGGER_ACTS: Act[] = [
  {
    subject: 'triggers.instances.upsert',
    route: 'POST trigger_instances/:slug/upsert',
    actions: ['trigger.created'],
    actor: 'project',
    make: async (scene) => {
      const body = config('keyed', { type: 'use_custom_auth', authScheme: 'API_KEY', credentials: {} });
      const ofConfig = (given: unknown) => (given as { auth_config: unknown }).auth_config;
      await keep(scene, 'trigger config', here(scene, '/auth_configs', { body }), ofConfig);
      const account = {
        auth_config: { id: scene.ids['trigger config'] },
        connection: { user_id: 'ann', state: keyed },
      };
      await keep(scene, 'trigger account', here(scene, '/connected_accounts', { body: account }));
      const upsert = {
        connected_account_id: scene.ids['trigger account'],
        trigger_config: { prefix: unique('audited') },
      };
      return keep(
        scene,
        'trigger',
        here(scene, '/trigger_instances/KEYED_NOTE_WRITTEN/upsert', { body: upsert }),
        (given) => ({ id: (given as { trigger_id?: string }).trigger_id }),
      );
    },
  },
  ...(['disable', 'enable'] as const).map((status): Act => ({
    subject: 'triggers.instances.setEnabled',
    route: 'PATCH trigger_instances/manage/:id',
    actions: [`trigger.${status}d`],
    actor: 'project',
    make: (scene) =>
      here(scene, `/trigger_instances/manage/${scene.ids['trigger']}`, { method: 'PATCH', body: { status } }),
  })),
  {
    subject: 'triggers.instances.delete',
    route: 'DELETE trigger_instances/manage/:id',
    actions: ['trigger.deleted'],
    actor: 'project',
    make: (scene) => here(scene, `/trigger_instances/manage/${scene.ids['trigger']}`, { method: 'DELETE' }),
  },
  {
    subject: 'triggers.endpoints.create',
    route: 'POST webhook_endpoints',
    actions: ['webhook_endpoint.created'],
    actor: 'project',
    make: (scene) => {
      const body = { toolkit_slug: 'keyed', client_id: '12345.67890' };
      return keep(scene, 'webhook endpoint', here(scene, '/webhook_endpoints', { body }));
    },
  },
  ...(['POST', 'PATCH'] as const).map((method): Act => ({
    subject: 'triggers.endpoints.setData',
    route: `${method} webhook_endpoints/:id`,
    actions: ['webhook_endpoint.updated'],
    actor: 'project',
    make: (scene) =>
      here(scene, `/webhook_endpoints/${scene.ids['webhook endpoint']}`, { method, body: setup }),
  })),
  {
    subject: 'triggers.endpoints.delete',
    route: 'DELETE webhook_endpoints/:id',
    actions: ['webhook_endpoint.deleted'],
    actor: 'project',
    make: (scene) => here(scene, `/webhook_endpoints/${scene.ids['webhook endpoint']}`, { method: 'DELETE' }),
  },
];
