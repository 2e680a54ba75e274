import type { KeyHolder, NewUserKey, Organisation, Person, Project, UserKey } from '@patchbay/contracts';
import { presentProject } from '../projects/index.js';

/** A person as docs/api/people.md has it. */
export function presentPerson({ id, email, name, role, projectRoles, createdAt, updatedAt }: Person) {
  return { id, email, name, role, project_roles: projectRoles, created_at: createdAt, updated_at: updatedAt };
}

export function presentUserKey(key: UserKey | NewUserKey) {
  return {
    id: key.id,
    name: key.name,
    key: 'key' in key ? key.key : key.hint,
    created_at: key.createdAt,
    expires_at: key.expiresAt,
    last_used_at: key.lastUsedAt,
  };
}

export function presentOrganisation({ id, name, createdAt }: Organisation) {
  return { id, name, created_at: createdAt, updated_at: createdAt };
}

/** A project as clients of people want it, which expect its id under two names and an address. */
export function presentProjectOf({ organisation, person }: KeyHolder, project: Project) {
  return {
    ...presentProject(project),
    org_id: organisation.id,
    nano_id: project.id,
    email: person.email,
    event_webhook_url: null,
    triggers_enabled: false as const,
    last_subscribed_at: null,
    is_new_webhook: true as const,
    webhook_version: 'V3' as const,
  };
}
