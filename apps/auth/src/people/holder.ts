import type { KeyHolder } from '@patchbay/contracts';
import type { EntityManager } from 'typeorm';
import { Organisation } from './organisation.entity.js';
import { personView, requirePerson } from './person.view.js';

/** Whose a key or a session is, and what they may do. */
export async function holderOf(
  manager: EntityManager,
  { keyId, personId, expiresAt }: { keyId: string; personId: string; expiresAt: Date | null },
): Promise<KeyHolder> {
  const person = await personView(manager, await requirePerson(manager, personId));
  const [organisation] = await manager.find(Organisation);
  if (!organisation) throw new Error('There is no organisation');
  const { id, name, createdAt } = organisation;
  return {
    keyId,
    person,
    organisation: { id, name, createdAt: createdAt.toISOString() },
    homeProjectId: await homeProject(manager, personId),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}

/** The oldest project in which the person has a role. */
async function homeProject(manager: EntityManager, personId: string): Promise<string | null> {
  const [row] = (await manager.query(
    `SELECT project.id FROM projects project
      WHERE EXISTS (SELECT 1 FROM people WHERE people.id = $1 AND people.role IS NOT NULL)
         OR EXISTS (SELECT 1 FROM project_members member
              WHERE member.person_id = $1 AND member.project_id = project.id)
      ORDER BY project.created_at, project.id LIMIT 1`,
    [personId],
  )) as { id: string }[];
  return row?.id ?? null;
}
