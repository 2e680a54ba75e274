import { unique } from './environment.js';
import { type Act, type Scene, keep, here, config, keyed } from './act.js';

const account = (scene: Scene, authConfig: string, state: object) => ({
  auth_config: { id: scene.ids[authConfig] },
  connection: { user_id: unique('user_a'), state },
});
const tokens = { authScheme: 'OAUTH2', val: { access_token: 'brought-along' } };

/** Auth configs, accounts and links. */
export const ACCOUNT_ACTS: Act[] = [
  {
    subject: 'auth.configs.create',
    route: 'POST auth_configs',
    actions: ['auth_config.created'],
    actor: 'project',
    make: (scene) => {
      const body = config('keyed', { type: 'use_custom_auth', authScheme: 'API_KEY', credentials: {} });
      return keep(
        scene,
        'keyed',
        here(scene, '/auth_configs', { body }),
        (given) => (given as { auth_config: unknown }).auth_config,
      );
    },
  },
  {
    subject: 'auth.configs.create',
    route: 'POST auth_configs',
    actions: ['auth_config.created'],
    actor: 'project',
    make: (scene) => {
      const body = config('strictoidc', { type: 'use_composio_managed_auth' });
      return keep(
        scene,
        'oidc',
        here(scene, '/auth_configs', { body }),
        (given) => (given as { auth_config: unknown }).auth_config,
      );
    },
  },
  {
    subject: 'auth.configs.update',
    route: 'PATCH auth_configs/:id',
    actions: ['auth_config.updated'],
    actor: 'project',
    make: (scene) => {
      const body = { type: 'custom', credentials: {}, name: 'renamed' };
      return here(scene, `/auth_configs/${scene.ids['keyed']}`, { method: 'PATCH', body });
    },
  },
  {
    subject: 'auth.connections.create',
    route: 'POST connected_accounts',
    actions: ['connected_account.created'],
    actor: 'project',
    make: (scene) =>
      keep(scene, 'account', here(scene, '/connected_accounts', { body: account(scene, 'keyed', keyed) })),
  },
  {
    subject: 'auth.connections.create',
    route: 'POST connected_accounts',
    actions: ['connected_account.created'],
    actor: 'project',
    make: (scene) =>
      keep(scene, 'tokens', here(scene, '/connected_accounts', { body: account(scene, 'oidc', tokens) })),
  },
  {
    subject: 'auth.links.create',
    route: 'POST connected_accounts/link',
    actions: ['connect_link.created'],
    actor: 'project',
    make: (scene) => {
      const body = { auth_config_id: scene.ids['keyed'], user_id: unique('user_b') };
      return here(scene, '/connected_accounts/link', { body });
    },
  },
  {
    subject: 'auth.connections.update',
    route: 'PATCH connected_accounts/:id',
    actions: ['connected_account.updated'],
    actor: 'project',
    make: (scene) =>
      here(scene, `/connected_accounts/${scene.ids['account']}`, {
        method: 'PATCH',
        body: { alias: 'work' },
      }),
  },
  {
    subject: 'auth.connections.setEnabled',
    route: 'PATCH connected_accounts/:id/status',
    actions: ['connected_account.disabled'],
    actor: 'project',
    make: (scene) =>
      here(scene, `/connected_accounts/${scene.ids['account']}/status`, {
        method: 'PATCH',
        body: { enabled: false },
      }),
  },
  {
    subject: 'auth.connections.setEnabled',
    route: 'PATCH connected_accounts/:id/status',
    actions: ['connected_account.enabled'],
    actor: 'project',
    make: (scene) =>
      here(scene, `/connected_accounts/${scene.ids['account']}/status`, {
        method: 'PATCH',
        body: { enabled: true },
      }),
  },
  {
    subject: 'auth.links.reconnect',
    route: 'POST connected_accounts/:id/refresh',
    actions: ['connect_link.created_to_reconnect'],
    actor: 'project',
    make: (scene) => here(scene, `/connected_accounts/${scene.ids['account']}/refresh`, { body: {} }),
  },
  {
    subject: 'auth.connections.revoke',
    route: 'POST connected_accounts/:id/revoke',
    actions: ['connected_account.revoked'],
    actor: 'project',
    make: (scene) => here(scene, `/connected_accounts/${scene.ids['tokens']}/revoke`, { body: {} }),
  },
  {
    subject: 'auth.configs.setEnabled',
    route: 'PATCH auth_configs/:id/:status',
    actions: ['auth_config.disabled', 'connected_account.disabled'],
    actor: 'project',
    make: (scene) => here(scene, `/auth_configs/${scene.ids['keyed']}/DISABLED`, { method: 'PATCH' }),
  },
  {
    subject: 'auth.configs.setEnabled',
    route: 'PATCH auth_configs/:id/:status',
    actions: ['auth_config.enabled', 'connected_account.enabled'],
    actor: 'project',
    make: (scene) => here(scene, `/auth_configs/${scene.ids['keyed']}/ENABLED`, { method: 'PATCH' }),
  },
  {
    subject: 'auth.connections.delete',
    route: 'DELETE connected_accounts/:id',
    actions: ['connected_account.deleted'],
    actor: 'project',
    make: (scene) => here(scene, `/connected_accounts/${scene.ids['tokens']}`, { method: 'DELETE' }),
  },
  {
    subject: 'auth.configs.delete',
    route: 'DELETE auth_configs/:id',
    // The account, and the one that the link began.
    actions: ['auth_config.deleted', 'connected_account.deleted', 'connected_account.deleted'],
    actor: 'project',
    make: (scene) => here(scene, `/auth_configs/${scene.ids['keyed']}`, { method: 'DELETE' }),
  },
];
