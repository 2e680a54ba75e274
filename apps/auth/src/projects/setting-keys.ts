import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { LOGGER, type Logger } from '@patchbay/service';
import type { AuthServiceConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { ApiKeysService } from './api-keys.service.js';
import { bySetting, REVOKED_SETTING } from './by-setting.js';
import { ProjectsService } from './projects.service.js';

/** The keys of the settings work from the first request on. */
@Injectable()
export class SettingKeys implements OnApplicationBootstrap {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly projects: ProjectsService,
    @Inject(CONFIG) private readonly config: AuthServiceConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { PATCHBAY_API_KEY: apiKey, PATCHBAY_ORG_API_KEY: orgKey } = this.config;
    if (apiKey) await this.keep('PATCHBAY_API_KEY', apiKey, () => this.projects.ensureFirst());
    if (orgKey) await this.keep('PATCHBAY_ORG_API_KEY', orgKey, () => Promise.resolve(null));
  }

  /** A revoked key does not come back, nor does its project. */
  private async keep(setting: string, key: string, projectId: () => Promise<string | null>): Promise<void> {
    const outcome = (await this.keys.isRevoked(key))
      ? 'revoked'
      : await bySetting(setting, async () => this.keys.keepFromSetting(setting, await projectId(), key));
    if (outcome === 'kept') return;
    this.logger.error({ setting }, `${setting} ${REVOKED_SETTING}`);
  }
}
