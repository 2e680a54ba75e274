import { IncidentAct } from '@patchbay/contracts';
import { z } from 'zod';
import { pageAnswer } from '../http/index.js';

/* What incidents answer on the wire (docs/api/incidents.md). Ours. */

export const IncidentAnswer = z
  .object({
    id: z.string(),
    project_id: z.string().nullable(),
    user_id: z.string().nullable(),
    toolkit_slug: z.string().nullable(),
    acts: z.array(IncidentAct),
    reason: z.string().nullable(),
    state: z.enum(['running', 'done']),
    begun_at: z.string(),
    finished_at: z.string().nullable(),
    accounts_revoked: z.int(),
    revoked_at_provider: z.int().describe('Of the accounts, also where their tokens were given.'),
    failed_at_provider: z.int().describe('Of the accounts, not there: the provider was asked three times.'),
    sign_ins_ended: z.int(),
    access_ended: z.int().describe('MCP clients that users had admitted.'),
    keys_revoked: z.int(),
    accounts_left: z.int(),
    left_at_providers: z.int(),
  })
  .meta({ id: 'Incident', description: 'What was revoked at once, and how far that has come.' });

export const IncidentsAnswer = pageAnswer(IncidentAnswer);
