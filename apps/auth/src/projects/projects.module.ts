import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG } from '../tokens.js';
import type { AuthServiceConfig } from '../config.js';
import { ApiKey } from './api-key.entity.js';
import { ApiKeysService } from './api-keys.service.js';
import { Project } from './project.entity.js';
import { ProjectsController } from './projects.controller.js';
import { ProjectsService } from './projects.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Project, ApiKey])],
  controllers: [ProjectsController],
  providers: [ProjectsService, ApiKeysService],
  exports: [ProjectsService],
})
export class ProjectsModule implements OnApplicationBootstrap {
  constructor(
    private readonly projects: ProjectsService,
    private readonly keys: ApiKeysService,
    @Inject(CONFIG) private readonly config: AuthServiceConfig,
  ) {}

  /** The keys of the settings work from the first request on. */
  async onApplicationBootstrap(): Promise<void> {
    const { PATCHBAY_API_KEY: apiKey, PATCHBAY_ORG_API_KEY: orgKey } = this.config;
    if (apiKey)
      await this.keys.keepFromSetting('PATCHBAY_API_KEY', await this.projects.ensureFirst(), apiKey);
    if (orgKey) await this.keys.keepFromSetting('PATCHBAY_ORG_API_KEY', null, orgKey);
  }
}
