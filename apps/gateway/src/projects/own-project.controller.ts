import { Body, Controller, Get, Patch } from '@nestjs/common';
import { getProject, updateProjectSettings } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, Wire } from '../http/index.js';
import { presentSettings, SettingsBody } from './project.presenter.js';
import { SettingsAnswer } from './project.answer.js';

/** What a project's key may see and change of its own project. */
@Controller()
@AccessFor('project')
@Area('whole_project')
@ApiTag('Project')
export class OwnProjectController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'getProjectSettings',
    summary: 'Get the settings of the project',
    answer: SettingsAnswer,
  })
  @Get('org/project/config')
  async settings(@ProjectId() projectId: string) {
    const { project } = await this.bus.request(getProject, { projectId });
    return presentSettings(project.settings);
  }

  @Describe({
    id: 'updateProjectSettings',
    summary: 'Change the settings of the project',
    description: 'What is left out stays.',
    answer: SettingsAnswer,
    example: { body: { display_name: 'Acme', log_visibility_setting: 'dont_store_data' } },
  })
  @Patch('org/project/config')
  async updateSettings(@ProjectId() projectId: string, @Body(new Wire(SettingsBody)) changes: object) {
    const project = await this.bus.request(updateProjectSettings, { projectId, changes });
    return presentSettings(project.settings);
  }
}
