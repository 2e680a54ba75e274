import { environment, unique } from './environment.js';
import { call } from './http.js';
import { asOrganisation } from './organisation.js';
import { asPerson } from './people.js';
import { type Act, keep } from './act.js';
import { CONSOLE_ACTS } from './acts.console.js';

/** People, their keys and sign-ins. */
export const PEOPLE_ACTS: Act[] = [
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
];
