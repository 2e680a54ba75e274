import { Role } from '@patchbay/contracts';
import { z } from 'zod';
import { ProjectAnswer } from '../projects/index.js';

/* What people answer on the wire (docs/api/people.md). */

export const PersonAnswer = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: Role.nullable().describe('In the organisation, and so in every project of it.'),
    project_roles: z.record(z.string(), Role).describe('By the ids of projects.'),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Person', description: 'Somebody who works with the platform.' });

export const UserKeyAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    key: z.string().describe('The key itself in the answer of its creation, later only a hint of it.'),
    created_at: z.string(),
    expires_at: z.string().nullable(),
    last_used_at: z.string().nullable().describe('To about five minutes; null: never.'),
  })
  .meta({ id: 'UserKey' });

export const PersonWithKeysAnswer = PersonAnswer.extend({ keys: z.array(UserKeyAnswer) }).meta({
  id: 'PersonWithKeys',
});

export const OrganisationAnswer = z
  .object({ id: z.string(), name: z.string(), created_at: z.string(), updated_at: z.string() })
  .meta({ id: 'Organisation' });

export const MeAnswer = PersonWithKeysAnswer.extend({
  organisation: OrganisationAnswer,
  key_id: z.string().describe('Of the key, or the session of the console, that asks.'),
}).meta({ id: 'Me' });

export const PersonsProjectAnswer = ProjectAnswer.extend({
  org_id: z.string(),
  nano_id: z.string(),
  email: z.string(),
  event_webhook_url: z.null(),
  triggers_enabled: z.literal(false),
  last_subscribed_at: z.null(),
  is_new_webhook: z.literal(true),
  webhook_version: z.literal('V3'),
}).meta({ id: 'PersonsProject', description: 'A project as the clients of people want it.' });

const paging = {
  next_cursor: z.string().nullable(),
  total_pages: z.int(),
  current_page: z.int(),
  total_items: z.int(),
};
export const OrganisationsAnswer = z.object({ organizations: z.array(OrganisationAnswer), ...paging });
export const PersonsProjectsAnswer = z.object({ data: z.array(PersonsProjectAnswer), ...paging });

export const HomeProjectAnswer = z.object({
  project_id: z.string(),
  project_nano_id: z.string(),
  project_name: z.string(),
  org_id: z.string(),
  project_type: z.literal('CONSUMER'),
  consumer_user_id: z.string(),
});

export const SessionInfoAnswer = z.object({
  project: z
    .union([
      PersonsProjectAnswer.extend({
        org: z.object({ id: z.string(), name: z.string(), plan: z.literal('self-hosted') }),
      }),
      ProjectAnswer,
    ])
    .nullable(),
  api_key: z.null(),
  org_member: z
    .object({
      id: z.string(),
      email: z.string(),
      name: z.string(),
      role: z.string(),
      metadata: z.object({}),
    })
    .nullable(),
});
