import { runSql } from '@patchbay/testing';
import { environment, unique } from './environment.js';
import { asOrganisation } from './organisation.js';
import { type Act } from './act.js';

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

/** Events that were set aside. */
export const DEAD_LETTER_ACTS: Act[] = [
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
