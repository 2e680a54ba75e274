import type { AuditAction } from '@patchbay/contracts';
import { runSql } from '@patchbay/testing';
import { z } from 'zod';
import { CONSOLE_ACTS } from './acts.console.js';
import type { Browser } from './console.js';
import { environment, unique } from './environment.js';
import { call, type Answer, type Call } from './http.js';
import { asOrganisation } from './organisation.js';
import { asPerson } from './people.js';
import { keyedDocument } from './toolkits.js';

/** What the acts before left for those that follow. */
export interface Scene {
  projectId: string;
  apiKey: string;
  ids: Record<string, string>;
  /** In which the person is signed in to the console. */
  browsers: Browser[];
}

/** One act of administration, at its route, and what the audit must tell of it. */
export interface Act {
  /** The request that the gateway sends to the service which owns what is changed. */
  subject: string;
  route: string;
  actions: AuditAction[];
  actor: 'organisation' | 'project' | 'person' | 'anonymous';
  /** It concerns no project. */
  ofOrganisation?: boolean;
  make: (scene: Scene) => Promise<Answer>;
}

const Id = z.looseObject({ id: z.string() });
/** Keeps the id in the answer under this name. */
async function keep(scene: Scene, name: string, answer: Promise<Answer>, from = (body: unknown) => body) {
  const done = await answer;
  scene.ids[name] = Id.safeParse(from(done.body)).data?.id ?? '';
  return done;
}
const here = ({ apiKey }: Scene, path: string, options: Call = {}) => call(path, { apiKey, ...options });
const project = ({ projectId }: Scene, rest = '') => `/org/owner/project/${projectId}${rest}`;
const config = (slug: string, authConfig: object) => ({ toolkit: { slug }, auth_config: authConfig });
const account = (scene: Scene, authConfig: string, state: object) => ({
  auth_config: { id: scene.ids[authConfig] },
  connection: { user_id: unique('user_a'), state },
});
const keyed = { authScheme: 'API_KEY', val: { generic_api_key: environment.keys.ada } };
const tokens = { authScheme: 'OAUTH2', val: { access_token: 'brought-along' } };
const serverName = () => `e2e ${unique('s')}`.slice(0, 30);

/** An event that was set aside, as if it could not have been published. */
async function deadLetter(): Promise<string> {
  const eventId = unique('evt').replaceAll('-', '_');
  const event = {
    id: eventId,
    at: new Date().toISOString(),
    projectId: 'proj_none',
    requestId: null,
    data: {},
  };
  const [row] = await runSql(
    environment.databaseUrl,
    `INSERT INTO auth.dead_letters (origin, event_id, subject, reason, body, bytes)
     SELECT 'outbox', '${eventId}', 'events.auth.probe.told', 'a test', body, octet_length(body)
       FROM (SELECT '${JSON.stringify(event)}' AS body) given RETURNING id`,
  );
  return String(row?.['id']);
}

