import { Controller } from '@nestjs/common';
import {
  createProject,
  deleteProject,
  getProject,
  listProjects,
  updateProjectSettings,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { ProjectsService } from './projects.service.js';

@Controller()
export class ProjectsController {
  constructor(private readonly projects: ProjectsService) {}

  @Handle(createProject)
  create(input: InputOf<typeof createProject>): Promise<OutputOf<typeof createProject>> {
    return this.projects.create(input);
  }

  @Handle(getProject)
  get(input: InputOf<typeof getProject>): Promise<OutputOf<typeof getProject>> {
    return this.projects.get(input.projectId);
  }

  @Handle(listProjects)
  list(input: InputOf<typeof listProjects>): Promise<OutputOf<typeof listProjects>> {
    return this.projects.list(input);
  }

  @Handle(updateProjectSettings)
  updateSettings(
    input: InputOf<typeof updateProjectSettings>,
  ): Promise<OutputOf<typeof updateProjectSettings>> {
    return this.projects.updateSettings(input.projectId, input.changes);
  }

  @Handle(deleteProject)
  delete(input: InputOf<typeof deleteProject>): Promise<OutputOf<typeof deleteProject>> {
    return this.projects.delete(input.projectId);
  }
}
