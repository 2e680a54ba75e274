import { Controller } from '@nestjs/common';
import { createProject, listProjects, verifyApiKey, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { ApiKeysService } from './api-keys.service.js';
import { ProjectsService } from './projects.service.js';

@Controller()
export class ProjectsController {
  constructor(
    private readonly projects: ProjectsService,
    private readonly keys: ApiKeysService,
  ) {}

  @Handle(createProject)
  create(input: InputOf<typeof createProject>): Promise<OutputOf<typeof createProject>> {
    return this.projects.create(input);
  }

  @Handle(listProjects)
  list(input: InputOf<typeof listProjects>): Promise<OutputOf<typeof listProjects>> {
    return this.projects.list(input);
  }

  @Handle(verifyApiKey)
  verifyKey(input: InputOf<typeof verifyApiKey>): Promise<OutputOf<typeof verifyApiKey>> {
    return this.keys.verify(input.sha256);
  }
}
