import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { AuthServiceConfig } from '../config.js';
import { CONFIG } from '../tokens.js';
import { ApiKeysService } from './api-keys.service.js';
import { ProjectsService } from './projects.service.js';

/** The keys of the settings work from the first request on. */
@Injectable()
export class SettingKeys implements OnApplicationBootstrap {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly projects: ProjectsService,
    @Inject(CONFIG) private readonly config: AuthServiceConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { PATCHBAY_API_KEY: apiKey, PATCHBAY_ORG_API_KEY: orgKey } = this.config;
    if (apiKey) {
      await this.keys.keepFromSetting('PATCHBAY_API_KEY', await this.projects.ensureFirst(), apiKey);
    }
    if (orgKey) await this.keys.keepFromSetting('PATCHBAY_ORG_API_KEY', null, orgKey);
  }
}
