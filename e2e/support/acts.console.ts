import type { Act } from './act.js';
import { browserOf, inConsole, signIn } from './console.js';
import { unique } from './environment.js';
import { signInByProvider } from './oidc.js';
import { asOrganisation } from './organisation.js';

const PASSWORD = 'correct horse battery staple';

/** What people do to be signed in to the console, and to be so no more. */
export const CONSOLE_ACTS: Act[] = [
  {
    subject: 'auth.consoleSignIn.createLink',
    route: 'POST org/people/:id/sign-in-link',
    actions: ['sign_in_link.created'],
    actor: 'organisation',
    ofOrganisation: true,
    make: async (scene) => {
      const path = `/org/people/${scene.ids['person']}/sign-in-link`;
      const answer = await asOrganisation(path, { method: 'POST' });
      scene.ids['signInToken'] = (answer.body as { token: string }).token;
      return answer;
    },
  },
  {
    subject: 'auth.consoleSignIn.createLink',
    route: 'POST org/people/:id/invitation',
    actions: ['sign_in_link.created'],
    actor: 'organisation',
    ofOrganisation: true,
    make: async () => {
      const email = `${unique('invited')}@example.com`;
      const { body } = await asOrganisation('/org/people', { body: { email } });
      return asOrganisation(`/org/people/${(body as { id: string }).id}/invitation`, { body: { days: 2 } });
    },
  },
  {
    subject: 'auth.consoleSignIn.byLink',
    route: 'POST console/sign-in/link',
    actions: ['console_session.started'],
    actor: 'person',
    ofOrganisation: true,
    make: async (scene) => {
      const { browser, ...answer } = await signIn('link', { token: scene.ids['signInToken'] });
      scene.browsers.push(browser);
      return answer;
    },
  },
  {
    subject: 'auth.consoleSignIn.setPassword',
    route: 'PUT me/password',
    actions: ['person.password_set'],
    actor: 'person',
    ofOrganisation: true,
    make: ({ browsers }) =>
      inConsole(browsers[0]!, '/me/password', { method: 'PUT', body: { password: PASSWORD } }),
  },
  {
    subject: 'auth.consoleSignIn.byPassword',
    route: 'POST console/sign-in/password',
    actions: ['console_session.started'],
    actor: 'person',
    ofOrganisation: true,
    make: async (scene) => {
      const { body } = await asOrganisation(`/org/people/${scene.ids['person']}`);
      const { email } = body as { email: string };
      const { browser, ...answer } = await signIn('password', { email, password: PASSWORD });
      scene.browsers.push(browser);
      return answer;
    },
  },
  {
    subject: 'auth.consoleSignIn.completeOidc',
    route: 'POST console/sign-in/oidc',
    actions: ['console_session.started'],
    actor: 'person',
    ofOrganisation: true,
    make: async (scene) => {
      const { body } = await asOrganisation(`/org/people/${scene.ids['person']}`);
      const { email } = body as { email: string };
      const known = { email, email_verified: true, groups: ['test-developers'] };
      const { browser, ...answer } = await signInByProvider(unique('audited'), known);
      await inConsole(browser, '/console/session', { method: 'DELETE' });
      return answer;
    },
  },
  {
    subject: 'auth.consoleSessions.end',
    route: 'DELETE console/sessions/:id',
    actions: ['console_session.ended'],
    actor: 'person',
    ofOrganisation: true,
    make: ({ browsers: [first, second] }) =>
      inConsole(first!, `/console/sessions/${second!.sessionId}`, { method: 'DELETE' }),
  },
  {
    subject: 'auth.consoleSessions.end',
    route: 'DELETE console/session',
    actions: ['console_session.ended'],
    actor: 'person',
    ofOrganisation: true,
    make: ({ browsers }) => inConsole(browsers[0]!, '/console/session', { method: 'DELETE' }),
  },
  {
    subject: 'auth.consoleSessions.end',
    route: 'DELETE console/sessions',
    actions: ['console_session.ended'],
    actor: 'person',
    ofOrganisation: true,
    make: async ({ ids }) =>
      inConsole(await browserOf(ids['person'] ?? ''), '/console/sessions', { method: 'DELETE' }),
  },
];
