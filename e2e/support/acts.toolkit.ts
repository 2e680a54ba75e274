import { environment, unique } from './environment.js';
import { keyedDocument } from './toolkits.js';
import { type Act, here } from './act.js';

/** Toolkits that a project adds. */
export const TOOLKIT_ACTS: Act[] = [
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
    subject: 'tools.projectToolkits.refuse',
    route: 'POST custom/toolkits/:slug/refuse',
    actions: ['toolkit.refused'],
    actor: 'project',
    make: (scene) => here(scene, '/custom/toolkits/audited/refuse', { body: {} }),
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
    subject: 'tools.tunings.set',
    route: 'PUT search_tunings/:tool_slug',
    actions: ['tool_tuning.set'],
    actor: 'project',
    make: (scene) =>
      here(scene, '/search_tunings/TIME_GET_CURRENT_TIME', { method: 'PUT', body: { aliases: ['o’clock'] } }),
  },
  {
    subject: 'tools.tunings.delete',
    route: 'DELETE search_tunings/:tool_slug',
    actions: ['tool_tuning.deleted'],
    actor: 'project',
    make: (scene) => here(scene, '/search_tunings/TIME_GET_CURRENT_TIME', { method: 'DELETE' }),
  },
  {
    subject: 'tools.projectToolkits.delete',
    route: 'DELETE custom/toolkits/:slug',
    actions: ['toolkit.deleted'],
    actor: 'project',
    make: (scene) => here(scene, '/custom/toolkits/audited', { method: 'DELETE' }),
  },
];
