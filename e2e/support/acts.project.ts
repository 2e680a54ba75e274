import { asOrganisation } from './organisation.js';
import { type Act, keep, here, project } from './act.js';

/** A project that begins. */
export const PROJECT_ACTS: Act[] = [
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
    subject: 'auth.incidents.begin',
    route: 'POST org/incidents',
    actions: ['incident.begun'],
    actor: 'organisation',
    // Of a user who has nothing.
    make: (scene) =>
      asOrganisation('/org/incidents', {
        body: { project_id: scene.projectId, user_id: 'nobody', reason: 'a drill' },
      }),
  },
  {
    subject: 'auth.projects.updateSettings',
    route: 'PATCH org/project/config',
    actions: ['project.settings_updated'],
    actor: 'project',
    make: (scene) =>
      here(scene, '/org/project/config', { method: 'PATCH', body: { display_name: 'Audited' } }),
  },
];