/** In this order: each stands on those before it. */
export const ACTS: Act[] = [
  {
    subject: 'auth.keys.create',
    route: 'POST org/owner/project/:id/api_keys',
    actions: ['api_key.created'],
    actor: 'organisation',
    make: (scene) => {
      const body = { name: 'audited', areas: { observability: 'read' } };
      return keep(scene, 'reader', asOrganisation(project(scene, '/api_keys'), { body })).then((answer) => {
        scene.ids['readerKey'] = (answer.body as { key: string }).key;
        return answer;
      });
    },
  },
  {
    subject: 'auth.projects.updateSettings',
    route: 'PATCH org/project/config',
    actions: ['project.settings_updated'],
    actor: 'project',
    make: (scene) =>
      here(scene, '/org/project/config', { method: 'PATCH', body: { display_name: 'Audited' } }),
  },
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
  {
    subject: 'tools.projectToolkits.upsert',
    route: 'POST custom/toolkits/upsert',
    actions: ['toolkit.upserted'],
    actor: 'project',
    make: (scene) => {
      const source = { type: 'openapi', document: keyedDocument() };
      return here(scene, '/custom/toolkits/upsert', { body: { slug: 'audited', source } });
    },
  },
  {
    subject: 'tools.projectToolkits.approve',
    route: 'POST custom/toolkits/:slug/approve',
    actions: ['toolkit.approved'],
    actor: 'project',
    make: (scene) => here(scene, '/custom/toolkits/audited/approve', { body: {} }),
  },
  {
    subject: 'tools.projectToolkits.upsert',
    route: 'POST custom/toolkits/upsert',
    actions: ['toolkit.upserted'],
    actor: 'project',
    make: (scene) => {
      const url = `${environment.mcpUrl}/stateless/${unique('audited').replaceAll('-', '')}/mcp`;
      return here(scene, '/custom/toolkits/upsert', {
        body: { slug: 'upstream', source: { type: 'mcp', url } },
      });
    },
  },
  {
    subject: 'tools.projectToolkits.refresh',
    route: 'POST custom/toolkits/:slug/refresh',
    actions: ['toolkit.refreshed'],
    actor: 'project',
    make: (scene) => here(scene, '/custom/toolkits/upstream/refresh', { body: {} }),
  },
  {
    subject: 'tools.projectToolkits.refresh',
    route: 'POST custom/toolkits/sync',
    actions: ['toolkit.refreshed'],
    actor: 'project',
    make: (scene) => here(scene, '/custom/toolkits/sync', { body: { slug: 'upstream' } }),
  },
  {
    subject: 'tools.projectToolkits.delete',
    route: 'DELETE custom/toolkits/:slug',
    actions: ['toolkit.deleted'],
    actor: 'project',
    make: (scene) => here(scene, '/custom/toolkits/audited', { method: 'DELETE' }),
  },
  {
    subject: 'sessions.savedConfigs.create',
    route: 'POST session_configs',
    actions: ['session_config.created'],
    actor: 'project',
    make: (scene) =>
      keep(scene, 'saved', here(scene, '/session_configs', { body: { name: 'Saved', config: {} } })),
  },
  {
    subject: 'sessions.savedConfigs.update',
    route: 'PATCH session_configs/:id',
    actions: ['session_config.updated'],
    actor: 'project',
    make: (scene) =>
      here(scene, `/session_configs/${scene.ids['saved']}`, { method: 'PATCH', body: { archived: true } }),
  },
  {
    subject: 'sessions.mcpServers.create',
    route: 'POST mcp/servers',
    actions: ['mcp_server.created'],
    actor: 'project',
    make: (scene) =>
      keep(
        scene,
        'server',
        here(scene, '/mcp/servers', { body: { name: serverName(), toolkits: ['time'] } }),
      ),
  },
  {
    subject: 'sessions.mcpServers.create',
    route: 'POST mcp/servers/custom',
    actions: ['mcp_server.created'],
    actor: 'project',
    make: (scene) => here(scene, '/mcp/servers/custom', { body: { name: serverName(), toolkits: ['time'] } }),
  },
  {
    subject: 'sessions.mcpInstances.create',
    route: 'POST mcp/servers/:id/instances',
    actions: ['mcp_instance.created'],
    actor: 'project',
    make: (scene) =>
      here(scene, `/mcp/servers/${scene.ids['server']}/instances`, { body: { user_id: 'holder' } }),
  },
  {
    subject: 'sessions.mcpServers.update',
    route: 'PATCH mcp/:id',
    actions: ['mcp_server.updated', 'session.updated'],
    actor: 'project',
    make: (scene) =>
      here(scene, `/mcp/${scene.ids['server']}`, {
        method: 'PATCH',
        body: { allowed_tools: ['TIME_CONVERT_TIME'] },
      }),
  },
  {
    subject: 'sessions.mcpInstances.delete',
    route: 'DELETE mcp/servers/:id/instances/:instanceId',
    actions: ['mcp_instance.deleted', 'session.deleted'],
    actor: 'project',
    make: (scene) =>
      here(scene, `/mcp/servers/${scene.ids['server']}/instances/holder`, { method: 'DELETE' }),
  },
  {
    subject: 'sessions.mcpServers.delete',
    route: 'DELETE mcp/:id',
    actions: ['mcp_server.deleted'],
    actor: 'project',
    make: (scene) => here(scene, `/mcp/${scene.ids['server']}`, { method: 'DELETE' }),
  },
  {
    subject: 'sessions.sessions.update',
    route: 'PATCH tool_router/session/:sessionId',
    actions: ['session.updated'],
    actor: 'project',
    make: async (scene) => {
      const made = await here(scene, '/tool_router/session', { body: { user_id: 'ann' } });
      scene.ids['session'] = (made.body as { session_id: string }).session_id;
      const body = { toolkits: { enable: ['time'] } };
      return here(scene, `/tool_router/session/${scene.ids['session']}`, { method: 'PATCH', body });
    },
  },
  {
    subject: 'auth.links.create',
    route: 'POST tool_router/session/:sessionId/link',
    actions: ['auth_config.created', 'connect_link.created'],
    actor: 'project',
    make: async (scene) => {
      const made = await here(scene, '/tool_router/session', {
        body: { user_id: 'ann', toolkits: { enable: ['keyed'] } },
      });
      const { session_id: id } = made.body as { session_id: string };
      return here(scene, `/tool_router/session/${id}/link`, { body: { toolkit: 'keyed' } });
    },
  },
  {
    subject: 'auth.mcpAccess.issueCode',
    route: 'POST tool_router/session/:sessionId/mcp_access_codes',
    actions: ['mcp_access.code_issued'],
    actor: 'project',
    make: (scene) =>
      here(scene, `/tool_router/session/${scene.ids['session']}/mcp_access_codes`, { method: 'POST' }),
  },
  {
    subject: 'auth.mcpAccess.revokeAll',
    route: 'DELETE tool_router/session/:sessionId/mcp_access',
    actions: ['mcp_access.revoked'],
    actor: 'project',
    make: (scene) =>
      here(scene, `/tool_router/session/${scene.ids['session']}/mcp_access`, { method: 'DELETE' }),
  },
  {
    subject: 'sessions.sessions.delete',
    route: 'DELETE tool_router/session/:sessionId',
    actions: ['session.deleted'],
    actor: 'project',
    make: (scene) => here(scene, `/tool_router/session/${scene.ids['session']}`, { method: 'DELETE' }),
  },
  {
    subject: 'auth.keys.revokeLeaked',
    route: 'POST api_key_revocation',
    actions: ['api_key.revoked'],
    actor: 'anonymous',
    make: async (scene) => {
      const made = await asOrganisation(project(scene, '/api_keys'), { body: { name: 'leaked' } });
      const { key } = made.body as { key: string };
      return call('/api_key_revocation', { apiKey: null, body: { api_keys: [key] } });
    },
  },
  {
    subject: 'auth.keys.revoke',
    route: 'DELETE org/owner/project/:id/api_keys/:keyId',
    actions: ['api_key.revoked'],
    actor: 'organisation',
    make: async (scene) => {
      const made = await asOrganisation(project(scene, '/api_keys'), { body: { name: 'short-lived' } });
      const { id } = made.body as { id: string };
      return asOrganisation(project(scene, `/api_keys/${id}`), { method: 'DELETE' });
    },
  },
  {
    subject: 'auth.keys.rotate',
    route: 'POST org/owner/project/:id/regenerate_api_key',
    // Those that there were: the first one and the reader.
    actions: ['api_key.created', 'api_key.revoked', 'api_key.revoked'],
    actor: 'organisation',
    make: (scene) => asOrganisation(project(scene, '/regenerate_api_key'), { method: 'POST' }),
  },
  {
    subject: 'auth.projects.delete',
    route: 'DELETE org/owner/project/:id',
    actions: ['api_key.revoked', 'project.deleted'],
    actor: 'organisation',
    make: (scene) => asOrganisation(project(scene), { method: 'DELETE' }),
  },
  {
    subject: 'auth.projects.create',
    route: 'POST org/owner/project/new',
    actions: ['api_key.created', 'project.created'],
    actor: 'organisation',
    make: async (scene) => {
      const body = { name: unique('another'), should_create_api_key: true };
      const answer = await asOrganisation('/org/owner/project/new', { body });
      // Its audit is read under its own id.
      scene.projectId = (answer.body as { id: string }).id;
      return answer;
    },
  },
  {
    subject: 'auth.people.create',
    route: 'POST org/people',
    actions: ['person.created'],
    actor: 'organisation',
    ofOrganisation: true,
    make: (scene) => {
      const body = { email: `${unique('ada')}@example.com`, role: 'viewer' };
      return keep(scene, 'person', asOrganisation('/org/people', { body }));
    },
  },
  {
    subject: 'auth.people.update',
    route: 'PATCH org/people/:id',
    actions: ['person.updated'],
    actor: 'organisation',
    ofOrganisation: true,
    make: ({ ids }) =>
      asOrganisation(`/org/people/${ids['person']}`, { method: 'PATCH', body: { role: 'developer' } }),
  },
  {
    subject: 'auth.userKeys.create',
    route: 'POST org/people/:id/keys',
    actions: ['user_key.created'],
    actor: 'organisation',
    ofOrganisation: true,
    make: async (scene) => {
      const path = `/org/people/${scene.ids['person']}/keys`;
      const answer = await keep(scene, 'userKey', asOrganisation(path, { body: { name: 'laptop' } }));
      scene.ids['personsKey'] = (answer.body as { key: string }).key;
      return answer;
    },
  },
  {
    subject: 'auth.userKeys.create',
    route: 'POST me/keys',
    actions: ['user_key.created'],
    actor: 'person',
    ofOrganisation: true,
    make: (scene) =>
      keep(scene, 'ownKey', asPerson(scene.ids['personsKey'], '/me/keys', { body: { name: 'phone' } })),
  },
  {
    subject: 'auth.cliSessions.link',
    route: 'POST cli',
    actions: ['cli_session.linked'],
    actor: 'person',
    ofOrganisation: true,
    make: async ({ ids }) => {
      const begun = await call('/cli/create-session', { apiKey: null, body: { scope: 'user' } });
      const { id } = begun.body as { id: string };
      return call(`${environment.baseUrl}/cli?cliKey=${id}`, {
        apiKey: null,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `user_key=${ids['personsKey']}`,
      });
    },
  },
  ...CONSOLE_ACTS,
  {
    subject: 'auth.userKeys.revoke',
    route: 'DELETE me/keys/:keyId',
    actions: ['user_key.revoked'],
    actor: 'person',
    ofOrganisation: true,
    make: ({ ids }) => asPerson(ids['personsKey'], `/me/keys/${ids['ownKey']}`, { method: 'DELETE' }),
  },
  {
    subject: 'auth.userKeys.revoke',
    route: 'DELETE org/people/:id/keys/:keyId',
    actions: ['user_key.revoked'],
    actor: 'organisation',
    ofOrganisation: true,
    make: ({ ids }) =>
      asOrganisation(`/org/people/${ids['person']}/keys/${ids['userKey']}`, { method: 'DELETE' }),
  },
  {
    subject: 'auth.userKeys.revokeLeaked',
    route: 'POST api_key_revocation',
    actions: ['user_key.revoked'],
    actor: 'anonymous',
    ofOrganisation: true,
    make: async ({ ids }) => {
      const path = `/org/people/${ids['person']}/keys`;
      const { body } = await asOrganisation(path, { body: { name: 'leaked' } });
      const { key } = body as { key: string };
      return call('/api_key_revocation', { apiKey: null, body: { api_keys: [key] } });
    },
  },
  {
    subject: 'auth.people.delete',
    route: 'DELETE org/people/:id',
    actions: ['person.deleted', 'user_key.revoked'],
    actor: 'organisation',
    ofOrganisation: true,
    make: async ({ ids }) => {
      await asOrganisation(`/org/people/${ids['person']}/keys`, { body: { name: 'last' } });
      return asOrganisation(`/org/people/${ids['person']}`, { method: 'DELETE' });
    },
  },
  {
    subject: 'auth.deadLetters.resend',
    route: 'POST org/dead_letters/:service/:id/resend',
    actions: ['dead_letter.resent'],
    actor: 'organisation',
    ofOrganisation: true,
    make: async () =>
      asOrganisation(`/org/dead_letters/auth/${await deadLetter()}/resend`, { method: 'POST' }),
  },
  {
    subject: 'auth.deadLetters.discard',
    route: 'DELETE org/dead_letters/:service/:id',
    actions: ['dead_letter.discarded'],
    actor: 'organisation',
    ofOrganisation: true,
    make: async () => asOrganisation(`/org/dead_letters/auth/${await deadLetter()}`, { method: 'DELETE' }),
  },
];
