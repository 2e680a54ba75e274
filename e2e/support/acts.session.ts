import { unique } from './environment.js';
import { type Act, keep, here } from './act.js';

const serverName = () => `e2e ${unique('s')}`.slice(0, 30);

/** Sessions, what is kept for them, and MCP servers. */
export const SESSION_ACTS: Act[] = [
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
];
