import { Controller, Get, Headers, HttpCode, Post, Query } from '@nestjs/common';
import { AppError, getProject, listProjects, type KeyHolder } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Holder } from '../access/index.js';
import { ApiTag, Describe, pageQuery, presentPage, Wire } from '../http/index.js';
import { HomeProjectAnswer, OrganisationsAnswer, PersonsProjectsAnswer } from './person.answer.js';
import { presentOrganisation, presentProjectOf } from './person.presenter.js';

const ListQuery = z.object(pageQuery(50));

/** Where a person is in: what a command line asks after its sign-in. */
@Controller('org')
@ApiTag('People')
@AccessFor('person')
export class OrganisationsController {
  constructor(private readonly bus: Bus) {}

  /** An installation is one organisation's. */
  @Describe({
    id: 'listOrganisations',
    summary: 'List the organisations that you are in',
    answer: OrganisationsAnswer,
  })
  @Get('list')
  list(@Holder() { organisation }: KeyHolder) {
    const page = { items: [organisation], nextCursor: null, total: 1, page: 1 };
    const { items: organizations, ...paging } = presentPage(page, 1, presentOrganisation);
    return { organizations, ...paging };
  }

  @Describe({
    id: 'listOwnProjects',
    summary: 'List the projects that you are in',
    answer: PersonsProjectsAnswer,
  })
  @Get('project/list')
  async projects(@Holder() holder: KeyHolder, @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    const { id, role } = holder.person;
    const page = await this.bus.request(listProjects, { ...query, ...(role === null && { memberId: id }) });
    const present = presentPage(page, query.limit, (project) => presentProjectOf(holder, project));
    const { items: data, ...paging } = present;
    return { data, ...paging };
  }

  /** The project for a person's own use. Theirs is no other here than the first that they are in. */
  @Describe({
    id: 'resolveHomeProject',
    summary: 'Get the project in which your requests work that name none',
    headers: z.object({ 'x-org-id': z.string().describe('The organisation, `org_…`.') }),
    answer: HomeProjectAnswer,
  })
  @Post('consumer/project/resolve')
  @HttpCode(200)
  async resolve(@Holder() holder: KeyHolder, @Headers('x-org-id') organisation: string | undefined) {
    const { homeProjectId: projectId, person } = holder;
    if (organisation === undefined) {
      throw new AppError('invalid_request', 'The request names no organisation.', {
        issues: ['x-org-id: is missing'],
      });
    }
    if (projectId === null) throw new AppError('not_found', 'You are in no project yet.');
    const { project } = await this.bus.request(getProject, { projectId });
    return {
      project_id: project.id,
      project_nano_id: project.id,
      project_name: project.name,
      org_id: holder.organisation.id,
      project_type: 'CONSUMER' as const,
      consumer_user_id: person.id,
    };
  }
}
