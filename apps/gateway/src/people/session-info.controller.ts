import { Controller, Get } from '@nestjs/common';
import { getProject, type KeyHolder } from '@patchbay/contracts';
import { Bus, currentContext } from '@patchbay/service';
import { AccessFor, Area, Holder } from '../access/index.js';
import { ApiTag, Describe } from '../http/index.js';
import { presentProject } from '../projects/index.js';
import { SessionInfoAnswer } from './person.answer.js';
import { presentProjectOf } from './person.presenter.js';

/** Who a key speaks for, and in which project. */
@Controller('auth/session/info')
@ApiTag('Project')
@AccessFor('project_or_person')
@Area('whole_project')
export class SessionInfoController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'getCurrentProject',
    summary: 'Get whom the key speaks for, and its project',
    answer: SessionInfoAnswer,
  })
  @Get()
  async get(@Holder() holder: KeyHolder | undefined) {
    const projectId = currentContext()?.projectId;
    const found = projectId && (await this.bus.request(getProject, { projectId }));
    const project = found ? found.project : null;
    if (!holder) return { project: project && presentProject(project), api_key: null, org_member: null };
    const { person, organisation } = holder;
    const { id, email, name, role } = person;
    const org = { id: organisation.id, name: organisation.name, plan: 'self-hosted' as const };
    return {
      project: project && { ...presentProjectOf(holder, project), org },
      api_key: null,
      org_member: { id, email, name, role: role ?? 'member', metadata: {} },
    };
  }
}
