import { AppError, type Person as PersonView } from '@patchbay/contracts';
import { In, type EntityManager } from 'typeorm';
import { Person } from './person.entity.js';
import { ProjectMember } from './project-member.entity.js';

/** @throws AppError `not_found` */
export async function requirePerson(manager: EntityManager, id: string): Promise<Person> {
  const row = await manager.findOneBy(Person, { id });
  if (!row) throw new AppError('not_found', `There is no person ${id}.`);
  return row;
}

/** The person with all their roles. */
export async function personView(manager: EntityManager, row: Person): Promise<PersonView> {
  const [view] = await personViews(manager, [row]);
  if (!view) throw new Error('A row has no view');
  return view;
}

export async function personViews(manager: EntityManager, rows: readonly Person[]): Promise<PersonView[]> {
  const members = await manager.findBy(ProjectMember, { personId: In(rows.map(({ id }) => id)) });
  return rows.map(({ createdAt, updatedAt, ...row }) => ({
    ...row,
    projectRoles: Object.fromEntries(
      members.filter(({ personId }) => personId === row.id).map(({ projectId, role }) => [projectId, role]),
    ),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }));
}
