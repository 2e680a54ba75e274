import type { Incident } from '@patchbay/contracts';
import type { z } from 'zod';
import type { IncidentAnswer } from './incident.answer.js';

/** An incident as docs/api/incidents.md has it. */
export function presentIncident(incident: Incident): z.output<typeof IncidentAnswer> {
  const { done, left } = incident;
  return {
    id: incident.id,
    project_id: incident.projectId,
    user_id: incident.userId,
    toolkit_slug: incident.toolkit,
    acts: incident.acts,
    reason: incident.reason,
    state: incident.state,
    begun_at: incident.begunAt,
    finished_at: incident.finishedAt,
    accounts_revoked: done.accountsRevoked,
    revoked_at_provider: done.revokedAtProvider,
    failed_at_provider: done.failedAtProvider,
    sign_ins_ended: done.signInsEnded,
    access_ended: done.accessEnded,
    keys_revoked: done.keysRevoked,
    accounts_left: left.accounts,
    left_at_providers: left.atProviders,
  };
}
