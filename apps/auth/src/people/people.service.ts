import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  newId,
  personUpdated,
  type createPerson,
  type getPerson,
  type InputOf,
  type listPeople,
  type OutputOf,
  type Person as PersonView,
  type Role,
  type updatePerson,
} from '@patchbay/contracts';
import { pageByTime, Transactions, violatedIndex, type Emit } from '@patchbay/database';
import { ORGANISATION } from '@patchbay/service';
import { In, IsNull, type EntityManager, type Repository } from 'typeorm';
import { recordAct } from '../audit.js';
import { Project } from '../projects/index.js';
import { endSessions } from './console-sessions.service.js';
import { Person } from './person.entity.js';
import { personView, personViews, requirePerson } from './person.view.js';
import { ProjectMember } from './project-member.entity.js';
import { UserKey } from './user-key.entity.js';
import { UserKeysService } from './user-keys.service.js';

type Changes = InputOf<typeof updatePerson>['changes'];

@Injectable()
export class PeopleService {
  constructor(
    @InjectRepository(Person) private readonly people: Repository<Person>,
    private readonly keys: UserKeysService,
    private readonly transactions: Transactions,
  ) {}

  async create(input: InputOf<typeof createPerson>): Promise<PersonView> {
    try {
      return await this.transactions.run((manager, emit) => this.createIn(manager, emit, input));
    } catch (error) {
      if (violatedIndex(error) !== 'people_email') throw error;
      throw new AppError('conflict', 'There is a person with this e-mail address already.', {
        cause: error,
      });
    }
  }

  /** The same in a transaction of the caller's, which an address that somebody has breaks. */
  async createIn(
    manager: EntityManager,
    emit: Emit,
    { email, name, role, projectRoles }: InputOf<typeof createPerson>,
  ): Promise<PersonView> {
    const now = new Date();
    const row = { id: newId('person'), email, name, role, createdAt: now, updatedAt: now };
    await manager.insert(Person, row);
    await setProjectRoles(manager, row.id, projectRoles);
    const changed = ['email', 'name', ...rolesGiven({ role, projectRoles })];
    await recordAct(emit, { action: 'person.created', ...ofPerson(row.id), changed });
    return personView(manager, row);
  }

  async get(id: string): Promise<OutputOf<typeof getPerson>> {
    const { manager } = this.people;
    const person = await personView(manager, await requirePerson(manager, id));
    return { person, keys: await this.keys.list(id) };
  }

  async list(input: InputOf<typeof listPeople>): Promise<OutputOf<typeof listPeople>> {
    const page = await pageByTime(this.people.createQueryBuilder('person'), 'person', input);
    return { ...page, items: await personViews(this.people.manager, page.items) };
  }

  update(id: string, changes: Changes): Promise<PersonView> {
    return this.transactions.run((manager, emit) => this.updateIn(manager, emit, id, changes));
  }

  async updateIn(manager: EntityManager, emit: Emit, id: string, changes: Changes): Promise<PersonView> {
    await requirePerson(manager, id);
    const { projectRoles = {}, ...columns } = changes;
    await manager.update(Person, { id }, { ...columns, updatedAt: new Date() });
    await setProjectRoles(manager, id, projectRoles);
    const changed = [...(changes.name === undefined ? [] : ['name']), ...rolesGiven(changes)];
    await recordAct(emit, { action: 'person.updated', ...ofPerson(id), changed });
    // A browser that somebody else may have by now does not get new rights, nor keep old ones (OWASP, session renewal).
    if (rolesGiven(changes).length > 0) await endSessions(manager, emit, { personId: id });
    const keys = await manager.findBy(UserKey, { personId: id, revokedAt: IsNull() });
    await emit(personUpdated, ORGANISATION, {
      personId: id,
      keys: keys.map((key) => ({ keyId: key.id, sha256: key.sha256 })),
    });
    return personView(manager, await requirePerson(manager, id));
  }

  delete(id: string): Promise<{ id: string }> {
    return this.transactions.run(async (manager, emit) => {
      await requirePerson(manager, id);
      const keys = await manager.findBy(UserKey, { personId: id, revokedAt: IsNull() });
      await this.keys.revokeRows(manager, emit, keys);
      await endSessions(manager, emit, { personId: id });
      await manager.delete(Person, { id });
      await recordAct(emit, { action: 'person.deleted', ...ofPerson(id) });
      return { id };
    });
  }

  /** The person whose key is in the settings: the first one of an installation, and an owner. */
  async ensureOwner(email: string): Promise<string> {
    const row = { id: newId('person'), email, name: 'Owner', role: 'owner' as const };
    await this.transactions.run(async (manager, emit) => {
      await manager.createQueryBuilder().insert().into(Person).values(row).orIgnore().execute();
      if (!(await manager.existsBy(Person, { id: row.id }))) return;
      const changed = ['email', 'name', ...rolesGiven(row)];
      await recordAct(emit, { action: 'person.created', ...ofPerson(row.id), changed });
    });
    return (await this.people.findOneByOrFail({ email })).id;
  }
}

async function setProjectRoles(
  manager: EntityManager,
  personId: string,
  roles: Readonly<Record<string, Role | null>>,
): Promise<void> {
  const ids = Object.keys(roles);
  if (ids.length === 0) return;
  const known = new Set((await manager.findBy(Project, { id: In(ids) })).map(({ id }) => id));
  const given = Object.entries(roles).filter((entry): entry is [string, Role] => entry[1] !== null);
  const unknown = given.map(([id]) => id).filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw new AppError('invalid_request', 'Some of the projects do not exist.', {
      issues: unknown.map((id) => `project_roles.${id}: there is no such project`),
    });
  }
  await manager.delete(ProjectMember, { personId, projectId: In(ids) });
  for (const [projectId, role] of given) await manager.insert(ProjectMember, { personId, projectId, role });
}

/** The roles with what they are, so that the audit tells who was let in where. */
function rolesGiven(given: {
  role?: Role | null | undefined;
  projectRoles?: Readonly<Record<string, Role | null>> | undefined;
}): string[] {
  const { role, projectRoles = {} } = given;
  return [
    ...(role === undefined ? [] : [`role:${role ?? 'none'}`]),
    ...Object.entries(projectRoles).map(([id, each]) => `projectRoles.${id}:${each ?? 'none'}`),
  ];
}

function ofPerson(id: string) {
  return { projectId: null, target: { type: 'person', id } } as const;
}
