import { Body, Controller, Get, Patch } from '@nestjs/common';
import { getProject, updateProjectSettings } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { Wire } from '../http/index.js';
import { presentProject, presentSettings, SettingsBody } from './project.presenter.js';

/** What a project's key may see and change of its own project. */
@Controller()
@AccessFor('project')
@Area('whole_project')
export class OwnProjectController {
  constructor(private readonly bus: Bus) {}

  @Get('org/project/config')
  async settings(@ProjectId() projectId: string) {
    const { project } = await this.bus.request(getProject, { projectId });
    return presentSettings(project.settings);
  }

  @Patch('org/project/config')
  async updateSettings(@ProjectId() projectId: string, @Body(new Wire(SettingsBody)) changes: object) {
    const project = await this.bus.request(updateProjectSettings, { projectId, changes });
    return presentSettings(project.settings);
  }

  @Get('auth/session/info')
  async info(@ProjectId() projectId: string) {
    const { project } = await this.bus.request(getProject, { projectId });
    return { project: presentProject(project), api_key: null, org_member: null };
  }
}
