import { unique } from './environment.js';
import { call } from './http.js';
import { asOrganisation } from './organisation.js';
import { type Act, project } from './act.js';

/** A project that ends, with its keys. */
export const PROJECT_END_ACTS: Act[] = [
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
];
