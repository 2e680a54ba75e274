import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import {
  createPerson,
  createUserKey,
  deletePerson,
  Email,
  getPerson,
  listPeople,
  Name,
  Role,
  revokeUserKey,
  rolesBy,
  updatePerson,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, NeedsFreshSignIn } from '../access/index.js';
import { ApiTag, Describe, pageAnswer, pageQuery, PathId, presentPage, Wire } from '../http/index.js';
import { StatusAnswer } from '../projects/index.js';
import { PersonAnswer, PersonWithKeysAnswer, UserKeyAnswer } from './person.answer.js';
import { presentPerson, presentUserKey } from './person.presenter.js';
import { KeyBody } from './user-key.body.js';

const ListQuery = z.object(pageQuery(50));
const CreateBody = z.strictObject({
  email: Email,
  name: Name.optional(),
  role: Role.nullish(),
  project_roles: rolesBy(Role).optional(),
});
const UpdateBody = z.strictObject({
  name: Name.optional(),
  role: Role.nullable().optional(),
  project_roles: rolesBy(Role.nullable()).optional(),
});

const PERSON = { id: 'The person, `person_…`.' };

/** The people of the organisation, for its key and its owners. Ours. */
@Controller('org/people')
@ApiTag('People')
@AccessFor('organisation')
export class PeopleController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'createPerson',
    summary: 'Let a person in',
    answer: PersonAnswer,
    errors: ['conflict'],
    example: { body: { email: 'ada@example.com', name: 'Ada', role: 'developer' } },
  })
  @Post()
  async create(@Body(new Wire(CreateBody)) body: z.output<typeof CreateBody>) {
    const { email, name = email.split('@')[0] ?? email, role, project_roles: projectRoles } = body;
    return presentPerson(
      await this.bus.request(createPerson, { email, name, role: role ?? null, projectRoles }),
    );
  }

  @Describe({
    id: 'listPeople',
    summary: 'List the people of the organisation',
    answer: pageAnswer(PersonAnswer),
  })
  @Get()
  async list(@Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    return presentPage(await this.bus.request(listPeople, query), query.limit, presentPerson);
  }

  @Describe({
    id: 'getPerson',
    summary: 'Get a person and their keys',
    path: PERSON,
    answer: PersonWithKeysAnswer,
  })
  @Get(':id')
  async get(@PathId('id', 'person') personId: string) {
    const { person, keys } = await this.bus.request(getPerson, { personId });
    return { ...presentPerson(person), keys: keys.map(presentUserKey) };
  }

  @Describe({
    id: 'updatePerson',
    summary: 'Change the name or the roles of a person',
    description: 'Of `project_roles` those that are named change. A role of null is taken away.',
    path: PERSON,
    answer: PersonAnswer,
  })
  @Patch(':id')
  async update(
    @PathId('id', 'person') personId: string,
    @Body(new Wire(UpdateBody)) { project_roles: projectRoles, ...changes }: z.output<typeof UpdateBody>,
  ) {
    const input = { personId, changes: { ...changes, ...(projectRoles && { projectRoles }) } };
    return presentPerson(await this.bus.request(updatePerson, input));
  }

  @Describe({
    id: 'deletePerson',
    summary: 'Remove a person',
    description: 'Their keys stop working at once.',
    path: PERSON,
    answer: StatusAnswer,
  })
  @Delete(':id')
  async delete(@PathId('id', 'person') personId: string) {
    await this.bus.request(deletePerson, { personId });
    return { status: 'success' as const };
  }

  @Describe({
    id: 'createUserKey',
    summary: 'Create a key of a person',
    path: PERSON,
    answer: UserKeyAnswer,
    errors: ['conflict'],
    example: { body: { name: 'laptop' } },
  })
  @Post(':id/keys')
  @NeedsFreshSignIn()
  async createKey(
    @PathId('id', 'person') personId: string,
    @Body(new Wire(KeyBody)) body: z.output<typeof KeyBody>,
  ) {
    const { name, expires_at: expiresAt } = body;
    return presentUserKey(await this.bus.request(createUserKey, { personId, name, expiresAt }));
  }

  @Describe({ id: 'revokeUserKey', summary: 'Revoke a key of a person', path: PERSON, answer: StatusAnswer })
  @Delete(':id/keys/:keyId')
  async revokeKey(@PathId('id', 'person') personId: string, @PathId('keyId', 'apiKey') keyId: string) {
    await this.bus.request(revokeUserKey, { personId, keyId });
    return { status: 'success' as const };
  }
}
