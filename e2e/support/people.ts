import { expect } from 'vitest';
import { z } from 'zod';
import { unique } from './environment.js';
import { call, type Answer, type Call } from './http.js';
import { asOrganisation } from './organisation.js';

export interface Someone {
  id: string;
  email: string;
  key: string;
  keyId: string;
}

/** A request with a person's key, in the project of the scope if one is given. */
export function asPerson(
  key: string | undefined,
  path: string,
  { scope, ...options }: Call & { scope?: { orgId: string; projectId: string } } = {},
): Promise<Answer> {
  const headers = {
    ...options.headers,
    'x-user-api-key': String(key),
    ...(scope && { 'x-org-id': scope.orgId, 'x-project-id': scope.projectId }),
  };
  return call(path, { ...options, apiKey: null, headers });
}

/** A new person with these roles, and a key of theirs. */
export async function createPerson(
  roles: { role?: string | null; project_roles?: Record<string, string> },
  key: { expires_at?: string } = {},
): Promise<Someone> {
  const email = `${unique('person')}@example.com`;
  const made = await asOrganisation('/org/people', { body: { email, ...roles } });
  expect(made).toMatchObject({ status: 201 });
  const { id } = z.object({ id: z.string() }).parse(made.body);
  const answer = await asOrganisation(`/org/people/${id}/keys`, { body: { name: 'first', ...key } });
  expect(answer).toMatchObject({ status: 201 });
  const issued = z.object({ id: z.string(), key: z.string() }).parse(answer.body);
  return { id, email, key: issued.key, keyId: issued.id };
}

/** The organisation's id, as a person finds it out. */
export async function organisationId(key: string): Promise<string> {
  const { body } = await asPerson(key, '/org/list');
  const { organizations } = z.object({ organizations: z.array(z.object({ id: z.string() })) }).parse(body);
  expect(organizations).toHaveLength(1);
  return String(organizations[0]?.id);
}
