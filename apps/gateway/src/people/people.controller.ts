import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import {
  createPerson,
  createUserKey,
  deletePerson,
  getPerson,
  listPeople,
  Role,
  revokeUserKey,
  updatePerson,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { pageQuery, presentPage, Wire } from '../http/index.js';
import { presentPerson, presentUserKey } from './person.presenter.js';
import { KeyBody } from './user-key.body.js';

const ListQuery = z.object(pageQuery(50));
const CreateBody = z.strictObject({
  email: z.string(),
  name: z.string().optional(),
  role: Role.nullish(),
  project_roles: z.record(z.string(), Role).optional(),
});
const UpdateBody = z.strictObject({
  name: z.string().optional(),
  role: Role.nullable().optional(),
  project_roles: z.record(z.string(), Role.nullable()).optional(),
});

/** The people of the organisation, for its key and its owners. Ours. */
@Controller('org/people')
@AccessFor('organisation')
export class PeopleController {
  constructor(private readonly bus: Bus) {}

  @Post()
  async create(@Body(new Wire(CreateBody)) body: z.output<typeof CreateBody>) {
    const { email, name = email.split('@')[0] ?? email, role, project_roles: projectRoles } = body;
    return presentPerson(
      await this.bus.request(createPerson, { email, name, role: role ?? null, projectRoles }),
    );
  }

  @Get()
  async list(@Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    return presentPage(await this.bus.request(listPeople, query), query.limit, presentPerson);
  }

  @Get(':id')
  async get(@Param('id') personId: string) {
    const { person, keys } = await this.bus.request(getPerson, { personId });
    return { ...presentPerson(person), keys: keys.map(presentUserKey) };
  }

  @Patch(':id')
  async update(
    @Param('id') personId: string,
    @Body(new Wire(UpdateBody)) { project_roles: projectRoles, ...changes }: z.output<typeof UpdateBody>,
  ) {
    const input = { personId, changes: { ...changes, ...(projectRoles && { projectRoles }) } };
    return presentPerson(await this.bus.request(updatePerson, input));
  }

  @Delete(':id')
  async delete(@Param('id') personId: string) {
    await this.bus.request(deletePerson, { personId });
    return { status: 'success' };
  }

  @Post(':id/keys')
  async createKey(@Param('id') personId: string, @Body(new Wire(KeyBody)) body: z.output<typeof KeyBody>) {
    const { name, expires_at: expiresAt } = body;
    return presentUserKey(await this.bus.request(createUserKey, { personId, name, expiresAt }));
  }

  @Delete(':id/keys/:keyId')
  async revokeKey(@Param('id') personId: string, @Param('keyId') keyId: string) {
    await this.bus.request(revokeUserKey, { personId, keyId });
    return { status: 'success' };
  }
}
